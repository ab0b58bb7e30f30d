/** Cells of a ledger as the lines of a report: grouped, compared, ordered, and the last ones folded into one. */

import { groupBy } from '../group-by.js';
import type { Cell, Presence } from './cell.js';
import { chooseRecordings } from './choose-recordings.js';
import type { Converter } from './converted.js';
import type { Dimension } from './dimension.js';
import { valuesReader } from './dimensions.js';
import type { Organisation } from './organisation.js';
import type { CostChoice, ReportQuery } from './query.js';
import { floorOf } from './ratio.js';
import { orderRows, sortRows } from './row-order.js';
import { type ByKind, byKind, COST_KINDS, hasAmount, mapKinds } from './side-by-side.js';
import { isRead, type ReadCell, sumOf } from './sum-cells.js';
import { noSums, type Sums } from './sums.js';

/** Cells that share the values of the dimensions asked for. */
export interface Part {
  /** Same order as the dimensions. */
  readonly values: readonly (string | null)[];
  readonly cells: readonly ReadCell[];
}

/** One row to be. */
export interface Line extends Part {
  readonly sums: Sums;
  /** The cells of the period compared with; `null`: there is none. */
  readonly before: readonly ReadCell[] | null;
  /** The cells of each cost; `null`: they are not told beside each other. */
  readonly costs: ByKind<readonly ReadCell[]> | null;
  /** What was folded into this line; of every other line itself alone. */
  readonly parts: readonly Part[];
  /** Number of lines folded into this one; `null`: it is no such line. */
  readonly others: number | null;
}

/** The cells read of both periods, and the lines made of them. */
export interface ReportLines {
  readonly now: readonly ReadCell[];
  /** `null`: compared with nothing. */
  readonly before: readonly ReadCell[] | null;
  /** As each of the costs is read; `null`: they are not told beside each other. */
  readonly costs: ByKind<readonly ReadCell[]> | null;
  /** `null`: costs stay in their currencies. */
  readonly converting: Converter | null;
  /** The same for the period compared with. */
  readonly convertingBefore: Converter | null;
  readonly lines: readonly Line[];
}

/** What the ledger holds for one period. */
export interface Holdings {
  readonly cells: readonly Cell[];
  readonly presence: readonly Presence[];
}

/** The cells a report reads, with what it reads of them. */
export function readCellsOf({ cells, presence }: Holdings, cost: CostChoice): ReadCell[] {
  const { readCell } = chooseRecordings(presence, cost);
  return cells.map((cell) => ({ cell, reading: readCell(cell) })).filter(({ reading }) => isRead(reading));
}

interface Sides {
  readonly now: readonly ReadCell[];
  /** `null`: compared with nothing. */
  readonly before: readonly ReadCell[] | null;
  /** As each of the costs is read; `null`: they are not told beside each other. */
  readonly costs: ByKind<readonly ReadCell[]> | null;
  /** The value in this period that a value of the period before is compared with. */
  readonly aligned: (dimension: Dimension, value: string | null) => string | null;
  /** `null`: costs stay in their currencies. */
  readonly converting: Converter | null;
}

export function linesOf(
  { by: asked, sort, top, organisation }: Pick<ReportQuery, 'by' | 'sort' | 'top' | 'organisation'>,
  sides: Sides,
): Line[] {
  const by = [...new Set(asked)];
  const added = sides.now.filter(({ cell }) => cell.others !== null);
  const apart = added.length === 0 ? sides : { ...sides, now: sides.now.filter(({ cell }) => cell.others === null) };
  const lines = [...matched(by, apart, organisation), ...addedLines(added)].map((line) => ({
    ...line,
    converted: picoIn(line.cells, sides.converting),
  }));
  const ordered = sort === null ? orderRows(lines, by) : sortRows(lines, sort, '--sort');
  if (top === null || (added.length === 0 && ordered.length <= top)) return ordered;
  const ranked = sort === null ? sortRows(lines, { key: 'cost', direction: 'desc' }, '--top') : ordered;
  const kept = new Set<Line>(ranked.filter(isOfOne).slice(0, top));
  return [
    ...ordered.filter((line) => kept.has(line)),
    othersOf(
      ordered.filter((line) => !kept.has(line)),
      by,
    ),
  ];
}

const isOfOne = ({ others }: Line): boolean => others === null;

/** What the ledger added up of values that are none of the first: a line without values, that its currencies are known of. */
function addedLines(cells: readonly ReadCell[]): Line[] {
  const others = cells[0]?.cell.others ?? null;
  if (others === null) return [];
  return [{ values: [], cells, sums: sumOf(cells), before: null, costs: null, parts: [], others }];
}

/** The cost in the currency asked for, in whole pico-units, for ordering. */
const picoIn = (cells: readonly ReadCell[], converting: Converter | null): bigint | null =>
  converting === null ? null : floorOf(converting.convert(cells).sum);

function matched(by: readonly Dimension[], { now, before, costs, aligned }: Sides, organisation: Organisation): Line[] {
  const valuesOf = valuesReader(by, organisation);
  const grouped = (cells: readonly ReadCell[]) => groupBy(cells, ({ cell }) => JSON.stringify(valuesOf(cell)));
  const groups = grouped(now);
  const earlier =
    before === null
      ? null
      : groupBy(before, ({ cell }) => JSON.stringify(valuesOf(cell).map((value, i) => aligned(by[i]!, value))));
  const kinds = costs === null ? null : mapKinds(costs, grouped);
  const costed = kinds === null ? [] : COST_KINDS.flatMap((kind) => keysWithAmounts(kinds[kind]));
  const keys = new Set([...groups.keys(), ...(earlier?.keys() ?? []), ...costed]);
  return [...keys].map((key) =>
    lineOf(
      key,
      groups.get(key) ?? [],
      earlier === null ? null : (earlier.get(key) ?? []),
      kinds === null ? null : mapKinds(kinds, (of) => of.get(key) ?? []),
    ),
  );
}

/** A cost may be of a view that is read for nothing else, and that has values of its own. */
const keysWithAmounts = (groups: ReadonlyMap<string, readonly ReadCell[]>): string[] =>
  [...groups].flatMap(([key, cells]) => (cells.some(hasAmount) ? [key] : []));

function lineOf(key: string, cells: readonly ReadCell[], before: Line['before'], costs: Line['costs']): Line {
  const part: Part = { values: JSON.parse(key), cells };
  return { ...part, sums: sumsOf(cells, before), before, costs, parts: [part], others: null };
}

/** The sums of cells; where there are none, 0 of what the cells compared with have. */
export function sumsOf(cells: readonly ReadCell[], before: readonly ReadCell[] | null): Sums {
  const sums = sumOf(cells);
  return before === null || cells.length > 0 ? sums : zerosOf(sumOf(before));
}

function zerosOf({ tokens, cost }: Sums): Sums {
  const zero = (count: bigint | null) => (count === null ? null : 0n);
  const { input, cacheRead, cacheWrite, output, reasoning } = tokens;
  return {
    ...noSums(),
    tokens: {
      input: zero(input),
      cacheRead: zero(cacheRead),
      cacheWrite: zero(cacheWrite),
      output: zero(output),
      reasoning: zero(reasoning),
    },
    cost: new Map([...cost.keys()].map((currency) => [currency, 0n])),
  };
}

function othersOf(rest: readonly Line[], by: readonly Dimension[]): Line {
  const cells = rest.flatMap((line) => line.cells);
  const before = rest[0]!.before === null ? null : rest.flatMap((line) => line.before ?? []);
  const others = rest.reduce((sum, line) => sum + (line.others ?? 1), 0);
  const values = by.map((_, i) => (i === 0 ? `(others, ${others})` : null));
  const costs = rest[0]!.costs === null ? null : byKind((kind) => rest.flatMap((line) => line.costs![kind]));
  return { values, cells, sums: sumsOf(cells, before), before, costs, parts: rest, others };
}
