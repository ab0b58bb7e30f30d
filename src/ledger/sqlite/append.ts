import type { Database } from '../../load-driver.js';
import { isBucketWithoutId } from '../../usage/bucket.js';
import type { UsageEvent } from '../../usage/event.js';
import { isLess, looksLikeAnother, mergeResent } from '../../usage/merge.js';
import { entryAt, followNames, type KnownNames } from '../entry-at.js';
import type { EntryBatch } from '../entry-batch.js';
import { batchOf } from '../entry-batch-builder.js';
import type { AppendCounts, AssessEvent, Entry, Standing } from '../ledger.js';
import type { Dictionaries } from './dictionaries.js';
import {
  type BatchIds,
  batchIds,
  columnFillers,
  EVENT_COLUMNS,
  quantityValue,
  type SqlValue,
} from './event-columns.js';
import { contentText } from './event-content.js';
import { hashOfId, type IdRuns } from './id-runs.js';
import { spanKeeper } from './import-span.js';
import type { Rollups } from './rollups.js';
import { saidAgain } from './said-again.js';
import { sightings } from './sightings.js';
import { entryReader, type Place, type StoredEntry } from './stored-entry.js';

/** Rows of one INSERT. */
const ROWS = 40;
/** Events taken out of the rollups at a time. */
const DROPPED = 5_000;
/** Statements kept ready. */
const STATEMENTS = 30;

type Counts = { -readonly [name in keyof AppendCounts]: number };

export type EventWriter = ReturnType<typeof eventWriter>;

/** Writes, replaces and removes single events, with their quantities and their part of the rollups. */
export function eventWriter(db: Database, ids: Dictionaries, rollups: () => Rollups | null) {
  const insertOne = db.prepare(
    `INSERT INTO event (${EVENT_COLUMNS}) VALUES (${EVENT_COLUMNS.map(() => '?')}) ON CONFLICT DO NOTHING`,
  );
  const remove = db.prepare('DELETE FROM event WHERE ts = ? AND recording = ? AND id = ?');
  const removeQuantities = db.prepare('DELETE FROM quantity WHERE ts = ? AND recording = ? AND id = ?');
  const addQuantity = db.prepare('INSERT INTO quantity (ts, recording, id, name, value) VALUES (?, ?, ?, ?, ?)');

  function writeQuantities({ ts, recording, id }: Place, quantities: UsageEvent['quantities']): void {
    for (const [name, value] of Object.entries(quantities))
      addQuantity.run(ts, recording, id, name, quantityValue(name, value));
  }

  function applyToRollups(entry: Entry, sign: 1 | -1): void {
    const kept = rollups();
    if (kept === null) return;
    const batch = batchOf([entry]);
    kept.apply(batch, batchIds(ids)(batch), 0, sign);
  }

  /** False when there is an event of that time and id already. */
  function insert(entry: Entry, importId: number): boolean {
    const batch = batchOf([entry]);
    const of = batchIds(ids)(batch);
    const values: SqlValue[] = EVENT_COLUMNS.map(() => null);
    for (const [column, fill] of columnFillers(batch, of))
      fill(values, 0, 1, EVENT_COLUMNS.indexOf(column), EVENT_COLUMNS.length);
    values[EVENT_COLUMNS.indexOf('import')] = importId;
    const { changes } = insertOne.run(values);
    if (changes === 0) return false;
    const place = { ts: entry.event.at, recording: of.recording[0]!, id: entry.id };
    writeQuantities(place, entry.event.quantities);
    rollups()?.apply(batch, of, 0, 1);
    return true;
  }

  function drop({ place, entry }: StoredEntry): void {
    remove.run(place.ts, place.recording, place.id);
    removeQuantities.run(place.ts, place.recording, place.id);
    applyToRollups(entry, -1);
  }

  /** The event at a place becomes another; its time may change. */
  function replace(stored: StoredEntry, entry: Entry, importId: number): void {
    drop(stored);
    if (!insert(entry, importId)) throw new Error(`an event is in the way of ${entry.id}`);
  }

  /** Removes every event that an import brought; returns how many. */
  function dropAllOf(importId: number): number {
    const reader = entryReader(db);
    let dropped: Entry[] = [];
    const applyDropped = (): void => {
      const batch = batchOf(dropped);
      const of = batchIds(ids)(batch);
      for (let row = 0; row < batch.size; row++) rollups()?.apply(batch, of, row, -1);
      dropped = [];
    };
    if (rollups() !== null) {
      for (const { entry } of reader.pages('e.import = $value', importId)) {
        dropped.push(entry);
        if (dropped.length === DROPPED) applyDropped();
      }
      applyDropped();
    }
    db.prepare(`DELETE FROM quantity
      WHERE (ts, recording, id) IN (SELECT ts, recording, id FROM event WHERE import = ?)`).run(importId);
    return db.prepare('DELETE FROM event WHERE import = ?').run(importId).changes;
  }

  return { insert, drop, replace, dropAllOf, writeQuantities };
}

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
  const bulk = bulkInsert(db);
  const again = saidAgain(db);
  const widenSpan = spanKeeper(db);
  const idsOf = batchIds(ids);
  const namesOf = followNames();
  const owner = db
    .prepare<unknown[], { import: number; record: number }>(
      'SELECT import, record FROM event WHERE ts = ? AND recording = ? AND id = ?',
    )
    .safeIntegers(false);
  const rowsOfTime = db
    .prepare<unknown[], { ts: number; id: string }>('SELECT ts, id FROM event WHERE recording = ?')
    .safeIntegers(false);

  /** Takes in a record of an event that is in the ledger. */
  function meet(stored: StoredEntry, entry: Entry, importId: number, assess: AssessEvent, counts: Counts): void {
    if (looksLikeAnother(stored.entry.event, entry.event)) counts.reusedIds += 1;
    const isBucket = isBucketWithoutId(entry.event);
    const standing = isBucket ? standingOf(importId) : 'joins';
    if (isBucket && standing === 'joins' && isLess(entry.event, stored.entry.event)) counts.shrunk += 1;
    // Nobody else can hold what this import brought first: imports follow one another.
    const merged =
      stored.importId === importId
        ? mergeResent(stored.entry.event, entry.event)
        : seen.add(stored, entry, importId, standing);
    if (merged === null || contentText(merged) === contentText(stored.entry.event)) {
      counts.duplicate += 1;
      return;
    }
    const { computed, unit } = assess(merged, entry.recording);
    writer.replace(stored, { ...stored.entry, event: merged, computed, unit }, stored.importId);
    counts.updated += 1;
  }

  function appendRows(batch: EntryBatch, importId: number, assess: AssessEvent, counts: Counts): void {
    const of: BatchIds = idsOf(batch);
    const names: KnownNames = namesOf(batch);
    const conflicts = bulk(batch, of, importId, (first, end) => {
      const { ts } = batch.numbers;
      const rows: number[] = [];
      for (let row = first; row < end; row++) {
        const found = owner.get(ts[row], of.recording[batch.indexes.recording[row]!], batch.ids[row]);
        const isOurs = found?.import === importId && found.record === batch.numbers.record[row];
        if (!isOurs || isRepeated(batch, row, first)) rows.push(row);
      }
      return rows;
    });
    const conflicting = new Set(conflicts);
    for (let row = 0; row < batch.size; row++) {
      if (conflicting.has(row)) continue;
      counts.added += 1;
      const recording = of.recording[batch.indexes.recording[row]!]!;
      const id = batch.ids[row]!;
      rollups()?.apply(batch, of, row, 1);
      const quantities = batch.quantities.get(row);
      if (quantities !== undefined) writer.writeQuantities({ ts: batch.numbers.ts[row]!, recording, id }, quantities);
      if (mayMove(batch, row)) runs.add(recording, id);
    }
    const importOfSame = conflicts.length === 0 ? null : again(batch, of);
    for (const row of conflicts) {
      const holder = importOfSame?.(row) ?? null;
      if (holder !== null) {
        counts.duplicate += 1;
        const recording = of.recording[batch.indexes.recording[row]!]!;
        if (holder !== importId) seen.note(recording, batch.ids[row]!, importId, batch.numbers.record[row]!);
        continue;
      }
      const place = {
        ts: batch.numbers.ts[row]!,
        recording: of.recording[batch.indexes.recording[row]!]!,
        id: batch.ids[row]!,
      };
      meet(reader.at(place)!, entryAt(batch, names, row), importId, assess, counts);
    }
  }

  /** Joins rows of one id that were added at different times. Must follow the last batch of an import. */
  function settle(assess: AssessEvent, counts: Counts): void {
    for (const [recording, hashes] of runs.settle()) {
      const byId = new Map<string, number[]>();
      for (const { ts, id } of rowsOfTime.iterate(recording)) {
        if (!hashes.has(hashOfId(id))) continue;
        byId.set(id, [...(byId.get(id) ?? []), ts]);
      }
      for (const [id, times] of byId) if (times.length > 1) join(recording, id, times, assess, counts);
    }
  }

  function join(recording: number, id: string, times: readonly number[], assess: AssessEvent, counts: Counts): void {
    const [first, ...others] = times
      .map((ts) => reader.at({ ts, recording, id })!)
      .sort((a, b) => a.importId - b.importId || a.entry.record - b.entry.record);
    let at = first!.place.ts; // merging moves an event to its earliest time
    for (const other of others) writer.drop(other);
    for (const other of others) {
      counts.added -= 1;
      meet(reader.at({ ts: at, recording, id })!, other.entry, other.importId, assess, counts);
      at = Math.min(at, other.place.ts);
    }
  }

  return {
    append: (batch: EntryBatch, importId: number, assess: AssessEvent): AppendCounts => {
      const counts: Counts = { added: 0, duplicate: 0, updated: 0, reusedIds: 0, shrunk: 0 };
      appendRows(batch, importId, assess, counts);
      widenSpan(importId, batch);
      if (runs.isFull()) settle(assess, counts);
      return counts;
    },
    settle: (assess: AssessEvent): AppendCounts => {
      const counts: Counts = { added: 0, duplicate: 0, updated: 0, reusedIds: 0, shrunk: 0 };
      settle(assess, counts);
      return counts;
    },
  };
}

/** Whether another record of the event may have another time: not where its key is made of its time. */
const mayMove = ({ ids, days }: EntryBatch, row: number): boolean => !ids[row]!.startsWith('~') || days.has(row);

/** Whether a row before it in its statement has the same key, so that it is this one that was left out. */
function isRepeated({ ids, numbers, indexes }: EntryBatch, row: number, first: number): boolean {
  for (let before = first; before < row; before++) {
    if (
      ids[before] === ids[row] &&
      numbers.ts[before] === numbers.ts[row] &&
      indexes.recording[before] === indexes.recording[row]
    )
      return true;
  }
  return false;
}

/** Inserts whole batches; statements are made for the columns that have values. Returns the rows that were in the way of nothing. */
function bulkInsert(db: Database) {
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
