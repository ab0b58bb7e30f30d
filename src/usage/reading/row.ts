import { badRecord, missingField } from '../../errors.js';
import type { DecodeContext, Decoded, Source } from '../source.js';
import { type ColumnNames, type Columns, findColumns, type Plain } from './columns.js';
import { csvCountOf } from './count.js';
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

export type ReadRow<Name extends string> = (value: unknown) => Row<Name>;

/**
 * Reads the rows of one table, or JSON records of one kind. What it returns is one and the same object, which is the
 * record read last: making a row for each record took longer than reading it.
 *
 * @returns a function that throws BAD_RECORD for what is no row
 */
export function rowReader<Name extends string>(names: ColumnNames<Name>, plain?: Plain): ReadRow<Name> {
  const columnsOf = rememberColumns((headers) => findColumns(headers, names, plain));
  const rowOf = oneRow<Name>((name) => names[name][0] ?? name);
  return (value) => {
    if (!isFields(value)) throw badRecord('is neither a row nor an object', 'import the export as it was downloaded');
    return rowOf(value, columnsOf(value));
  };
}

/**
 * A row that is each record in turn.
 *
 * @param nameOf  how errors name a column that the record has not
 * @returns       a function of a record and its columns
 */
export function oneRow<Name extends string>(nameOf: (name: Name) => string) {
  let fields: Fields = {};
  let columns: Columns<Name> = new Map();
  const cell = (name: Name) => {
    const column = columns.get(name);
    return column === undefined ? undefined : valueAt(fields, column.header);
  };
  const field = (name: Name) => columns.get(name)?.field ?? nameOf(name);
  const text = (name: Name) => textOf(cell(name), field(name));
  const count = (name: Name) => csvCountOf(cell(name), field(name));
  const row: Row<Name> = { cell, field, text, count, firstText: firstOf(text), required: requiredOf(text, field) };
  return (record: Fields, found: Columns<Name>): Row<Name> => {
    fields = record;
    columns = found;
    return row;
  };
}

const firstOf =
  <Name>(text: (name: Name) => string | null) =>
  (...names: readonly Name[]): string | null => {
    for (const name of names) {
      const found = text(name);
      if (found !== null) return found;
    }
    return null;
  };

const requiredOf =
  <Name>(text: (name: Name) => string | null, field: (name: Name) => string) =>
  (name: Name): string => {
    const found = text(name);
    if (found === null) throw missingField(field(name), 'export it again with this column');
    return found;
  };

/** A decoder of files of which every record is a row of its own. */
export const decodeRows =
  <Name extends string>(
    names: ColumnNames<Name>,
    decode: (row: Row<Name>, context: DecodeContext) => Decoded,
  ): Source['decoder'] =>
  (context) => {
    const read = rowReader(names);
    return ({ value }) => decode(read(value), context);
  };
