/** Periods that were closed, and how many events are in them. */

import type { Closing, NewClosing } from '../../hub/closing/closing.js';
import type { Database } from '../../load-driver.js';
import type { Window } from '../../report/query.js';
import type { PriceSelection } from '../ledger.js';
import { inClosed, insideWindow } from './closed-periods.js';
import { selectedSql, selectionValues } from './priced-rows.js';

/** Every closing, oldest first. */
export const readClosings = (db: Database): Closing[] =>
  db
    .prepare<unknown[], Closing>(
      `SELECT id, period, first_day AS firstDay, last_day AS lastDay, time_zone AS timeZone, content, hash, note,
         closed_at AS closedAt, reopened FROM closing ORDER BY id`,
    )
    .safeIntegers(false)
    .all();

export const addClosing = (db: Database, closing: NewClosing): number =>
  Number(
    db
      .prepare(
        `INSERT INTO closing (period, first_day, last_day, time_zone, content, hash, note, closed_at)
         VALUES ($period, $firstDay, $lastDay, $timeZone, $content, $hash, $note, $closedAt)`,
      )
      .run(closing).lastInsertRowid,
  );

export function reopenClosing(db: Database, id: number, reason: string): void {
  db.prepare('UPDATE closing SET reopened = ? WHERE id = ?').run(reason, id);
}

/** Events of a selection that are in closed periods. */
export const countClosed = (db: Database, selection: PriceSelection): number =>
  Number(
    db
      .prepare(`SELECT count(*) FROM event WHERE ${selectedSql(selection)} AND ${inClosed(db, 'event')}`)
      .pluck()
      .get(selectionValues(selection)),
  );

/** Events that an import brought to a window. */
export const countImported = (db: Database, importId: number, window: Window): number =>
  Number(
    db
      .prepare(`SELECT count(*) FROM event WHERE import = ? AND ${insideWindow(window, 'event')}`)
      .pluck()
      .get(importId),
  );

/** Those of some imports that brought buckets of whole days to a window. */
export const readBucketImports = (db: Database, importIds: readonly number[], window: Window): number[] =>
  db
    .prepare<unknown[], number>(
      `SELECT DISTINCT import FROM event WHERE day BETWEEN $firstDay AND $lastDay
         AND import IN (SELECT value FROM json_each($ids)) AND ${insideWindow(window, 'event')} ORDER BY import`,
    )
    .pluck()
    .safeIntegers(false)
    .all({ firstDay: window.firstDay, lastDay: window.lastDay, ids: JSON.stringify(importIds) });
