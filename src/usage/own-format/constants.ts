/** Constants of a mapping, `currency==USD`: what holds for every row, as if the file had a column of it. */

import { isFields } from '../reading/fields.js';
import type { RawRecord, TableRow } from '../source.js';
import type { Mapping } from './columns.js';

/** Whether what a field is mapped to is a constant, such as `=USD`, and no column. */
export const isConstant = (column: string): boolean => column.startsWith('=');

/**
 * Adds a column to each record for every constant, named as it is mapped; a column of that very name stays what it is.
 * `null`: the mapping has none.
 */
export function addingConstants(mapping: Mapping): ((record: RawRecord) => RawRecord) | null {
  const names = [...new Set(Object.values(mapping).filter(isConstant))];
  if (names.length === 0) return null;
  const ownValues = Object.fromEntries(names.map((name) => [name, name.slice(1)]));
  const widen = widening(names);
  return (record) => {
    const { line, row } = record;
    if (row !== undefined) return { line, value: null, row: widen(row) };
    const { value } = record;
    return { line, value: isFields(value) ? { ...ownValues, ...value } : value };
  };
}

/** The constants stand before the cells of the row, since those may be more or fewer than its columns. */
function widening(names: readonly string[]): (row: TableRow) => TableRow {
  let last: { readonly of: readonly string[]; readonly columns: readonly string[] } | null = null;
  let values: readonly string[] = [];
  return ({ columns, cells }) => {
    if (last?.of !== columns) {
      const added = names.filter((name) => !columns.includes(name));
      values = added.map((name) => name.slice(1));
      last = { of: columns, columns: [...added, ...columns] };
    }
    return { columns: last.columns, cells: [...values, ...cells] };
  };
}
