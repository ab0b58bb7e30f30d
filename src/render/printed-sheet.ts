/** A sheet's cells as people read them: separators in counts, money rounded so that lines add up to the total. */

import { formatPico } from '../pricing/money.js';
import { type PrintedMoney, printShares } from '../pricing/printed-money.js';
import { printSums } from './added-money.js';
import { separated } from './counted.js';
import { moneyDecimals, priceDecimals } from './money-decimals.js';
import type { Column, ColumnKind, Sheet, SheetCell } from './sheet.js';
import { visible } from './visible.js';

export interface PrintedSheet {
  readonly rows: readonly (readonly string[])[];
  readonly totals: readonly string[] | null;
}

/** Same rows and columns as the sheet; text has its acting characters made visible. */
export function printSheet({ columns, rows, totals }: Sheet): PrintedSheet {
  const cellsAt = (i: number) => rows.map((row) => row[i] ?? null);
  const totalAt = (i: number) => (totals === null ? null : (totals[i] ?? null));
  const sums = printedSums(columns, cellsAt);
  const printed = columns.map(({ kind, scale }, i) => {
    const ofSum = sums.get(i);
    if (ofSum !== undefined) return textsOf(cellsAt(i), totalAt(i), ofSum);
    if (kind !== 'price') return printColumn(kind, cellsAt(i), totalAt(i));
    const alike = columns.flatMap((other, j) => (j === i || (scale !== undefined && other.scale === scale) ? [j] : []));
    return printPrices(cellsAt(i), totalAt(i), decimalsOf(alike.flatMap((j) => [...cellsAt(j), totalAt(j)])));
  });
  return {
    rows: rows.map((_, r) => printed.map(({ lines }) => lines[r]!)),
    totals: totals === null ? null : printed.map(({ total }) => total),
  };
}

interface PrintedColumn {
  readonly lines: readonly string[];
  readonly total: string;
}

function printColumn(kind: Exclude<ColumnKind, 'price'>, cells: readonly SheetCell[], total: SheetCell): PrintedColumn {
  if (kind === 'money') return printMoney(cells, total);
  return { lines: cells.map((cell) => printCell(kind, cell)), total: total === null ? '' : printCell(kind, total) };
}

/** By place the columns that are sums of two others, and those two. */
function printedSums(
  columns: readonly Column[],
  cellsAt: (place: number) => readonly SheetCell[],
): ReadonlyMap<number, PrintedMoney> {
  const printed = new Map<number, PrintedMoney>();
  for (const [place, { sumOf = [] }] of columns.entries()) {
    const [first = -1, second = -1] = sumOf.map((key) => columns.findIndex((column) => column.key === key));
    if (first < 0 || second < 0) continue;
    const sums = printSums(picosOf(cellsAt(first)), picosOf(cellsAt(second)));
    printed.set(first, sums.first).set(second, sums.second).set(place, sums.sum);
  }
  return printed;
}

const picosOf = (cells: readonly SheetCell[]): bigint[] => cells.map((cell) => picoOf(cell) ?? 0n);

const textsOf = (cells: readonly SheetCell[], total: SheetCell, printed: PrintedMoney): PrintedColumn => ({
  lines: cells.map((cell, i) => (cell === null ? MISSING : separated(printed.lines[i]!))),
  total: total === null ? '' : separated(printed.total),
});

/** Lines that add up to the total printed, where the total is the sum of the lines; lines without money are `-`. */
function printMoney(cells: readonly SheetCell[], total: SheetCell): PrintedColumn {
  const picos = cells.map(picoOf);
  const known = picos.filter((pico) => pico !== null);
  const decimals = moneyDecimals(known);
  const shares = printShares(known, decimals);
  const texts = shares.lines.values();
  const lines = picos.map((pico) => (pico === null ? MISSING : separated(texts.next().value!)));
  return { lines, total: total === null ? '' : separated(shares.total) };
}

const decimalsOf = (cells: readonly SheetCell[]): number =>
  priceDecimals(cells.map(picoOf).filter((pico) => pico !== null));

function printPrices(cells: readonly SheetCell[], total: SheetCell, decimals: number): PrintedColumn {
  const print = (cell: SheetCell) => {
    const pico = picoOf(cell);
    return pico === null ? MISSING : separated(printShares([pico], decimals).total);
  };
  return { lines: cells.map(print), total: print(total) };
}

function picoOf(cell: SheetCell): bigint | null {
  if (cell === null || typeof cell === 'bigint') return cell;
  throw new TypeError(`money must be pico-units as bigint, not ${typeof cell}`);
}

const MISSING = '-';

function printCell(kind: ColumnKind, cell: SheetCell): string {
  if (cell === null) return MISSING;
  if (kind === 'share') return `${(Number(cell) * 100).toFixed(1)}%`;
  if (kind === 'percent') return percentText(String(cell));
  if (kind === 'count' || kind === 'decimal') return separated(String(cell));
  return visible(String(cell));
}

/** `+12.5%`; a word, such as `new`, as it is. */
function percentText(text: string): string {
  if (!/^-?\d/.test(text)) return text;
  return `${text.startsWith('-') || Number(text) === 0 ? '' : '+'}${separated(text)}%`;
}

/** A cell as machines read it: exact, without separators; `''` for `null`. */
export function exactCell(kind: ColumnKind, cell: SheetCell): string {
  if (cell === null) return '';
  return kind === 'money' || kind === 'price' ? formatPico(picoOf(cell) ?? 0n) : String(cell);
}
