import { importNotUndoable } from '../../errors/usage-files.js';
import type { Database } from '../../load-driver.js';
import type { AssessEvent, UndoCounts } from '../ledger.js';
import { contentText } from './event-content.js';
import type { EventWriter } from './event-writer.js';
import type { ReadingKeeper } from './readings.js';
import { type Sighting, sightings, togetherOf } from './sightings.js';
import { entryReader, type StoredEntry } from './stored-entry.js';

export interface UndoWriters {
  readonly writer: EventWriter;
  readonly readings: ReadingKeeper;
}

/**
 * Takes one import back, so that the ledger is as if it had never been: events it alone holds go, events that others
 * hold, too, become what those say of them. Needs a transaction around it.
 *
 * @throws IMPORT_NOT_UNDOABLE
 */
export function undoImport(
  db: Database,
  { writer, readings }: UndoWriters,
  importId: number,
  assess: AssessEvent,
): UndoCounts {
  const isUndoable = db.prepare('SELECT is_undoable FROM import WHERE id = ?').pluck().safeIntegers(false);
  if (isUndoable.get(importId) === 0) throw importNotUndoable(importId);
  const reader = entryReader(db);
  const seen = sightings(db);
  const recordings = touchedBy(db, importId);
  const derived = readings.remove(importId, assess);
  let restored = derived.restored;

  /** The event becomes what the imports that are left say of it; the first of them has brought it. */
  function restore({ entry, ...stored }: StoredEntry, left: readonly Sighting[]): void {
    const { recording, id } = stored.place;
    const { account } = entry.recording;
    const owner = left[0]!;
    const event = owner.content === null ? entry.event : togetherOf(left, account);
    const isSame = contentText(event) === contentText(entry.event);
    const { computed, unit } = isSame ? entry : assess(event, entry.recording);
    writer.replace({ entry, ...stored }, { ...entry, event, computed, unit, record: owner.record }, owner.import);
    if (!isSame) restored += 1;
    seen.tidy(recording, id, left, account);
  }

  for (const stored of reader.pages(HELD_BY_OTHERS, importId)) {
    const { recording, id } = stored.place;
    seen.remove(recording, id, importId);
    restore(stored, seen.of(recording, id));
  }
  for (const stored of reader.pages(BROUGHT_BY_OTHERS, importId)) {
    const { recording, id } = stored.place;
    const isPlain = seen.of(recording, id).every(({ content }) => content === null);
    seen.remove(recording, id, importId);
    if (!isPlain) restore(stored, seen.of(recording, id));
  }
  const removed = derived.removed + writer.dropAllOf(importId);
  for (const table of ['sighting', 'reject']) db.prepare(`DELETE FROM ${table} WHERE import = ?`).run(importId);
  db.prepare('DELETE FROM import WHERE id = ?').run(importId);
  dropEmpty(db, recordings);
  return { removed, restored };
}

const HELD_BY_OTHERS = `e.import = $value AND EXISTS (
  SELECT 1 FROM sighting s WHERE s.recording = e.recording AND s.id = e.id AND s.import <> $value)`;

const BROUGHT_BY_OTHERS = `e.import <> $value AND EXISTS (
  SELECT 1 FROM sighting s WHERE s.recording = e.recording AND s.id = e.id AND s.import = $value)`;

const touchedBy = (db: Database, importId: number): readonly number[] =>
  db
    .prepare<unknown[], number>(
      'SELECT recording FROM event WHERE import = $importId UNION SELECT recording FROM reading WHERE import = $importId',
    )
    .pluck()
    .safeIntegers(false)
    .all({ importId });

/** A recording without events would still be a view of its account, which decides what reports read of other views. */
function dropEmpty(db: Database, recordings: readonly number[]): void {
  const holds = ['event', 'reading'].map((table) => db.prepare(`SELECT 1 FROM ${table} WHERE recording = ? LIMIT 1`));
  for (const recording of recordings) {
    if (holds.some((held) => held.get(recording) !== undefined)) continue;
    db.prepare('DELETE FROM id_run WHERE recording = ?').run(recording);
    db.prepare('DELETE FROM recording WHERE id = ?').run(recording);
  }
}
