import type { Role } from './event.js';

/** One view of the tokens of an account; never added to another of the same account in another role. */
export interface Recording {
  readonly role: Role;
  readonly source: string;
  readonly account: string;
}
