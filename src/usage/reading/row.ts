import { badRecord, missingField } from '../../errors/usage-records.js';
import type { DecodeContext, Decoded, RawRecord, Source } from '../source.js';
import { type ColumnNames, type Columns, findColumns, type Plain } from './columns.js';
import { csvCountOf } from './count.js';
import { decodeParts, partsIn } from './document.js';
import { type Fields, isFields, textOf, valueAt } from './fields.js';
import { rememberColumns } from './remember-columns.js';

/** A record by our names for its columns. */
export interface Row<Name extends string> {
  /** `undefined` when there is no such column. */
  readonly cell: (name: Name) => unknown;
  /** Trimmed text; `null` when it is absent or blank. Throws BAD_FIELD. */
  readonly text: (name: Name) => string | null;
  /** The first of several that is not blank. Throws BAD_FIELD. */
  readonly firstText: (...names: readonly Name[]) => string | null;
  /** As `text`. Throws MISSING_FIELD at an absent or blank one. */
  readonly required: (name: Name) => string;
  /** A count as cells write it; `null` when it is not reported. Throws BAD_FIELD. */
  readonly count: (name: Name) => number | null;
  /** The column as the file names it, for errors. */
  readonly field: (name: Name) => string;
}

/** A record of JSON has a value alone. */
export type ReadRow<Name extends string> = (record: Pick<RawRecord, 'value' | 'row'>) => Row<Name>;

/**
 * Reads the rows of one table, or JSON records of one kind. What it returns is one and the same object, which is the
 * record read last: making a row for each record took longer than reading it. Of a row of a CSV file the cells are read
 * where they are; its object is never made.
 *
 * @returns a function that throws BAD_RECORD for what is no row
 */
export function rowReader<Name extends string>(names: ColumnNames<Name>, plain?: Plain): ReadRow<Name> {
  const columnsOf = rememberColumns((headers) => findColumns(headers, names, plain));
  let columns: Columns<Name> = new Map();
  let [fields, cells]: [Fields, readonly string[] | null] = [{}, null];
  const cell = (name: Name): unknown => {
    const column = columns.get(name);
    if (column === undefined) return undefined;
    return cells === null ? valueAt(fields, column.header) : (cells[column.place] ?? '');
  };
  const row = rowOf(cell, (name) => columns.get(name)?.field ?? names[name][0] ?? name);
  return (record) => {
    if (record.row !== undefined) {
      columns = columnsOf.headers(record.row.columns);
      cells = record.row.cells;
      return row;
    }
    const { value } = record;
    if (!isFields(value)) throw badRecord('is neither a row nor an object', 'import the export as it was downloaded');
    columns = columnsOf.keys(value);
    fields = value;
    cells = null;
    return row;
  };
}

function rowOf<Name extends string>(cell: Row<Name>['cell'], field: Row<Name>['field']): Row<Name> {
  const text = (name: Name) => textOf(cell(name), field(name));
  const count = (name: Name) => csvCountOf(cell(name), field(name));
  const firstText = (...names: readonly Name[]) => {
    for (const name of names) {
      const found = text(name);
      if (found !== null) return found;
    }
    return null;
  };
  const required = (name: Name) => {
    const found = text(name);
    if (found === null) throw missingField(field(name), 'export it again with this column');
    return found;
  };
  return { cell, field, text, firstText, required, count };
}

/** A decoder of files of which every record is a row of its own. */
export const decodeRows =
  <Name extends string>(
    names: ColumnNames<Name>,
    decode: (row: Row<Name>, context: DecodeContext) => Decoded,
  ): Source['decoder'] =>
  (context) => {
    const read = rowReader(names);
    return (record) => decode(read(record), context);
  };

/** The same of JSON records, each by itself or in pages `{ data: [...] }`. */
export const decodeRecords =
  <Name extends string>(names: ColumnNames<Name>, decode: (row: Row<Name>) => Decoded): Source['decoder'] =>
  () => {
    const read = rowReader(names);
    const decodeOne = (value: unknown) => decode(read({ value }));
    return ({ value }) => {
      const data = isFields(value) ? valueAt(value, 'data') : null;
      return Array.isArray(data) ? decodeParts(partsIn(data, 'data'), decodeOne, 'no usage') : decodeOne(value);
    };
  };
