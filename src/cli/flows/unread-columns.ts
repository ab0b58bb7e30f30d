import type { Io } from '../io.js';
import { warn } from '../say.js';

/** Says which columns of a file are not read, if there are any: one may be misspelt. */
export function warnUnread(io: Io, name: string, unread: readonly string[]): void {
  if (unread.length > 0) warn(io, `${name}: columns not read: ${unread.join(', ')}`);
}
