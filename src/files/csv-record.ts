/** Rows of CSV as records by column name. */

import { badRecord } from '../errors/usage-records.js';
import type { RawRecord, TableRow } from '../usage/source.js';
import type { Row } from './csv-rows.js';
import type { BadRecord } from './record-batch.js';

/** Empty fields beyond the header, and in columns without a name, are left out; a row may not be short otherwise. */
export function recordOf({ line, fields, problem }: Row, columns: readonly string[]): RawRecord | BadRecord {
  if (fields === null) return { line, error: badRecord(problem!, 'mend the row; a quote inside quotes is doubled') };
  if (fields.length !== columns.length && isRagged(fields, columns)) {
    const why = `row has ${fields.length} fields, the header ${columns.length}`;
    return { line, error: badRecord(why, 'quote the fields that hold the delimiter') };
  }
  for (let index = columns.indexOf(''); index !== -1; index = columns.indexOf('', index + 1)) {
    const field = fields[index] ?? '';
    if (field.trim() === '') continue;
    const why = `field ${index + 1} holds ${field.length} characters but its column has no name`;
    return { line, error: badRecord(why, 'name the column in the first row') };
  }
  return new CsvRecord(line, columns, fields);
}

const isRagged = (fields: readonly string[], columns: readonly string[]): boolean =>
  fields.length < columns.length - (columns.at(-1) === '' ? 1 : 0) ||
  fields.slice(columns.length).some((field) => field.trim() !== '');

/** A row; the object by column name is made when a decoder asks for it. */
class CsvRecord implements RawRecord {
  readonly line: number;
  readonly row: TableRow;

  constructor(line: number, columns: readonly string[], cells: readonly string[]) {
    this.line = line;
    this.row = { columns, cells };
  }

  get value(): unknown {
    return valuesOf(this.row);
  }
}

/** Values by column name. */
export function valuesOf({ columns, cells }: TableRow): Readonly<Record<string, string>> {
  const value = new Fields() as Record<string, string>;
  for (const [index, column] of columns.entries()) if (column !== '') value[column] = cells[index] ?? '';
  return value;
}

/** Objects that inherit nothing, so that any header is safe; unlike `Object.create(null)` they are quick to make. */
const Fields = function Fields() {} as unknown as new () => object;
Fields.prototype = Object.create(null);
