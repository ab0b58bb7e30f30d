/** What sources ask of a file to find out whether it is theirs. */

import type { Source } from '../source.js';
import { type Fields, isFields, valueAt } from './fields.js';

/** A table whose headers pass. */
export const tables =
  (isOurs: (headers: readonly string[]) => boolean): Source['recognises'] =>
  (sample) =>
    'columns' in sample && isOurs(sample.columns);

/** A JSON object that passes. */
export const objects =
  (isOurs: (value: Fields) => boolean): Source['recognises'] =>
  (sample) =>
    'value' in sample && isFields(sample.value) && isOurs(sample.value);

/** A JSON object that passes, or a page `{ data: [...] }` of such. */
export const records = (isOurs: (record: Fields) => boolean): Source['recognises'] =>
  objects((value) => {
    const data = valueAt(value, 'data');
    const record: unknown = Array.isArray(data) ? data[0] : value;
    return isFields(record) && isOurs(record);
  });
