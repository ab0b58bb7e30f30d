import type { OriginQuery, OriginTotals } from '../../hub/origins.js';
import type { Database } from '../../load-driver.js';
import { CellIndex } from './cell-index.js';
import { inClosed } from './closed-periods.js';
import { eachEvent } from './each-event.js';
import { readHomeZone } from './home-zone.js';
import { localDaySql } from './local-day-sql.js';
import { NumberTable } from './number-table.js';
import { readViews } from './read-views.js';
import { Cells } from './rollup-cells.js';
import { daySpans, facetClasses, factReader, ruleDaySql, unitNames } from './rule-facts.js';
import { daysSql, totalOf } from './usage-rows.js';

/**
 * Totals of the events by all that a rule can see of them and by the unit they have. The events are handed over one by
 * one to be added up here: an SQL `GROUP BY`, which sorts them, takes several times as long.
 */
export function readOrigins(db: Database, query: OriginQuery): OriginTotals[] {
  const tally = originTally(db, query);
  const columns = [
    ...['e.recording', 'e.facet', 'e.origin', 'coalesce(e.unit, 0)', ruleDaySql(db, query.timeZone)],
    ...[daysSql(localDaySql(db, query.timeZone)), 'e.until - e.ts', tokensSql(db), inClosed(db, 'e')],
  ];
  eachEvent(db, columns, tally.add);
  return tally.totals();
}

/** As a text where counts may be so large that a float would not hold the sum of those of one event. */
const tokensSql = (db: Database): string =>
  readHomeZone(db)?.exact === true ? totalOf('e') : `CAST(${totalOf('e')} AS TEXT)`;

/** Tokens are summed in two limbs, the low one of 26 bits: both stay exact as floats over 2^26 events. */
const LIMB_BITS = 26n;
const LIMB = 2 ** 26;
/** More than there are of recording, model, provider, span of days, unit and closed or not together. */
const CONTEXTS = 2 ** 22;

function originTally(db: Database, { edges, reads }: OriginQuery) {
  const spans = daySpans(edges);
  const facets = facetClasses(db);
  const { recordingOf, originOf } = factReader(db);
  const units = unitNames(db);
  const isRead = readViews(({ recording, facet, ...view }) =>
    reads({ recording: recordingOf(recording), charge: facets.chargeOf(facet), ...view }),
  );
  const unitCount = Math.max(0, ...units.keys()) + 1;
  const contexts = new NumberTable();
  let contextCount = 0;
  const cells = new Cells<number | string>(6, 3, new CellIndex());
  const cell = new Int32Array(1);
  const figures = new Float64Array([1, 0, 0]); // events, and the two limbs of tokens

  function contextOf(recording: number, facetClass: number, unit: number, span: number, isClosed: number): number {
    const key = (((recording * facets.count + facetClass) * unitCount + unit) * spans.count + span) * 2 + isClosed;
    const known = contexts.find(key);
    if (known !== -1) return known;
    contexts.set(key, contextCount);
    return contextCount++;
  }

  function putTokens(tokens: number | string): void {
    if (typeof tokens === 'number') {
      figures[1] = Math.floor(tokens / LIMB);
      figures[2] = tokens % LIMB;
    } else {
      figures[1] = Number(BigInt(tokens) >> LIMB_BITS);
      figures[2] = Number(BigInt(tokens) % BigInt(LIMB));
    }
  }

  /** The columns of `readOrigins`: ids, day and days as numbers, the length of a bucket in ms. */
  function add(
    _: null,
    recording: number,
    facet: number,
    origin: number,
    unit: number,
    day: number,
    days: number,
    length: number | null,
    tokens: number | string,
    isClosed: number,
  ): null {
    const [facetClass, span] = [facets.classOf(facet), spans.spanOf(day)];
    const key = origin * CONTEXTS + contextOf(recording, facetClass, unit, span, isClosed);
    const found = cells.find(key);
    cell[0] = found === -1 ? cells.open(key, [recording, facetClass, origin, unit, span, isClosed]) : found;
    putTokens(isRead(recording, facet, day, days, length) ? tokens : 0);
    cells.add(cell, 1, figures, 1);
    return null;
  }

  function totalsOf(at: number): OriginTotals {
    const [recording, facetClass, origin, unit, span, isClosed] = cells.key(at) as unknown as [
      number,
      number,
      ...number[],
    ];
    const [events, high, low] = cells.figures(at) as unknown as [number, number, number];
    return {
      recording: recordingOf(recording),
      model: facets.named[facetClass]!.model,
      provider: facets.named[facetClass]!.provider,
      origin: originOf(origin!),
      day: spans.dayOf(span!),
      unit: unit === 0 ? null : units.get(unit!)!,
      isClosed: isClosed === 1,
      events: BigInt(events),
      tokens: (BigInt(high) << LIMB_BITS) + BigInt(low),
    };
  }
  return { add, totals: (): OriginTotals[] => Array.from({ length: cells.size }, (_, at) => totalsOf(at)) };
}
