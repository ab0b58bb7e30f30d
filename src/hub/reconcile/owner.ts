/** Whose usage a bucket is of, by what the recordings have in common. */

import type { CallRecord } from './call-record.js';

/** From the finest. */
const OWNERS = ['key', 'workspace', 'unit'] as const;
export type Owner = (typeof OWNERS)[number];

/** That by which most records have one of the same value in every recording, of equal ones the finest; `null`: there is none. */
export function sharedOwner(recordings: readonly (readonly CallRecord[])[]): Owner | null {
  let [best, most]: [Owner | null, number] = [null, 0];
  for (const owner of OWNERS) {
    const shared = sharing(owner, recordings);
    if (shared > most) [best, most] = [owner, shared];
  }
  return best;
}

/** How many records have a value of it that all recordings have. */
function sharing(owner: Owner, recordings: readonly (readonly CallRecord[])[]): number {
  const [first, ...others] = recordings.map((records) => new Set(records.map((record) => record[owner])));
  const isShared = (value: string | null): boolean =>
    value !== null && first!.has(value) && others.every((other) => other.has(value));
  return recordings.flat().filter((record) => isShared(record[owner])).length;
}
