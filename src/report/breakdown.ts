/** The answer to "what was used and what did it cost, by …": cells of the ledger folded into rows and a total. */

import { formatDecimal } from '../pricing/decimal.js';
import type { Cell, IncompleteImport, Presence, PriceListUse } from './cell.js';
import { chooseRecordings } from './choose-recordings.js';
import { byName, costTexts } from './costs.js';
import { valuesReader } from './dimensions.js';
import { type Dimension, type ReportQuery, UNASSIGNED } from './query.js';
import type { ReadDay } from './recording-day.js';
import type { Figures, ReportBody, ReportRow } from './report-body.js';
import { type Group, orderRows } from './row-order.js';
import type { Straddling } from './straddling.js';
import { isRead, type ReadCell, sumOf } from './sum-cells.js';
import { addCell, noSums, type Sums, totalOf } from './sums.js';
import { unitMetrics } from './unit-metrics.js';

/** What the ledger answered, `cells` to `cellQueryOf(query)`. */
export interface ReportFacts {
  readonly query: ReportQuery;
  readonly cells: readonly Cell[];
  readonly presence: readonly Presence[];
  readonly prices: readonly PriceListUse[];
  readonly incomplete: readonly IncompleteImport[];
  readonly straddling: readonly Straddling[];
  /** Said beside the figures, such as rules not yet applied. */
  readonly warnings: readonly string[];
}

/**
 * Folds cells by the dimensions asked for. The total is the sum of the rows, to the last digit.
 *
 * A daily bucket whose date is cut by an edge of the window is not among the ledger's cells, hence not in the figures;
 * `straddling` tells what such buckets hold.
 */
export function breakdown({
  query,
  cells,
  presence,
  prices,
  incomplete,
  straddling,
  warnings,
}: ReportFacts): ReportBody {
  const by = [...new Set(query.by)];
  const { read, recordings } = chooseRecordings(presence, query.cost);
  const readCells = cells
    .map((cell) => ({ cell, reading: read(cell.recording, cell.day) }))
    .filter(({ reading }) => isRead(reading));
  const sums = sumOf(readCells);
  return {
    query: {
      by,
      ...echo(query),
      costKinds: costKindTexts(sums),
      recordings,
      foreignBuckets: bucketsRead(presence, read),
    },
    prices,
    incomplete: incomplete.map(({ from, to, ...rest }) => ({ ...rest, from: isoText(from), to: isoText(to) })),
    straddling,
    warnings,
    unassigned: { events: sums.unassignedEvents, tokens: sums.unassignedTokens },
    totals: figuresOf(sums),
    rows: orderRows(groupsOf(readCells, by), by).map((group) => rowOf(group, by)),
  };
}

function groupsOf(cells: readonly ReadCell[], by: readonly Dimension[]): Group[] {
  const valuesOf = valuesReader(by);
  const groups = new Map<string, Group>();
  for (const { cell, reading } of cells) {
    const values = valuesOf(cell);
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? { values, sums: noSums() };
    groups.set(key, group);
    addCell(group.sums, cell, reading);
  }
  return [...groups.values()];
}

const rowOf = ({ values, sums }: Group, by: readonly Dimension[]): ReportRow => ({
  ...Object.fromEntries(by.map((dimension, i) => [dimension, values[i] ?? null])),
  ...figuresOf(sums),
});

const figuresOf = (sums: Sums): Figures => ({
  requests: sums.requests,
  tokens: { ...sums.tokens, total: totalOf(sums.tokens) },
  quantities: byName(new Map([...sums.quantities].map(([name, millionths]) => [name, millionthsText(millionths)]))),
  cost: costTexts(byName(sums.cost)),
  unpriced: { events: sums.unpricedEvents, tokens: sums.unpricedTokens },
  metrics: unitMetrics(sums),
});

const millionthsText = (millionths: bigint): string => formatDecimal({ units: millionths, scale: 6 });

const costKindTexts = ({ costKinds }: Sums): ReportBody['query']['costKinds'] =>
  byName(new Map([...costKinds].map(([currency, kinds]) => [currency, costTexts(byName(kinds))])));

const echo = ({ window, cost, units, models }: ReportQuery) => ({
  from: isoText(window.from),
  to: isoText(window.to),
  tz: window.timeZone,
  cost,
  units: units?.map((unit) => unit ?? UNASSIGNED) ?? null,
  models,
});

const isoText = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const bucketsRead = (presence: readonly Presence[], read: ReadDay): bigint =>
  presence
    .filter(({ grain, recording, day }) => grain === 'day' && isRead(read(recording, day)))
    .reduce((sum, { events }) => sum + events, 0n);
