import type { IncompleteImport } from '../../report/cell.js';
import type { Window } from '../../report/query.js';
import type { ImportKey, ImportTally, PastImport, Reject } from '../ledger.js';
import type { Database } from './load-driver.js';
import { windowValues } from './selection.js';

/** Rejects kept of one import; the import keeps the count of all. */
export const REJECTS_KEPT = 10_000;

type Numbers<T> = { readonly [name in keyof T]: T[name] extends number ? bigint : T[name] };

export function findImport(db: Database, { sha256, source, role, options }: ImportKey): PastImport | null {
  const row = db
    .prepare<unknown[], Numbers<PastImport>>(
      `SELECT id, path, read, added, duplicate, updated, skipped, rejected FROM import
       WHERE sha256 = ? AND source = ? AND role = ? AND options = ?`,
    )
    .get(sha256, source, role, options);
  if (row === undefined) return null;
  const { id, path, read, added, duplicate, updated, skipped, rejected } = row;
  return {
    id: Number(id),
    path,
    read: Number(read),
    added: Number(added),
    duplicate: Number(duplicate),
    updated: Number(updated),
    skipped: Number(skipped),
    rejected: Number(rejected),
  };
}

export function openImport(db: Database, key: ImportKey, path: string, bytes: number): number {
  const { sha256, source, role, options } = key;
  const { lastInsertRowid } = db
    .prepare('INSERT INTO import (path, sha256, bytes, source, role, options) VALUES (?, ?, ?, ?, ?, ?)')
    .run(path, sha256, bytes, source, role, options);
  return Number(lastInsertRowid);
}

export function closeImport(db: Database, id: number, tally: ImportTally, rejects: readonly Reject[]): void {
  db.prepare(
    `UPDATE import SET read = $read, added = $added, duplicate = $duplicate, updated = $updated, skipped = $skipped,
       rejected = $rejected WHERE id = $id`,
  ).run({ ...tally, id });
  const add = db.prepare('INSERT INTO reject (import, number, line, field, reason) VALUES (?, ?, ?, ?, ?)');
  for (const [number, { line, field, reason }] of rejects.slice(0, REJECTS_KEPT).entries())
    add.run(id, number + 1, line, field, reason);
}

/**
 * Imports that rejected rows which may belong to the window: those whose other rows touch it, by instant or, for
 * buckets, by calendar date, and those that kept none, of which nothing is known: a NULL, of the window or of the
 * import, rules nothing out.
 */
export function readIncomplete(db: Database, window: Window): IncompleteImport[] {
  const rows = db
    .prepare<unknown[], { id: bigint; path: string; rejected: bigint; first: bigint | null; last: bigint | null }>(
      `SELECT id, path, rejected, first_ts AS first, last_ts AS last FROM import
       WHERE rejected > 0 AND ((coalesce(last_ts >= $from, 1) AND coalesce(first_ts < $to, 1))
         OR (first_day IS NOT NULL AND coalesce(last_day >= $firstDay, 1) AND coalesce(first_day <= $lastDay, 1)))
       ORDER BY id`,
    )
    .all(windowValues(window));
  return rows.map(({ id, path, rejected, first, last }) => ({
    import: Number(id),
    path,
    rejected: Number(rejected),
    from: first === null ? null : Number(first),
    to: last === null ? null : Number(last),
  }));
}
