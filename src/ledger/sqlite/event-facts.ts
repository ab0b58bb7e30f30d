/** What rules, and views of records, go by of an event, read out of few numbers: every column handed over takes time. */

import type { Database } from '../../load-driver.js';
import { inClosed, noneClosed } from './closed-periods.js';
import type { Held } from './held.js';
import { localDaySql } from './local-day-sql.js';
import { type NumberRow, numberAt } from './row-columns.js';
import { ruleDaySql } from './rule-facts.js';
import { daysSql } from './usage-rows.js';

export interface EventFacts {
  /** Of recording and facet. */
  place: number;
  recording: number;
  facet: number;
  origin: number;
  /** 0: none. */
  unit: number;
  /** Number of the local day in the rules' zone. */
  day: number;
  /** Of a bucket of several days, else 0. */
  days: number;
  /** Of a bucket in ms; `null`: a request. */
  length: number | null;
  isClosed: number;
}

type FactColumn = 'place' | 'origin' | 'dayAndUnit' | 'days' | 'length' | 'isClosed';

/** Beyond it, numbers that are handed over would not be exact. */
const MOST = 2 ** 53;
/** More than there are days from 1970 to any instant of an event, either way. */
const DAYS = 2 ** 27;

/** Columns of `event e` as SQL, and a reader of rows of them into one object, the same for every row. */
export function eventFacts(db: Database, timeZone: string, held: Held) {
  const [facets, units] = [idsOf(db, 'facet'), idsOf(db, 'unit')];
  if (idsOf(db, 'recording') * facets > MOST || units * DAYS > MOST)
    throw new Error('too many recordings, facets or units for two of them to be handed over as one number');
  const columns: Record<FactColumn, string | null> = {
    place: `e.recording * ${facets} + e.facet`,
    origin: 'e.origin',
    dayAndUnit: `${ruleDaySql(db, timeZone)} * ${units} + coalesce(e.unit, 0)`,
    days: held.has('buckets') ? daysSql(localDaySql(db, timeZone)) : null,
    length: held.has('buckets') ? 'e.until - e.ts' : null,
    isClosed: noneClosed(db) ? null : inClosed(db, 'e'),
  };
  const facts: EventFacts = {
    ...{ place: 0, recording: 0, facet: 0, origin: 0, unit: 0 },
    ...{ day: 0, days: 0, length: null, isClosed: 0 },
  };

  /** @param at  places of the columns in a row */
  function reader(at: Readonly<Record<FactColumn, number>>): (row: NumberRow) => EventFacts {
    const { place: placeAt, dayAndUnit: dayAndUnitAt, origin, days, length, isClosed } = at;
    return (row) => {
      const [place, dayAndUnit] = [row[placeAt]!, row[dayAndUnitAt]!];
      facts.place = place;
      facts.recording = Math.floor(place / facets);
      facts.facet = place - facts.recording * facets;
      facts.origin = row[origin]!;
      facts.day = Math.floor(dayAndUnit / units);
      facts.unit = dayAndUnit - facts.day * units;
      facts.days = numberAt(row, days) ?? 0;
      facts.length = numberAt(row, length);
      facts.isClosed = numberAt(row, isClosed) ?? 0;
      return facts;
    };
  }
  return { columns, reader };
}

/** One more than the highest id. */
const idsOf = (db: Database, table: 'recording' | 'facet' | 'unit'): number =>
  db.prepare<unknown[], number>(`SELECT coalesce(max(id), 0) + 1 FROM ${table}`).safeIntegers(false).pluck().get()!;
