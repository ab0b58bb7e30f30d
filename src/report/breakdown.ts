/** The answer to "what was used and what did it cost, by …": cells of the ledger folded into rows and a total. */

import { type Align, alignPeriods } from './align-period.js';
import { type Beside, besideFigures, spanOf } from './beside-figures.js';
import type { IncompleteImport, Presence, PriceListUse } from './cell.js';
import { chooseRecordings } from './choose-recordings.js';
import { converter, type Exchange } from './converted.js';
import { byName, costTexts } from './costs.js';
import type { Dimension } from './dimension.js';
import { figuresOf } from './figures.js';
import type { Kpi } from './kpi.js';
import { type Holdings, type Line, linesOf, type ReportLines, readCellsOf, sumsOf } from './lines.js';
import type { ReportQuery, Window } from './query.js';
import { isoText, queryEcho } from './query-echo.js';
import type { ReportBody, ReportRow } from './report-body.js';
import { type ByKind, byKind } from './side-by-side.js';
import type { Straddling } from './straddling.js';
import { isRead, sumOf } from './sum-cells.js';
import type { Sums } from './sums.js';
import type { ReadView } from './view.js';

/** What the ledger answered, `cells` to `cellQueryOf(query)`. */
export interface ReportFacts extends Holdings {
  readonly query: ReportQuery;
  readonly prices: readonly PriceListUse[];
  readonly incomplete: readonly IncompleteImport[];
  readonly straddling: readonly Straddling[];
  /** Said beside the figures, such as rules not yet applied. */
  readonly warnings: readonly string[];
  /** The period to compare with: what the ledger holds for it, to the same query. */
  readonly before?: (Holdings & { readonly window: Window }) | null;
  /** What the ledger holds of each cost, to the same query; `null`: they are not told beside each other. */
  readonly costs?: ByKind<Holdings> | null;
  /** What to tell the cost of one of; the cells are then by unit, too (`byWithUnit`). */
  readonly kpi?: Kpi | null;
  /** What to convert costs with. */
  readonly exchange?: Exchange | null;
}

/** Reads, groups and orders the cells. */
export function reportLines({
  query,
  before = null,
  costs = null,
  exchange = null,
  ...holdings
}: ReportFacts): ReportLines {
  const now = readCellsOf(holdings, query.cost);
  const earlier = before === null ? null : readCellsOf(before, query.cost);
  const kinds = costs === null ? null : byKind((kind) => readCellsOf(costs[kind], kind));
  const aligned: Align = before === null ? (_, value) => value : alignPeriods(query.window, before.window);
  const converting = exchange === null ? null : converter(exchange, spanOf(query.window, now));
  return {
    now,
    before: earlier,
    costs: kinds,
    converting,
    convertingBefore:
      exchange === null || before === null ? null : converter(exchange, spanOf(before.window, earlier ?? [])),
    lines: linesOf(query, { now, before: earlier, costs: kinds, aligned, converting }),
  };
}

/**
 * Folds cells by the dimensions asked for. The total is the sum of the rows, to the last digit, but for what is
 * unpriced: usage whose bill cannot be split by these dimensions is unpriced in its row, not in the total.
 *
 * A daily bucket whose date is cut by an edge of the window is not among the ledger's cells, hence not in the figures;
 * `straddling` tells what such buckets hold.
 *
 * @throws BAD_OPTION for rows ordered by cost in several currencies
 */
export function breakdown(facts: ReportFacts, made: ReportLines = reportLines(facts)): ReportBody {
  const { query, presence, prices, incomplete, straddling, warnings } = facts;
  const { read, recordings } = chooseRecordings(presence, query.cost);
  const { now, before, lines } = made;
  const by = [...new Set(query.by)];
  const sums = before === null ? sumOf(now) : withZeros(sumOf(now), sumsOf([], before));
  const beside = besideFigures(facts, made);
  return {
    query: {
      by,
      ...queryEcho(facts, made),
      costKinds: costKindTexts(sums),
      recordings,
      foreignBuckets: foreignBucketsRead(presence, read),
    },
    prices,
    incomplete: incomplete.map(({ from, to, ...rest }) => ({ ...rest, from: isoText(from), to: isoText(to) })),
    straddling,
    warnings,
    unassigned: { events: sums.unassignedEvents, tokens: sums.unassignedTokens },
    unsplit: unsplitOf(lines),
    totals: {
      ...figuresOf(sums),
      ...beside.total(sums),
    },
    rows: lines.map((line, i) => rowOf(line, by, beside.line(line, i))),
  };
}

/** The total with 0 in every currency the period before had, as rows of that period alone have. */
function withZeros(sums: Sums, zeros: Sums): Sums {
  for (const currency of zeros.cost.keys()) if (!sums.cost.has(currency)) sums.cost.set(currency, 0n);
  return sums;
}

const unsplitOf = (lines: readonly Line[]): ReportBody['unsplit'] => ({
  days: [...new Set(lines.flatMap(({ sums }) => [...sums.unsplitDays]))].sort(),
  events: lines.reduce((sum, { sums }) => sum + sums.unsplitEvents, 0n),
  tokens: lines.reduce((sum, { sums }) => sum + sums.unsplitTokens, 0n),
});

const rowOf = (line: Line, by: readonly Dimension[], beside: Beside): ReportRow => ({
  ...Object.fromEntries(by.map((dimension, i) => [dimension, line.values[i] ?? null])),
  ...(line.others === null ? {} : { others: line.others }),
  ...figuresOf(line.sums),
  ...beside,
});

const costKindTexts = ({ costKinds }: Sums): ReportBody['query']['costKinds'] =>
  byName(new Map([...costKinds].map(([currency, kinds]) => [currency, costTexts(byName(kinds))])));

const foreignBucketsRead = (presence: readonly Presence[], read: ReadView): bigint =>
  presence.filter((view) => isRead(read(view))).reduce((sum, { foreignBuckets }) => sum + foreignBuckets, 0n);
