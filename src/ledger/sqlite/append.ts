import type { Database } from '../../load-driver.js';
import { entryAt, followNames, type KnownNames } from '../entry-at.js';
import type { EntryBatch } from '../entry-batch.js';
import { idAt, isMade } from '../id-column.js';
import type { AppendCounts, AssessEvent, Standing } from '../ledger.js';
import { type Counts, noCounts } from './append-counts.js';
import { bulkInsert } from './bulk-insert.js';
import type { Dictionaries } from './dictionaries.js';
import { type BatchIds, batchIds } from './event-columns.js';
import { eventMerger } from './event-merger.js';
import { eventWriter } from './event-writer.js';
import { hashAt, type IdRuns } from './id-runs.js';
import { spanKeeper } from './import-span.js';
import type { Rollups } from './rollups.js';
import { saidAgain } from './said-again.js';
import { settler } from './settle.js';
import { sightings } from './sightings.js';
import { entryReader } from './stored-entry.js';
import { storedIdAt } from './stored-id.js';

/**
 * Appending batches. An event whose (recording, id) is new is added; one that is there is merged with what is there, and
 * written again, with a new price and unit, only if that changes it. Its import and record stay; that this import holds
 * it, too, is kept as a sighting, so that either import can be undone.
 */
export function appender(
  db: Database,
  ids: Dictionaries,
  runs: IdRuns,
  {
    rollups,
    standingOf,
  }: { readonly rollups: () => Rollups | null; readonly standingOf: (importId: number) => Standing },
) {
  const writer = eventWriter(db, ids, rollups);
  const reader = entryReader(db);
  const seen = sightings(db);
  const again = saidAgain(db);
  const meet = eventMerger(writer, seen, standingOf);
  const settle = settler(db, runs, writer, meet);
  const bulk = bulkInsert(db);
  const widenSpan = spanKeeper(db);
  const idsOf = batchIds(ids);
  const namesOf = followNames();
  const owner = db
    .prepare<unknown[], { import: number; record: number }>(
      'SELECT import, record FROM event WHERE ts = ? AND recording = ? AND id = ?',
    )
    .safeIntegers(false);

  function appendRows(batch: EntryBatch, importId: number, assess: AssessEvent, counts: Counts): void {
    const of: BatchIds = idsOf(batch);
    const names: KnownNames = namesOf(batch);
    const conflicts = bulk(batch, of, importId, (first, end) => othersIn(batch, of, importId, first, end));
    const leftOut = new Set(conflicts);
    rollups()?.apply(batch, of, 1, leftOut);
    for (let row = 0; row < batch.size; row++) if (!leftOut.has(row)) noteAdded(batch, of, row);
    counts.added += batch.size - leftOut.size;
    if (conflicts.length > 0) meetAll({ batch, of, names, importId, assess, counts }, conflicts);
  }

  /** Rows of a statement that are not what stands in the ledger: it holds their events already. */
  function othersIn(batch: EntryBatch, of: BatchIds, importId: number, first: number, end: number): readonly number[] {
    const { ts, record } = batch.numbers;
    const rows: number[] = [];
    for (let row = first; row < end; row++) {
      const found = owner.get(ts[row], of.recording[batch.indexes.recording[row]!]!, storedIdAt(batch.ids, row));
      const isOurs = found?.import === importId && found.record === record[row];
      if (!isOurs || isRepeated(batch, row, first)) rows.push(row);
    }
    return rows;
  }

  function noteAdded(batch: EntryBatch, of: BatchIds, row: number): void {
    const recording = of.recording[batch.indexes.recording[row]!]!;
    const quantities = batch.quantities.get(row);
    if (quantities !== undefined) {
      const place = { ts: batch.numbers.ts[row]!, recording, id: storedIdAt(batch.ids, row) };
      writer.writeQuantities(place, quantities);
    }
    if (mayMove(batch, row)) runs.add(recording, hashAt(batch.ids, row));
  }

  function meetAll({ batch, of, names, importId, assess, counts }: Appending, conflicts: readonly number[]): void {
    const importOfSame = again(batch, of);
    for (const row of conflicts) {
      const ts = batch.numbers.ts[row]!;
      const recording = of.recording[batch.indexes.recording[row]!]!;
      const id = storedIdAt(batch.ids, row);
      const holder = importOfSame(row);
      if (holder === null) {
        meet(reader.at({ ts, recording, id })!, entryAt(batch, names, row), importId, assess, counts);
        continue;
      }
      counts.duplicate += 1;
      if (holder !== importId) seen.note(recording, id, importId, batch.numbers.record[row]!);
    }
  }

  return {
    append: (batch: EntryBatch, importId: number, assess: AssessEvent): AppendCounts => {
      const counts = noCounts();
      appendRows(batch, importId, assess, counts);
      widenSpan(importId, batch);
      if (runs.isFull()) settle(assess, counts);
      return counts;
    },
    settle: (assess: AssessEvent): AppendCounts => {
      const counts = noCounts();
      settle(assess, counts);
      return counts;
    },
  };
}

/** One batch on its way into the ledger. */
interface Appending {
  readonly batch: EntryBatch;
  readonly of: BatchIds;
  readonly names: KnownNames;
  readonly importId: number;
  readonly assess: AssessEvent;
  readonly counts: Counts;
}

/** Whether another record of the event may have another time: not where its key is made of its time. */
const mayMove = ({ ids, days }: EntryBatch, row: number): boolean => !isMade(ids, row) || days.has(row);

/** Whether a row before it in its statement has the same key, so that it is this one that was left out. */
function isRepeated({ ids, numbers, indexes }: EntryBatch, row: number, first: number): boolean {
  for (let before = first; before < row; before++) {
    if (
      idAt(ids, before) === idAt(ids, row) &&
      numbers.ts[before] === numbers.ts[row] &&
      indexes.recording[before] === indexes.recording[row]
    )
      return true;
  }
  return false;
}
