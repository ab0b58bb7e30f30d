/** A sheet as plain aligned columns for a terminal. */

import { drawColumns } from './draw-columns.js';
import type { Page } from './page.js';
import { printSheet } from './printed-sheet.js';
import type { Column, Sheet } from './sheet.js';
import { fitSheet, shorten, titleLines } from './table-fit.js';
import { visible } from './visible.js';

/**
 * Title, notes, header, rows and totals, fitted to the page: first columns that are only for wide pages are left out,
 * and named; then texts are shortened with `…`. A number is never cut, so a page too narrow for them is exceeded.
 */
export async function renderTable(whole: Sheet, { columns, color }: Page): Promise<string> {
  const { sheet, printed, widths, hidden } = fitSheet(whole, printSheet, columns);
  const bold = color === 0 ? (text: string) => text : new (await import('chalk')).Chalk({ level: color }).bold;
  const blocks = [
    [...(sheet.title === null ? [] : [bold(visible(sheet.title))]), ...sheet.above.map(visible)],
    [
      ...tableLines(sheet.columns, widths, {
        head: sheet.columns.map(({ title }, i) =>
          titleLines(visible(title), widths[i]!)
            .map((line) => bold(line))
            .join('\n'),
        ),
        rows: printed.rows,
        totals: printed.totals?.map((text) => bold(text)) ?? null,
      }),
    ],
    [...sheet.below.map(visible), ...hiddenNote(hidden)],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const hiddenNote = (hidden: readonly Column[]): string[] =>
  hidden.length === 0 ? [] : [`not shown at this width: ${hidden.map(({ title }) => title).join(', ')}`];

interface Lines {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly totals: readonly string[] | null;
}

function tableLines(columns: readonly Column[], widths: readonly number[], { head, rows, totals }: Lines): string[] {
  const rule = widths.map((width) => '─'.repeat(width));
  const cut = (row: readonly string[]) =>
    row.map((text, i) => (columns[i]!.kind === 'text' ? shorten(text, widths[i]!) : text));
  const body = [rule, ...rows.map(cut), ...(totals === null ? [] : [rule, totals])];
  const drawn = columns.map(({ align }, i) => ({ align, width: widths[i]! }));
  return drawColumns(drawn, [head, ...body]);
}
