/** The answer to "what was used and what did it cost, by …": cells of the ledger folded into rows and a total. */

import { formatDecimal } from '../pricing/decimal.js';
import type { Cell, IncompleteImport, Presence, PriceListUse } from './cell.js';
import { chooseRecordings } from './choose-recordings.js';
import { byName, costTexts } from './costs.js';
import { valuesReader } from './dimensions.js';
import { groupBy } from './group-by.js';
import { type Dimension, type ReportQuery, UNASSIGNED } from './query.js';
import type { Figures, ReportBody, ReportRow } from './report-body.js';
import { type Group, orderRows } from './row-order.js';
import type { Straddling } from './straddling.js';
import { isRead, type ReadCell, sumOf } from './sum-cells.js';
import { type Sums, totalOf } from './sums.js';
import { unitMetrics } from './unit-metrics.js';
import type { ReadView } from './view.js';

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
 * Folds cells by the dimensions asked for. The total is the sum of the rows, to the last digit, but for what is
 * unpriced: usage whose bill cannot be split by these dimensions is unpriced in its row, not in the total.
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
  const readCells = cells.map((cell) => ({ cell, reading: read(cell) })).filter(({ reading }) => isRead(reading));
  const sums = sumOf(readCells);
  const groups = groupsOf(readCells, by);
  return {
    query: {
      by,
      ...echo(query),
      costKinds: costKindTexts(sums),
      recordings,
      foreignBuckets: foreignBucketsRead(presence, read),
    },
    prices,
    incomplete: incomplete.map(({ from, to, ...rest }) => ({ ...rest, from: isoText(from), to: isoText(to) })),
    straddling,
    warnings,
    unassigned: { events: sums.unassignedEvents, tokens: sums.unassignedTokens },
    unsplit: unsplitOf(groups),
    totals: figuresOf(sums),
    rows: orderRows(groups, by).map((group) => rowOf(group, by)),
  };
}

function groupsOf(cells: readonly ReadCell[], by: readonly Dimension[]): Group[] {
  const valuesOf = valuesReader(by);
  const groups = groupBy(cells, ({ cell }) => JSON.stringify(valuesOf(cell)));
  return [...groups.values()].map((ofOne) => ({ values: valuesOf(ofOne[0]!.cell), sums: sumOf(ofOne) }));
}

const unsplitOf = (groups: readonly Group[]): ReportBody['unsplit'] => ({
  days: [...new Set(groups.flatMap(({ sums }) => [...sums.unsplitDays]))].sort(),
  events: groups.reduce((sum, { sums }) => sum + sums.unsplitEvents, 0n),
  tokens: groups.reduce((sum, { sums }) => sum + sums.unsplitTokens, 0n),
});

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

const foreignBucketsRead = (presence: readonly Presence[], read: ReadView): bigint =>
  presence.filter((view) => isRead(read(view))).reduce((sum, { foreignBuckets }) => sum + foreignBuckets, 0n);
