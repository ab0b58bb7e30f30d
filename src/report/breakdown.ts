/** The answer to "what was used and what did it cost, by …": cells of the ledger folded into rows and a total. */

import { type Align, alignPeriods } from './align-period.js';
import type { IncompleteImport, Presence, PriceListUse } from './cell.js';
import { chooseRecordings } from './choose-recordings.js';
import { comparisonOf } from './compare.js';
import { type Converted, type Converter, convertedTexts, converter, type Exchange } from './converted.js';
import { byName, costTexts } from './costs.js';
import { type DaySpan, daySpan } from './day-text.js';
import type { Dimension } from './dimension.js';
import { figuresOf } from './figures.js';
import { nameOfNone, unitTest } from './filter.js';
import { type Kpi, type PerMetric, perMetric } from './kpi.js';
import { type Holdings, type Line, linesOf, type ReportLines, readCellsOf, sumsOf } from './lines.js';
import { type ReportQuery, UNASSIGNED, type Window } from './query.js';
import type { ReportBody, ReportRow, RowFigures } from './report-body.js';
import type { Straddling } from './straddling.js';
import { isRead, type ReadCell, sumOf } from './sum-cells.js';
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
  /** What to tell the cost of one of. */
  readonly kpi?: Kpi | null;
  /** What to convert costs with. */
  readonly exchange?: Exchange | null;
}

/** Reads, groups and orders the cells. */
export function reportLines({ query, before = null, exchange = null, ...holdings }: ReportFacts): ReportLines {
  const now = readCellsOf(holdings, query.cost);
  const earlier = before === null ? null : readCellsOf(before, query.cost);
  const aligned: Align = before === null ? (_, value) => value : alignPeriods(query.window, before.window);
  const converting = exchange === null ? null : converter(exchange, spanOf(query.window, now));
  return { now, before: earlier, converting, lines: linesOf(query, { now, before: earlier, aligned, converting }) };
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
      ...echo(facts, made),
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
      ...(before === null ? {} : comparisonOf(sums, sumsOf(before, now))),
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
  ...(line.before === null ? {} : comparisonOf(line.sums, sumsOf(line.before, line.cells))),
});

type Beside = Pick<RowFigures, 'converted' | 'per'>;

/** Figures made with a file beside the ledger: of rates, of metrics. */
function besideFigures({ query, kpi = null, exchange = null }: ReportFacts, { now, lines, converting }: ReportLines) {
  const converted = exchange === null || converting === null ? null : convertedLines(lines, converting, exchange);
  const per = kpi === null ? null : perMetricOf(kpi, query, now);
  const of = (amount: Converted | undefined, metric: PerMetric | undefined): Beside => ({
    ...(amount === undefined ? {} : { converted: amount }),
    ...(metric === undefined ? {} : { per: metric }),
  });
  return {
    line: (line: Line, i: number): Beside => of(converted?.lines[i], per?.(line.sums, line.parts)),
    total: (sums: Sums): Beside => of(converted?.total, per?.(sums, [{ values: [], cells: now }])),
  };
}

const convertedLines = (lines: readonly Line[], { convert }: Converter, { currency }: Exchange) =>
  convertedTexts(
    lines.map(({ cells }) => convert(cells)),
    currency,
  );

function perMetricOf(kpi: Kpi, query: ReportQuery, now: readonly ReadCell[]) {
  const asked = { by: [...new Set(query.by)], span: spanOf(query.window, now), hasUnit: unitTest(query) };
  return (sums: Sums, parts: Line['parts']): PerMetric => perMetric(kpi, sums, parts, asked);
}

/** The days of the window; where an end is open, those of the usage. */
function spanOf({ firstDay, lastDay }: Window, cells: readonly ReadCell[]): DaySpan {
  const days = [...new Set(cells.map(({ cell }) => cell.day))].map(daySpan);
  return {
    first: firstDay ?? days.map(({ first }) => first).sort()[0] ?? '',
    last:
      lastDay ??
      days
        .map(({ last }) => last)
        .sort()
        .at(-1) ??
      '',
  };
}

const costKindTexts = ({ costKinds }: Sums): ReportBody['query']['costKinds'] =>
  byName(new Map([...costKinds].map(([currency, kinds]) => [currency, costTexts(byName(kinds))])));

const echo = ({ query, before = null, kpi = null, exchange = null }: ReportFacts, { converting }: ReportLines) => ({
  from: isoText(query.window.from),
  to: isoText(query.window.to),
  tz: query.window.timeZone,
  cost: query.cost,
  units: query.units?.map((unit) => unit ?? UNASSIGNED) ?? null,
  models: query.models,
  filters: query.filters.map(({ field, op, values }) => ({
    field,
    op,
    values: values.map((value) => value ?? nameOfNone(field)),
  })),
  sort: query.sort,
  top: query.top,
  compare: before === null ? null : { from: isoText(before.window.from), to: isoText(before.window.to) },
  per: kpi?.metric ?? null,
  exchange:
    exchange === null ? null : { currency: exchange.currency, rate: exchange.kind, used: converting?.used() ?? [] },
});

const isoText = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const foreignBucketsRead = (presence: readonly Presence[], read: ReadView): bigint =>
  presence.filter((view) => isRead(read(view))).reduce((sum, { foreignBuckets }) => sum + foreignBuckets, 0n);
