/** Whose usage a bucket is of, by what the recordings have in common. */

import type { CallRecord } from './call-record.js';

/** From the finest. */
const OWNERS = ['key', 'workspace', 'unit'] as const;
export type Owner = (typeof OWNERS)[number];

/** The finest of them that all recordings name, with one value, at least, that all of them have; `null`: none. */
export function sharedOwner(recordings: readonly (readonly CallRecord[])[]): Owner | null {
  return OWNERS.find((owner) => isShared(owner, recordings)) ?? null;
}

function isShared(owner: Owner, recordings: readonly (readonly CallRecord[])[]): boolean {
  const values = recordings.map((records) => new Set(records.flatMap((record) => record[owner] ?? [])));
  const [first, ...others] = values;
  return [...first!].some((value) => others.every((other) => other.has(value)));
}
