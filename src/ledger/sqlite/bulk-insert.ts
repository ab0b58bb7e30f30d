import type { Database } from '../../load-driver.js';
import type { EntryBatch } from '../entry-batch.js';
import { type BatchIds, columnFillers, type SqlValue } from './event-columns.js';

/** Rows of one INSERT. */
const ROWS = 40;
/** Statements kept ready. */
const STATEMENTS = 30;

/** Inserts whole batches, by statements made for the columns that have values; returns the rows that were not added. */
export function bulkInsert(db: Database) {
  let statements = new Map<string, (values: SqlValue[]) => number>();
  let before = { importId: 0, record: 0 };

  /** The import is written into the statement, as it is the same in all rows. */
  function statementOf(columns: readonly string[], rows: number, importId: number) {
    const key = `${rows} ${importId} ${columns}`;
    const known = statements.get(key);
    if (known !== undefined) return known;
    if (statements.size >= STATEMENTS) statements = new Map();
    const row = `(${columns.map(() => '?')}, ${importId})`;
    const prepared = db.prepare(
      `INSERT INTO event (${columns}, import) VALUES ${Array(rows).fill(row)} ON CONFLICT DO NOTHING`,
    );
    const run = (values: SqlValue[]) => prepared.run(values).changes;
    statements.set(key, run);
    return run;
  }

  /** @param conflictsIn  told the bounds of a statement not all of whose rows were added; names those that were not */
  return (
    batch: EntryBatch,
    of: BatchIds,
    importId: number,
    conflictsIn: (first: number, end: number) => readonly number[],
  ): number[] => {
    const filled = columnFillers(batch, of);
    const columns = filled.map(([column]) => column);
    const fillers = filled.map(([, fill]) => fill);
    const conflicts: number[] = [];
    const values: SqlValue[] = [];
    const { record } = batch.numbers;
    for (let first = 0, end = 0; first < batch.size; first = end) {
      // Events of one record are told apart by their place in the statement; where it begins within a record, row by row.
      const isWithin = before.importId === importId && before.record === record[first];
      end = Math.min(first + (isWithin ? 1 : ROWS), batch.size);
      before = { importId, record: record[end - 1]! };
      const run = statementOf(columns, end - first, importId);
      values.length = fillers.length * (end - first);
      for (const [place, fill] of fillers.entries()) fill(values, first, end, place, fillers.length);
      if (run(values) === end - first) continue;
      conflicts.push(...(isWithin ? [first] : conflictsIn(first, end)));
    }
    return conflicts;
  };
}
