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
  let last: readonly string[] = [];
  let columns = find(last);
  const headers = (list: readonly string[]): Found => {
    if (list === last) return columns;
    const key = list.join('\u0000');
    columns = known.get(key) ?? find(list);
    if (known.size >= MAX_HEADERS) known.clear();
    known.set(key, columns);
    last = list;
    return columns;
  };
  return { headers, keys: (record) => (hasKeys(record, last) ? columns : headers(Object.keys(record))) };
}

/** True when the record has these keys in this order. Faster than a list of its keys, and makes none. */
function hasKeys(record: Fields, keys: readonly string[]): boolean {
  let index = 0;
  for (const name in record) if (name !== keys[index++]) return false;
  return index === keys.length;
}
