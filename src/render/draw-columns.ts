import { textWidth } from './text-width.js';

/** Blanks between two columns. */
const GAP = '  ';

export interface DrawnColumn {
  readonly align: 'left' | 'right';
  /** Columns of the terminal; no cell is wider. */
  readonly width: number;
}

/**
 * Rows as lines of aligned columns. A cell may have several lines; those with fewer stand at the bottom of their row. Blanks at the
 * end of a line are left out.
 *
 * @param rows  one cell per column
 */
export const drawColumns = (columns: readonly DrawnColumn[], rows: readonly (readonly string[])[]): string[] =>
  rows.flatMap((row) => (row.some((cell) => cell.includes('\n')) ? drawTall(columns, row) : [drawLine(columns, row)]));

function drawTall(columns: readonly DrawnColumn[], row: readonly string[]): string[] {
  const cells = row.map((cell) => cell.split('\n'));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, i) =>
    drawLine(
      columns,
      cells.map((lines) => lines[i - height + lines.length] ?? ''),
    ),
  );
}

const drawLine = (columns: readonly DrawnColumn[], cells: readonly string[]): string =>
  columns
    .map((column, i) => padded(cells[i]!, column))
    .join(GAP)
    .trimEnd();

function padded(text: string, { align, width }: DrawnColumn): string {
  const blanks = ' '.repeat(Math.max(0, width - textWidth(text)));
  return align === 'left' ? text + blanks : blanks + text;
}
