/** The zone whose days the rollups have, and whether they can be relied on. */

import type { Database } from '../../load-driver.js';

export interface HomeZone {
  readonly timeZone: string;
  /** False: some figure was too large for sums to be sure, or they were not built yet. */
  readonly exact: boolean;
}

export function readHomeZone(db: Database): HomeZone | null {
  const row = db.prepare<unknown[], { time_zone: string; exact: bigint }>('SELECT time_zone, exact FROM home').get();
  return row === undefined ? null : { timeZone: row.time_zone, exact: row.exact === 1n };
}

export function writeHomeZone(db: Database, { timeZone, exact }: HomeZone): void {
  db.prepare(
    'INSERT INTO home (one, time_zone, exact) VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET time_zone = excluded.time_zone, exact = excluded.exact',
  ).run(timeZone, exact ? 1 : 0);
}
