import type { Fields } from './fields.js';

/** Sets of headers remembered: JSON records leave out what they have nothing to say of. */
const MAX_HEADERS = 100;

/**
 * The columns of each record of a file. Those of the record before are those of the next one, as a rule: remembering
 * them spares finding them anew.
 *
 * @param find  pure; its results are shared
 */
export function rememberColumns<Found>(find: (headers: readonly string[]) => Found): (record: Fields) => Found {
  const known = new Map<string, Found>();
  let last: readonly string[] = [];
  let columns = find(last);
  return (record) => {
    if (hasKeys(record, last)) return columns;
    const headers = Object.keys(record);
    const key = headers.join('\u0000');
    columns = known.get(key) ?? find(headers);
    if (known.size >= MAX_HEADERS) known.clear();
    known.set(key, columns);
    last = headers;
    return columns;
  };
}

/** True when the record has these keys in this order. Faster than a list of its keys, and makes none. */
function hasKeys(record: Fields, keys: readonly string[]): boolean {
  let index = 0;
  for (const name in record) if (name !== keys[index++]) return false;
  return index === keys.length;
}
