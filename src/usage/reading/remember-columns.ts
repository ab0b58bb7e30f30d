import type { Fields } from './fields.js';

/** Sets of headers remembered: JSON records leave out what they have nothing to say of. */
const MAX_HEADERS = 100;

/** What `find` makes of the headers of a table, or of the keys of a record. */
export interface ColumnsOf<Found> {
  readonly headers: (headers: readonly string[]) => Found;
  readonly keys: (record: Fields) => Found;
}

/**
 * The columns of each record of a file. Those of the record before are those of the next one, as a rule: remembering
 * them spares finding them anew.
 *
 * @param find  pure; its results are shared
 */
export function rememberColumns<Found>(find: (headers: readonly string[]) => Found): ColumnsOf<Found> {
  const known = new Map<string, Found>();
  let last: { readonly list: readonly string[]; readonly columns: Found } | null = null;
  const headers = (list: readonly string[]): Found => {
    if (last?.list === list) return last.columns;
    const key = list.join('\u0000');
    last = { list, columns: known.get(key) ?? find(list) };
    if (known.size >= MAX_HEADERS) known.clear();
    known.set(key, last.columns);
    return last.columns;
  };
  const keys = (record: Fields): Found =>
    last !== null && hasKeys(record, last.list) ? last.columns : headers(Object.keys(record));
  return { headers, keys };
}

/** True when the record has these keys in this order. Faster than a list of its keys, and makes none. */
function hasKeys(record: Fields, keys: readonly string[]): boolean {
  let index = 0;
  for (const name in record) if (name !== keys[index++]) return false;
  return index === keys.length;
}
