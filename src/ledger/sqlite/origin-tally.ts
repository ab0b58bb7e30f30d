import type { OriginQuery, OriginTotals, RuleFacts } from '../../hub/origins.js';
import type { Database } from '../../load-driver.js';
import { CellIndex } from './cell-index.js';
import type { EventFacts } from './event-facts.js';
import { NumberTable } from './number-table.js';
import { readViews } from './read-views.js';
import { Cells } from './rollup-cells.js';
import { daySpans, facetClasses, factReader, unitNames } from './rule-facts.js';

/** Tokens are summed in two limbs, the low one of 26 bits: both stay exact as floats over 2^26 events. */
const LIMB_BITS = 26n;
const LIMB = 2 ** 26;
/** Contexts whose number fits beside that of an origin; a key is a text beyond. */
const CONTEXTS = 2 ** 22;

/** Adds events up by what rules see of them, the unit they have, and whether their period is closed. */
export function originTally(db: Database, { edges, reads }: Pick<OriginQuery, 'edges' | 'reads'>) {
  const spans = daySpans(edges);
  const facets = facetClasses(db);
  const { recordingOf, originOf } = factReader(db);
  const units = unitNames(db);
  const isRead = readViews(({ recording, facet, ...view }) =>
    reads({ recording: recordingOf(recording), charge: facets.chargeOf(facet), ...view }),
  );
  const unitCount = Math.max(0, ...units.keys()) + 1;
  /** All but the origin: recording, model, provider, unit, span of days, and closed or not. */
  const contexts = new NumberTable();
  const cells = new Cells<number | string>(6, 3, new CellIndex());
  const cell = new Int32Array(1);
  const figures = new Float64Array([1, 0, 0]); // events, and the two limbs of tokens

  function putTokens(tokens: number | string): void {
    if (typeof tokens === 'number') {
      figures[1] = Math.floor(tokens / LIMB);
      figures[2] = tokens % LIMB;
    } else {
      figures[1] = Number(BigInt(tokens) >> LIMB_BITS);
      figures[2] = Number(BigInt(tokens) % BigInt(LIMB));
    }
  }

  /** Returns the number of the cell, from 0. */
  function add(event: EventFacts, tokens: number | string): number {
    const { recording, facet, origin, unit, day, isClosed } = event;
    const [facetClass, span] = [facets.classOf(facet), spans.spanOf(day)];
    const context = contexts.numberOf(
      (((recording * facets.count + facetClass) * unitCount + unit) * spans.count + span) * 2 + isClosed,
    );
    const key = context < CONTEXTS ? origin * CONTEXTS + context : `${origin} ${context}`;
    const found = cells.find(key);
    cell[0] = found === -1 ? cells.open(key, [recording, facetClass, origin, unit, span, isClosed]) : found;
    putTokens(isRead(event) ? tokens : 0);
    cells.add(cell, 1, figures, 1);
    return cell[0]!;
  }

  function totalsOf(at: number): OriginTotals {
    const [recording, facetClass, origin, unit, span, isClosed] = cells.key(at) as unknown as Six;
    const [events, high, low] = cells.figures(at) as unknown as Three;
    return {
      recording: recordingOf(recording),
      model: facets.named[facetClass]!.model,
      provider: facets.named[facetClass]!.provider,
      origin: originOf(origin),
      day: spans.dayOf(span),
      unit: unit === 0 ? null : units.get(unit)!,
      isClosed: isClosed === 1,
      events: BigInt(events),
      tokens: (BigInt(high) << LIMB_BITS) + BigInt(low),
    };
  }
  const factsOf: (at: number) => RuleFacts = totalsOf;
  return { add, factsOf, totals: (): OriginTotals[] => Array.from({ length: cells.size }, (_, at) => totalsOf(at)) };
}

type Three = [number, number, number];
type Six = [...Three, ...Three];
