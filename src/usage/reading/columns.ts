/** Columns of a table by header name, never by position, in whichever spelling an export writes them. */

/** Names a column may have, by our name for it, the preferred one first. */
export type ColumnNames<Name extends string> = Readonly<Record<Name, readonly string[]>>;

/** Where a column is in the file, and how errors name it. */
export interface Column {
  readonly header: string;
  /** Its number, from 0. */
  readonly place: number;
  readonly field: string;
}
export type Columns<Name extends string> = ReadonlyMap<Name, Column>;

/** A header as names are compared by. */
export type Plain = (header: string) => string;

/** Letter case, blanks, underscores, hyphens and a byte order mark do not tell names apart: `Start time` is `start_time`. */
export const plainHeader: Plain = (header) => header.toLowerCase().replace(/[\s_-]+/g, '');

/** Columns that a format has one name for each. */
export const columnsNamed = <const Name extends string>(names: readonly Name[]): ColumnNames<Name> =>
  Object.fromEntries(names.map((name) => [name, [name]])) as unknown as ColumnNames<Name>;

/** Every name that is read. */
export const namesIn = (columns: ColumnNames<string>): readonly string[] => Object.values(columns).flat();

/** True when all the names are among a file's headers. */
export function hasColumns(headers: readonly string[], ...names: readonly string[]): boolean {
  const known = new Set(headers.map(plainHeader));
  return names.every((name) => known.has(plainHeader(name)));
}

/** Which header is which column; of several that fit, the one with the preferred name, and of two alike the earlier. */
export function findColumns<Name extends string>(
  headers: readonly string[],
  names: ColumnNames<Name>,
  plain: Plain = plainHeader,
): Columns<Name> {
  const byPlain = new Map([...headers].reverse().map((header) => [plain(header), header] as const));
  const found = new Map<Name, Column>();
  for (const name of Object.keys(names) as Name[]) {
    const header = names[name].map((text) => byPlain.get(plain(text))).find((each) => each !== undefined);
    if (header !== undefined)
      found.set(name, { header, place: headers.indexOf(header), field: printableHeader(header) ?? names[name][0]! });
  }
  return found;
}

/** `null`: headers come from outside, and one that could steer a terminal is not printed. */
export function printableHeader(header: string): string | null {
  const name = header.trim();
  return /^[\p{L}\p{N} _.:/()（）+-]{1,60}$/u.test(name) ? name : null;
}
