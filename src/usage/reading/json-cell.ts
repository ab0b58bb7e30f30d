import { badField } from '../../errors/usage-records.js';
import { type Fields, isFields, shown } from './fields.js';

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

/** The same of a cell that holds an object; `{}` when it is blank. Throws BAD_FIELD at `field`. */
export function objectCell(value: unknown, field: string): Fields {
  const object = jsonCell(value, field) ?? {};
  if (!isFields(object)) throw badField(field, shown(object), 'is no object', 'export it as it is');
  return object;
}
