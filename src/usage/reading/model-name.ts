import { missingField } from '../../errors/usage-records.js';
import { textOf } from './fields.js';

/** Longest model name accepted, in UTF-16 units. */
const MODEL_LIMIT = 200;

/**
 * The model of usage or of a cost whose record names none, because the export was not grouped by model or because a
 * charge is for no model. It is usage all the same: no price list knows the name, so that it is unpriced and never 0, and
 * reports show it as a line of its own.
 */
export const NO_MODEL = '(no model)';

/**
 * The first model name among `values`, as stated; looking a price up normalises it, nothing else does.
 *
 * @throws MISSING_FIELD when there is none; BAD_FIELD when it is too long, has control characters or is no text
 */
export function modelOf(values: readonly unknown[], field: string): string {
  for (const value of values) {
    const model = textOf(value, field, MODEL_LIMIT);
    if (model !== null) return model;
  }
  throw missingField(field, 'a usage record must name its model; add one to the line');
}
