import type { Database } from '../../load-driver.js';
import type { IncompleteImport } from '../../report/cell.js';
import type { Window } from '../../report/query.js';
import {
  type ImportKey,
  type ImportRecord,
  type ImportStart,
  type ImportTally,
  type PastImport,
  REJECTS_KEPT,
  type Reject,
  type RejectSpan,
} from '../ledger.js';
import { windowValues } from './usage-rows.js';

type Numbers<T> = { readonly [name in keyof T]: T[name] extends number ? bigint : T[name] };

export function findImports(db: Database, { sha256, source, role }: Omit<ImportKey, 'options'>): PastImport[] {
  const rows = db
    .prepare<unknown[], Numbers<PastImport>>(
      `SELECT id, path, options, read, added, duplicate, updated, skipped, rejected FROM import
       WHERE sha256 = ? AND source = ? AND role = ? ORDER BY id`,
    )
    .all(sha256, source, role);
  return rows.map(({ id, path, options, read, added, duplicate, updated, skipped, rejected }) => ({
    id: Number(id),
    path,
    options,
    read: Number(read),
    added: Number(added),
    duplicate: Number(duplicate),
    updated: Number(updated),
    skipped: Number(skipped),
    rejected: Number(rejected),
  }));
}

export function openImport(
  db: Database,
  key: ImportKey,
  path: string,
  bytes: number,
  start: ImportStart = { offset: 0, line: 1 },
): number {
  const { sha256, source, role, options } = key;
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO import (path, sha256, bytes, source, role, options, start_offset, start_line)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(path, sha256, bytes, source, role, options, start.offset, start.line);
  return Number(lastInsertRowid);
}

export function closeImport(
  db: Database,
  id: number,
  tally: ImportTally,
  rejects: readonly Reject[],
  rejectSpan: RejectSpan | null,
  endLine: number | null = null,
): void {
  db.prepare(
    `UPDATE import SET read = $read, added = $added, duplicate = $duplicate, updated = $updated, skipped = $skipped,
       rejected = $rejected, reject_first_ts = $from, reject_last_ts = $to, end_line = $endLine WHERE id = $id`,
  ).run({ ...tally, id, endLine, from: rejectSpan?.from ?? null, to: rejectSpan?.to ?? null });
  const add = db.prepare('INSERT INTO reject (import, number, ts, line, field, reason) VALUES (?, ?, ?, ?, ?, ?)');
  for (const [number, { at, line, field, reason }] of rejects.slice(0, REJECTS_KEPT).entries())
    add.run(id, number + 1, at, line, field, reason);
}

export function keepOptions(db: Database, id: number, options: string): void {
  db.prepare('UPDATE import SET options = ? WHERE id = ?').run(options, id);
}

/**
 * Imports that rejected rows which may belong to the window: those whose kept or rejected rows touch it, by instant or,
 * for buckets, by calendar date, and those with a rejected row of unknown time, for which nothing can be ruled out. One
 * whose file was imported again, at least as long and with no bad row left, is mended.
 */
export function readIncomplete(db: Database, window: Window): IncompleteImport[] {
  const rows = db
    .prepare<unknown[], { id: bigint; path: string; rejected: bigint; first: bigint | null; last: bigint | null }>(
      `SELECT id, path, rejected, ${FIRST} AS first, ${LAST} AS last FROM import i
       WHERE rejected > 0 AND NOT EXISTS (${MENDED}) AND (reject_first_ts IS NULL
         OR (coalesce(${LAST} + ${SLACK} >= $from, 1) AND coalesce(${FIRST} - ${SLACK} < $to, 1))
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

/** Instants of kept and rejected rows together; NULL when a rejected row's is not known. */
const FIRST = 'min(coalesce(first_ts, reject_first_ts), reject_first_ts)';
const LAST = 'max(coalesce(last_ts, reject_last_ts), reject_last_ts)';

/** A rejected row may be a bucket, unless the kept ones are requests; its day begins up to 26 hours off the window's. */
const SLACK = 'iif(first_ts IS NOT NULL AND first_day IS NULL, 0, 93600000)';

/** A path alone does not tell: a log of that name may be another one every day, and one that was read on holds less. */
const MENDED = `SELECT 1 FROM import later WHERE later.id > i.id AND later.path = i.path AND later.source = i.source
  AND later.role = i.role AND later.start_offset <= i.start_offset AND later.rejected = 0 AND later.first_ts IS NOT NULL
  AND later.first_ts <= coalesce(i.first_ts, later.first_ts) AND later.last_ts >= coalesce(i.last_ts, later.last_ts)`;

/** Every import, oldest first. */
export const readImports = (db: Database): ImportRecord[] =>
  db
    .prepare<unknown[], Omit<ImportRecord, 'start'> & { readonly offset: number; readonly line: number }>(
      `SELECT id, path, options, read, added, duplicate, updated, skipped, rejected, source, role, sha256, bytes,
         start_offset AS "offset", start_line AS line, end_line AS endLine,
         first_ts AS "from", last_ts AS "to" FROM import ORDER BY id`,
    )
    .safeIntegers(false)
    .all()
    .map(({ offset, line, ...record }) => ({ ...record, start: { offset, line } }));
