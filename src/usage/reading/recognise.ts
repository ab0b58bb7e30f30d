/** What sources ask of a file to find out whether it is theirs. */

import type { Source } from '../source.js';
import { type Fields, isFields } from './fields.js';

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
