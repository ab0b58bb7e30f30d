/** Rows and columns without a form yet: what table, CSV and Markdown are made of. */

/**
 * What a column holds, which decides how each format prints it:
 * `text`; `count`, a bigint or whole number; `money`, pico-units as bigint, one currency per column, printed so that
 * the lines add up to the total; `price`, pico-units that are not to be added up; `share`, decimal text of a part of 1;
 * `decimal`, decimal text; `percent`, decimal text of a change in percent, or a word in its place; `spark`, a small chart
 * of block characters.
 */
export type ColumnKind = 'text' | 'count' | 'money' | 'price' | 'share' | 'decimal' | 'percent' | 'spark';

export interface Column {
  /** Header in CSV. */
  readonly key: string;
  /** Header people read. */
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly kind: ColumnKind;
  /** `always`; `wide`: left out of tables too narrow for it; `export`: in CSV alone. */
  readonly show: 'always' | 'wide' | 'export';
  /** Prices of columns with one scale are printed with the same decimals; absent: the column has a scale of its own. */
  readonly scale?: string;
  /** Of money: keys of two other columns of which every cell is the sum, so that they are printed to add up to it. */
  readonly sumOf?: readonly [string, string];
}

export const column = (key: string, title: string, kind: ColumnKind, show: Column['show'] = 'always'): Column => ({
  key,
  title,
  align: kind === 'text' ? 'left' : 'right',
  kind,
  show,
});

/** `null`: not known, not reported, or not applicable; printed as nothing in CSV and as `-` for people. */
export type SheetCell = string | bigint | number | null;

export interface Sheet {
  readonly title: string | null;
  readonly columns: readonly Column[];
  /** One cell per column, same order. */
  readonly rows: readonly (readonly SheetCell[])[];
  /** The rows of CSV where they are others: without the subtotals that people read. */
  readonly exported?: readonly (readonly SheetCell[])[];
  /** One cell per column; `null`: nothing to add up. Not part of CSV, where a column must add up to itself. */
  readonly totals: readonly SheetCell[] | null;
  /** Lines above and below the rows, for people; not part of CSV. */
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/** The sheet with only the columns that pass. */
export function keepColumns(sheet: Sheet, keep: (column: Column) => boolean): Sheet {
  const kept = sheet.columns.flatMap((column, i) => (keep(column) ? [i] : []));
  const pick = <T>(items: readonly T[]): T[] => kept.map((i) => items[i]!);
  return {
    ...sheet,
    columns: pick(sheet.columns),
    rows: sheet.rows.map(pick),
    totals: sheet.totals === null ? null : pick(sheet.totals),
  };
}
