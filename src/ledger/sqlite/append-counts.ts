import type { AppendCounts } from '../ledger.js';

/** What became of entries, while they are taken in. */
export type Counts = { -readonly [name in keyof AppendCounts]: number };

export const noCounts = (): Counts => ({ added: 0, duplicate: 0, updated: 0, reusedIds: 0, shrunk: 0 });
