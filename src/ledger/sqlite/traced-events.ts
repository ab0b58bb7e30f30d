/** The largest events behind a figure, one by one. */

import type { TracedCost } from '../../hub/why/trace.js';
import type { Database } from '../../load-driver.js';
import type { Grain } from '../../report/grain.js';
import type { View } from '../../report/view.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { Selection, TracedEvent } from '../trace-query.js';
import { filters } from './cell-sql.js';
import { COSTS } from './cost-sql.js';
import { dayTexts } from './day-texts.js';
import { sightings } from './sightings.js';
import { entryReader, type Place } from './stored-entry.js';
import type { StoredId } from './stored-id.js';
import { type SumRow, sum } from './sums.js';
import { conditionsOf, valuesOf } from './traces.js';
import { eventSql } from './usage-rows.js';

type EventRow = SumRow &
  Recording & {
    ts: bigint;
    recording: bigint;
    id: StoredId;
    day: bigint;
    days: bigint;
    grain: Grain;
    charge: Charge;
    currency: string | null;
    kind: TracedCost['kind'];
  };

/**
 * The first `rows` events of a selection that are in views read, largest first: by tokens, then by the size of their
 * amount, then by time. They are read in that order until there are enough.
 */
export function readTracedEvents(
  db: Database,
  selection: Selection,
  rows: number,
  isRead: (view: View) => boolean,
): TracedEvent[] {
  const found: EventRow[] = [];
  const textOf = dayTexts();
  for (const row of db.prepare<unknown[], EventRow>(eventsSql(db, selection)).iterate(valuesOf(selection))) {
    const { role, source, account, grain, charge } = row;
    const day = textOf(row.day, grain, row.days);
    if (isRead({ recording: { role, source, account }, day, grain, charge })) found.push(row);
    if (found.length === rows) break;
  }
  const [entries, seen] = [entryReader(db), sightings(db)];
  return found.map((row) => {
    const { entry, importId } = entries.at(placeOf(row))!;
    const others = seen.of(Number(row.recording), row.id).filter((sighting) => sighting.import !== importId);
    return {
      entry,
      import: importId,
      cost: row.currency === null ? null : { kind: row.kind, currency: row.currency, pico: sum(row, 'cost') },
      alsoIn: others.map((sighting) => ({ import: sighting.import, line: sighting.record })),
    };
  });
}

const placeOf = ({ ts, recording, id }: EventRow): Place => ({ ts: Number(ts), recording: Number(recording), id });

const eventsSql = (db: Database, selection: Selection): string => {
  const { high, low, currency, kind } = COSTS[selection.cost];
  return `
  SELECT u.ts, u.recording, u.id, u.day, u.days, u.grain, r.role, r.source, r.account, ch.name AS charge,
    c.name AS currency, ${kind} AS kind, ${high} AS cost_high, ${low} AS cost_low
  FROM (${eventSql(db, selection.window)}) u
  JOIN recording r ON r.id = u.recording JOIN charge ch ON ch.id = u.charge LEFT JOIN currency c ON c.id = ${currency}
  WHERE u.is_counted ${filters(conditionsOf(selection))}
  ORDER BY u.total DESC, abs(${high}) DESC, abs(${low}) DESC, u.ts, u.recording, u.id`;
};
