import type { Database } from '../../load-driver.js';
import { UUID_BYTES } from '../../usage/uuid.js';
import type { EntryBatch } from '../entry-batch.js';
import { type BatchIds, columnFillers, type EventColumn, type FillColumn, type SqlValue } from './event-columns.js';
import { uuidsOf } from './stored-id.js';

/** Rows of one INSERT. */
const ROWS = 100;
/** Statements kept ready. */
const STATEMENTS = 30;

/** Rows of a batch whose id is in columns of its own, or in one piece of bytes for all. */
type Insert = (values: SqlValue[], uuids: Buffer | null) => number;

/**
 * Inserts whole batches, by statements made for the columns that have values; returns the rows that were not added.
 * Values are arguments, `...values`: out of an array the driver takes longer to get each than to bind it.
 */
export function bulkInsert(db: Database) {
  let statements = new Map<string, Insert>();
  let before = { importId: 0, record: 0 };

  /** The import is written into the statement, as it is the same in all rows; UUIDs are cut out of one value. */
  function statementOf(columns: readonly EventColumn[], rows: number, importId: number, isUuids: boolean): Insert {
    const key = `${rows} ${importId} ${isUuids} ${columns}`;
    const known = statements.get(key);
    if (known !== undefined) return known;
    if (statements.size >= STATEMENTS) statements = new Map();
    const id = (row: number) => (isUuids ? `, substr(@uuids, ${row * UUID_BYTES + 1}, ${UUID_BYTES})` : '');
    const places = columns.map(() => '?');
    const values = Array.from({ length: rows }, (_, row) => `(${places}, ${importId}${id(row)})`);
    const prepared = db.prepare(
      `INSERT INTO event (${columns}, import${isUuids ? ', id' : ''}) VALUES ${values} ON CONFLICT DO NOTHING`,
    );
    const run: Insert = (values, uuids) =>
      uuids === null ? prepared.run(...values).changes : prepared.run({ uuids }, ...values).changes;
    statements.set(key, run);
    return run;
  }

  /** @param conflictsIn  told the bounds of a statement some of whose rows were added; names those that were not */
  return (
    batch: EntryBatch,
    of: BatchIds,
    importId: number,
    conflictsIn: (first: number, end: number) => readonly number[],
  ): number[] => {
    const all = columnFillers(batch, of);
    const [filled, withoutId] = [split(all), split(all.filter(([column]) => column !== 'id'))];
    const conflicts: number[] = [];
    const values: SqlValue[] = [];
    const { record } = batch.numbers;
    for (let first = 0, end = 0; first < batch.size; first = end) {
      // Events of one record are told apart by their place in the statement; where it begins within a record, row by row.
      const isWithin = before.importId === importId && before.record === record[first];
      end = Math.min(first + (isWithin ? 1 : ROWS), batch.size);
      before = { importId, record: record[end - 1]! };
      const uuids = uuidsOf(batch.ids, first, end);
      const { columns, fillers } = uuids === null ? filled : withoutId;
      const run = statementOf(columns, end - first, importId, uuids !== null);
      values.length = fillers.length * (end - first);
      for (let place = 0; place < fillers.length; place++) fillers[place]!(values, first, end, place, fillers.length);
      const added = run(values, uuids);
      if (added === end - first) continue;
      if (added > 0) conflicts.push(...conflictsIn(first, end));
      else for (let row = first; row < end; row++) conflicts.push(row);
    }
    return conflicts;
  };
}

const split = (filled: readonly (readonly [EventColumn, FillColumn])[]) => ({
  columns: filled.map(([column]) => column),
  fillers: filled.map(([, fill]) => fill),
});
