import type { SumRow } from './sums.js';

/** The same text for the same cell in two results: numbers and texts told apart, order of the columns fixed. */
export const cellKey = (row: SumRow): string =>
  JSON.stringify(
    Object.entries(row)
      .filter(([name]) => isOfKey(name))
      .map(([, value]) => (typeof value === 'bigint' ? Number(value) : value)),
  );

/** Whether a column is one that cells are told apart by. */
export const isOfKey = (column: string): boolean => column.startsWith('key_');
