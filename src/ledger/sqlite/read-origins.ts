import type { OriginQuery, OriginTotals } from '../../hub/origins.js';
import type { Database } from '../../load-driver.js';
import { eachEvent } from './each-event.js';
import { eventFacts } from './event-facts.js';
import { heldBy } from './held.js';
import { readHomeZone } from './home-zone.js';
import { originTally } from './origin-tally.js';
import { type NumberRow, rowColumns } from './row-columns.js';
import { totalOf } from './usage-rows.js';

/**
 * Totals of the events by all that a rule can see of them and by the unit they have. The events are handed over one by
 * one to be added up here: an SQL `GROUP BY`, which sorts them, takes several times as long.
 */
export function readOrigins(db: Database, query: OriginQuery): OriginTotals[] {
  const tally = originTally(db, query);
  const facts = eventFacts(db, query.timeZone, heldBy(db));
  const { sql, at } = rowColumns({ ...facts.columns, tokens: tokensSql(db) });
  const read = facts.reader(at);
  const { tokens } = at;
  eachEvent(db, sql, (row) => {
    tally.add(read(row as NumberRow), row[tokens]!);
  });
  return tally.totals();
}

/** As a text where counts may be so large that a float would not hold the sum of those of one event. */
export const tokensSql = (db: Database): string =>
  readHomeZone(db)?.exact === true ? totalOf('e') : `CAST(${totalOf('e')} AS TEXT)`;
