/** Rows of exports whose headers vary in letter case, blanks and byte order mark: read by name, never by position. */

import { missingField } from '../../errors.js';
import { plainHeader } from '../own-fields.js';
import { type Fields, textOf, valueAt } from './fields.js';

/** Names a column may have, by our name for it, the preferred one first. */
export type ColumnNames<Name extends string> = Readonly<Record<Name, readonly string[]>>;

/** A row by our names for its columns. */
export interface Row<Name extends string> {
  /** `undefined` when the file has no such column. */
  readonly cell: (name: Name) => unknown;
  /** Trimmed text; `null` when it is absent or blank. Throws BAD_FIELD. */
  readonly text: (name: Name) => string | null;
  /** As `text`. Throws MISSING_FIELD at an absent or blank one. */
  readonly required: (name: Name) => string;
  /** The column as the file names it, for errors. */
  readonly field: (name: Name) => string;
}

type Plain = (header: string) => string;

/** Where a column is in the file, and how errors name it. */
interface Column {
  readonly header: string;
  readonly field: string;
}
export type Columns<Name extends string> = ReadonlyMap<Name, Column>;

/** Opens the rows of one table. Its columns are looked for in the first row, and again where a row has more or fewer. */
export function rowOpener<Name extends string>(names: ColumnNames<Name>, plain: Plain = plainHeader) {
  let known: { readonly width: number; readonly columns: Columns<Name> } | null = null;
  return (fields: Fields): Row<Name> => {
    const headers = Object.keys(fields);
    if (known?.width !== headers.length) known = { width: headers.length, columns: findColumns(headers, names, plain) };
    return openRow(fields, known.columns, names);
  };
}

/** Which header is which column; of several that fit, the one with the preferred name. */
export function findColumns<Name extends string>(
  headers: readonly string[],
  names: ColumnNames<Name>,
  plain: Plain = plainHeader,
): Columns<Name> {
  const byPlain = new Map([...headers].reverse().map((header) => [plain(header), header] as const));
  const found = new Map<Name, Column>();
  for (const name of Object.keys(names) as Name[]) {
    const alternative = names[name].find((text) => byPlain.has(plain(text)));
    if (alternative === undefined) continue;
    const header = byPlain.get(plain(alternative))!;
    found.set(name, { header, field: printable(header) ?? names[name][0]! });
  }
  return found;
}

export function openRow<Name extends string>(
  fields: Fields,
  columns: Columns<Name>,
  names: ColumnNames<Name>,
): Row<Name> {
  const cell = (name: Name) => {
    const column = columns.get(name);
    return column === undefined ? undefined : valueAt(fields, column.header);
  };
  const field = (name: Name) => columns.get(name)?.field ?? names[name][0] ?? name;
  const text = (name: Name) => textOf(cell(name), field(name));
  const required = (name: Name) => {
    const value = text(name);
    if (value === null) throw missingField(field(name), 'export it again with this column');
    return value;
  };
  return { cell, text, required, field };
}

/** Headers come from outside, and one that could steer a terminal is not printed. */
function printable(header: string): string | null {
  const name = header.trim();
  return /^[\p{L}\p{N} _.:/()（）+-]{1,60}$/u.test(name) ? name : null;
}
