/** Records by the names of their columns or fields, in whichever spelling an export writes them. */

import { badField, badRecord } from '../../errors.js';
import { plainHeader } from '../own-fields.js';
import { csvCountOf } from './count.js';
import { type Fields, isFields, textOf, valueAt } from './fields.js';

/** One record. Names differ in more than letter case, blanks, underscores and hyphens: `startTime` is `start_time`. */
export interface Row {
  readonly fields: Fields;
  /** The value under a name; `undefined` when there is no such column. */
  readonly cell: (name: string) => unknown;
  /** The first text among several names that is not blank. */
  readonly text: (...names: readonly string[]) => string | null;
  /** The count under the first of several names that has one; `null` when none does. */
  readonly count: (...names: readonly string[]) => number | null;
}

/** Reads the records of one file; the columns of the record before are looked up anew only when they have changed. */
export function rowReader(): (value: unknown) => Row {
  let last: { readonly names: readonly string[]; readonly columns: ReadonlyMap<string, string> } | null = null;
  return (value) => {
    if (!isFields(value)) throw badRecord('is no JSON object', 'write one JSON object per record');
    const names = Object.keys(value);
    if (last === null || !sameNames(last.names, names)) last = { names, columns: columnsOf(names) };
    return rowOf(value, last.columns);
  };
}

/** True when all the names are among a file's columns. */
export function hasColumns(columns: readonly string[], ...names: readonly string[]): boolean {
  const known = new Set(columns.map(plainColumn));
  return names.every((name) => known.has(plainHeader(name)));
}

const plainColumn = (column: string): string => plainHeader(column.replace(/^\ufeff/, ''));

/** Of two columns that are spelled alike the earlier. */
const columnsOf = (names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name) => [plainColumn(name), name] as const).reverse());

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, index) => name === b[index]);

function rowOf(fields: Fields, columns: ReadonlyMap<string, string>): Row {
  const cell = (name: string) => {
    const column = columns.get(plain(name));
    return column === undefined ? undefined : valueAt(fields, column);
  };
  const first = <Found>(names: readonly string[], read: (value: unknown, name: string) => Found | null) => {
    for (const name of names) {
      const found = read(cell(name), name);
      if (found !== null) return found;
    }
    return null;
  };
  return {
    fields,
    cell,
    text: (...names) => first(names, textOf),
    count: (...names) => first(names, csvCountOf),
  };
}

/** Names are those of the sources, so there are few of them. */
function plain(name: string): string {
  const known = PLAIN.get(name);
  if (known !== undefined) return known;
  const made = plainHeader(name);
  PLAIN.set(name, made);
  return made;
}

/** A memo and no state. */
const PLAIN = new Map<string, string>();

/**
 * JSON in a cell: an object or a list that is one already, or its text; `null` when the cell is blank.
 *
 * @throws BAD_FIELD at `field` for text that is no JSON
 */
export function jsonCell(value: unknown, field: string): unknown {
  if (typeof value !== 'string') return value ?? null;
  if (value.trim() === '') return null;
  try {
    return JSON.parse(value);
  } catch {
    throw badField(field, value, 'is no JSON', 'export it again; CSV doubles the quotes inside of a cell');
  }
}
