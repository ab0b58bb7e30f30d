import type { Database } from '../../load-driver.js';
import type { UsageEvent } from '../../usage/event.js';
import { mergeResent } from '../../usage/merge.js';
import type { AssessEvent, UndoCounts } from '../ledger.js';
import type { EventWriter } from './append.js';
import { contentText, eventOfContent } from './event-content.js';
import { type Sighting, sightings } from './sightings.js';
import { entryReader, type StoredEntry } from './stored-entry.js';

/** Rows taken at a time. */
const BATCH = 10_000;

/**
 * Takes one import back, so that the ledger is as if it had never been: events it alone holds go, events that others
 * hold, too, become what those say of them. Needs a transaction around it.
 */
export function undoImport(db: Database, writer: EventWriter, importId: number, assess: AssessEvent): UndoCounts {
  const counts = { removed: 0, restored: 0 };
  const reader = entryReader(db);
  const seen = sightings(db);
  const dropSighting = db.prepare('DELETE FROM sighting WHERE recording = ? AND id = ? AND import = ?');
  const dropAll = db.prepare('DELETE FROM sighting WHERE recording = ? AND id = ?');

  function restore(stored: StoredEntry, left: readonly Sighting[]): void {
    const { recording, id } = stored.place;
    const [owner, ...others] = left;
    if (owner === undefined) {
      writer.drop(stored);
      counts.removed += 1;
      return;
    }
    const { account } = stored.entry.recording;
    const contents = left.map(({ content }) => (content === null ? null : eventOfContent(content, account)));
    const event = merged(contents) ?? stored.entry.event;
    const isSame = contentText(event) === contentText(stored.entry.event);
    const { computed, unit } = isSame ? stored.entry : assess(event, stored.entry.recording);
    writer.replace(stored, { ...stored.entry, event, computed, unit, record: owner.record }, owner.import);
    if (others.length === 0) dropAll.run(recording, id);
    else if (owner.content === null) dropSighting.run(recording, id, owner.import);
    counts.restored += isSame ? 0 : 1;
  }

  for (;;) {
    const owned = reader.where('e.import = ?', importId, BATCH);
    for (const stored of owned) {
      const { recording, id } = stored.place;
      dropSighting.run(recording, id, importId);
      restore(stored, seen.of(recording, id));
    }
    if (owned.length < BATCH) break;
  }
  for (const stored of reader.where(
    '(e.recording, e.id) IN (SELECT recording, id FROM sighting WHERE import = ?)',
    importId,
  )) {
    const { recording, id } = stored.place;
    const mine = seen.of(recording, id).find((sighting) => sighting.import === importId)!;
    dropSighting.run(recording, id, importId);
    if (mine.content !== null) restore(stored, seen.of(recording, id));
  }
  db.prepare('DELETE FROM sighting WHERE import = ?').run(importId);
  db.prepare('DELETE FROM reject WHERE import = ?').run(importId);
  db.prepare('DELETE FROM import WHERE id = ?').run(importId);
  return counts;
}

/** What records say together, in order of import; `null` when they say what the event is. */
const merged = (contents: readonly (UsageEvent | null)[]): UsageEvent | null => {
  const told = contents.filter((content) => content !== null);
  return told.length === 0 ? null : told.reduce((sum, content) => mergeResent(sum, content) ?? sum);
};
