/** The newest usage of each view of a selection. */

import type { Database } from '../../load-driver.js';
import type { Grain } from '../../report/grain.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { NewestUsage, Selection } from '../trace-query.js';
import { filters } from './cell-sql.js';
import { dayTexts } from './day-texts.js';
import { conditionsOf, valuesOf } from './traces.js';
import { eventSql } from './usage-rows.js';

type ViewRow = Recording & { day: bigint; days: bigint; grain: Grain; charge: Charge; until: bigint };

/** Of events that begin at `notAfter` at the latest. */
export function readNewest(db: Database, selection: Selection, notAfter: number): NewestUsage[] {
  const textOf = dayTexts();
  return db
    .prepare<unknown[], ViewRow>(sqlOf(db, selection))
    .all({ ...valuesOf(selection), notAfter })
    .map(({ role, source, account, day, days, grain, charge, until }) => ({
      recording: { role, source, account },
      day: textOf(day, grain, days),
      ...{ grain, charge },
      until: Number(until),
    }));
}

const sqlOf = (db: Database, selection: Selection): string => `
  SELECT r.role, r.source, r.account, u.day, u.days, u.grain, ch.name AS charge, max(coalesce(u.until, u.ts)) AS until
  FROM (${eventSql(db, selection.window)}) u
  JOIN recording r ON r.id = u.recording JOIN charge ch ON ch.id = u.charge
  WHERE u.is_counted AND u.ts <= $notAfter AND ch.name = 'usage' ${filters(conditionsOf(selection))}
  GROUP BY u.recording, u.day, u.days, u.grain`;
