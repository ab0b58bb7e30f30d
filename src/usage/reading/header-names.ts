/** Rows of exports by header name: letter case, blanks around a name and a byte order mark tell no columns apart. */

import { badRecord } from '../../errors.js';
import { type Fields, isFields } from './fields.js';

/** A header as exports are read by: `BYOK Usage` is `byok usage`. */
export const headerName = (header: string): string =>
  header
    .replace(/^\ufeff/, '')
    .trim()
    .toLowerCase();

/** True when the columns have every one of `names`, which are in lower case. */
export function hasColumns(columns: readonly string[], names: readonly string[]): boolean {
  const known = new Set(columns.map(headerName));
  return names.every((name) => known.has(name));
}

/**
 * Reads the rows of one file by `headerName`; of two columns of one name the first counts. A row whose headers are
 * such names already, as most exports write them, is returned as it is.
 *
 * @returns a function that throws BAD_RECORD for what is no row
 */
export function rowsByName(): (value: unknown) => Fields {
  let last: { readonly headers: readonly string[]; readonly names: readonly string[] | null } | null = null;
  return (value) => {
    if (!isFields(value)) throw badRecord('is no row of a table', 'import the export as it was downloaded');
    const headers = Object.keys(value);
    if (last === null || !isSame(last.headers, headers)) last = { headers, names: namesOf(headers) };
    return last.names === null ? value : renamed(value, headers, last.names);
  };
}

/** `null`: the headers are their own names. */
function namesOf(headers: readonly string[]): readonly string[] | null {
  const names = headers.map(headerName);
  return isSame(names, headers) ? null : names;
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, index) => name === b[index]);

const renamed = (row: Fields, headers: readonly string[], names: readonly string[]): Fields =>
  Object.fromEntries(headers.map((header, index) => [names[index]!, row[header]] as const).reverse());
