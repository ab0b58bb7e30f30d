/** Widths of a table's columns: what fits, what is shortened, what is left out. */

import type { PrintedSheet } from './printed-sheet.js';
import { type Column, keepColumns, type Sheet } from './sheet.js';
import { textWidth } from './text-width.js';
import { visible } from './visible.js';

export interface FittedSheet {
  readonly sheet: Sheet;
  readonly printed: PrintedSheet;
  /** Columns of the terminal, per column of the sheet. */
  readonly widths: readonly number[];
  /** Columns left out for lack of room. */
  readonly hidden: readonly Column[];
}

/** Blanks between two columns. */
const GAP = 2;
/** A text is not shortened below this. */
const LEAST_TEXT = 8;

/**
 * Leaves out columns for wide pages, the last first, until the rest fits with its texts shortened; then shortens.
 *
 * @param columns  width of the page; `null`: no limit
 */
export function fitSheet(whole: Sheet, print: (sheet: Sheet) => PrintedSheet, columns: number | null): FittedSheet {
  const shown = keepColumns(whole, ({ show }) => show !== 'export');
  const printed = print(shown);
  const natural = shown.columns.map((column, i) => naturalWidth(column, cellsOf(printed, i)));
  const kept = keptColumns(shown.columns, natural, columns);
  const sheet = keepColumns(shown, (column) => kept.has(column));
  const places = shown.columns.flatMap((column, i) => (kept.has(column) ? [i] : []));
  return {
    sheet,
    printed: {
      rows: printed.rows.map((row) => places.map((i) => row[i]!)),
      totals: printed.totals === null ? null : places.map((i) => printed.totals![i]!),
    },
    widths: shrink(
      sheet.columns,
      places.map((i) => natural[i]!),
      columns,
    ),
    hidden: shown.columns.filter((column) => !kept.has(column)),
  };
}

const cellsOf = ({ rows, totals }: PrintedSheet, i: number): string[] =>
  [...rows, ...(totals === null ? [] : [totals])].map((row) => row[i]!);

/** As wide as its widest cell, or the longest word of its title, which may take several lines. */
const naturalWidth = ({ title }: Column, cells: readonly string[]): number =>
  [...visible(title).split(' '), ...cells].reduce((widest, text) => Math.max(widest, textWidth(text)), 1);

const totalWidth = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, 0) + GAP * Math.max(0, widths.length - 1);

function keptColumns(columns: readonly Column[], natural: readonly number[], page: number | null): Set<Column> {
  const kept = new Set(columns);
  if (page === null) return kept;
  const least = () =>
    totalWidth(columns.flatMap((column, i) => (kept.has(column) ? [leastWidth(column, natural[i]!)] : [])));
  for (const column of [...columns].reverse()) {
    if (least() <= page) break;
    if (column.show === 'wide') kept.delete(column);
  }
  return kept;
}

const leastWidth = ({ kind }: Column, natural: number): number =>
  kind === 'text' ? Math.min(natural, LEAST_TEXT) : natural;

/** Takes from the widest text until the page is wide enough. */
function shrink(columns: readonly Column[], natural: readonly number[], page: number | null): number[] {
  const widths = [...natural];
  if (page === null) return widths;
  for (let excess = totalWidth(widths) - page; excess > 0; excess -= 1) {
    const widest = widestText(columns, widths);
    if (widest === null) break;
    widths[widest]! -= 1;
  }
  return widths;
}

function widestText(columns: readonly Column[], widths: readonly number[]): number | null {
  let widest: number | null = null;
  for (const [i, { kind }] of columns.entries()) {
    const width = widths[i]!;
    if (kind === 'text' && width > LEAST_TEXT && (widest === null || width > widths[widest]!)) widest = i;
  }
  return widest;
}

/** Text of at most `width` columns, cut between characters as people see them, `…` for what is missing. */
export function shorten(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += textWidth(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** A title on as few lines of at most `width` columns as its words allow. */
export function titleLines(title: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of title.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => shorten(line, width));
}
