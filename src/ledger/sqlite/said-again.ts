import type { Database } from '../../load-driver.js';
import type { EntryBatch } from '../entry-batch.js';
import { type BatchIds, columnFillers, EVENT_COLUMNS, type EventColumn, type SqlValue } from './event-columns.js';

/** What of a row its record states: all but what follows from it, and where it came from. */
const STATED = EVENT_COLUMNS.filter(
  (column) => !['ts', 'recording', 'id', 'unit', 'computed', 'import', 'record'].includes(column),
);

/**
 * Tells quickly that a single request is in the ledger exactly as a row of a batch says it, which is so for nearly every
 * record of a log that is imported again: then nothing is to be merged. Its price is part of the facet.
 *
 * @returns a function from a row of the batch to the import the event came with; `null`: it must be looked at
 */
export function saidAgain(db: Database): (batch: EntryBatch, of: BatchIds) => (row: number) => number | null {
  const same = db
    .prepare<unknown[], number>(
      `SELECT import FROM event e WHERE ts = ? AND recording = ? AND id = ?
         AND ${STATED.map((column) => `${column} IS ?`).join(' AND ')}
         AND NOT EXISTS (SELECT 1 FROM quantity q WHERE q.ts = e.ts AND q.recording = e.recording AND q.id = e.id)
         AND NOT EXISTS (SELECT 1 FROM sighting s
           WHERE s.recording = e.recording AND s.id = e.id AND s.content IS NOT NULL)`,
    )
    .pluck()
    .safeIntegers(false);
  return (batch, of) => {
    const columns: readonly EventColumn[] = ['ts', 'recording', 'id', ...STATED];
    const fillers = columnFillers(batch, of).flatMap(([column, fill]) =>
      columns.includes(column) ? [[columns.indexOf(column), fill] as const] : [],
    );
    const values: SqlValue[] = columns.map(() => null);
    return (row) => {
      if (!Number.isNaN(batch.numbers.until[row]!) || batch.quantities.has(row)) return null;
      for (const [place, fill] of fillers) fill(values, row, row + 1, place, 0);
      return same.get(...values) ?? null;
    };
  };
}
