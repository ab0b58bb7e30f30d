import type { Database } from '../../load-driver.js';
import type { UsageEvent } from '../../usage/event.js';
import { batchOf } from '../entry-batch-builder.js';
import type { Entry } from '../ledger.js';
import type { Dictionaries } from './dictionaries.js';
import { batchIds, columnFillers, EVENT_COLUMNS, quantityValue, type SqlValue } from './event-columns.js';
import type { Rollups } from './rollups.js';
import { entryReader, type Place, type StoredEntry } from './stored-entry.js';
import { storedId } from './stored-id.js';

/** Events taken out of the rollups at a time. */
const DROPPED = 5_000;

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
    kept.apply(batch, batchIds(ids)(batch), sign);
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
    const place = { ts: entry.event.at, recording: of.recording[0]!, id: storedId(entry.id) };
    writeQuantities(place, entry.event.quantities);
    rollups()?.apply(batch, of, 1);
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
      rollups()?.apply(batch, batchIds(ids)(batch), -1);
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
