/**
 * Which imports hold a record of an event, besides the one it came with first, so that undoing an import leaves what the
 * others say, exactly.
 *
 * An event no two imports disagree on has sightings without content. As soon as one says something else, every import
 * has a sighting with the content of its own record, and the event is what they make together, in order of import.
 */

import type { Database } from '../../load-driver.js';
import type { UsageEvent } from '../../usage/event.js';
import { mergeResent } from '../../usage/merge.js';
import type { Entry } from '../ledger.js';
import { contentText, eventOfContent } from './event-content.js';
import type { StoredEntry } from './stored-entry.js';

export interface Sighting {
  readonly import: number;
  readonly record: number;
  /** `null`: as the event is. */
  readonly content: string | null;
}

export function sightings(db: Database) {
  const of = db
    .prepare<unknown[], Sighting>(
      'SELECT import, record, content FROM sighting WHERE recording = ? AND id = ? ORDER BY import',
    )
    .safeIntegers(false);
  const put = db.prepare(`INSERT INTO sighting (recording, id, import, record, content) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET content = excluded.content`);
  const fill = db.prepare('UPDATE sighting SET content = ? WHERE recording = ? AND id = ? AND content IS NULL');

  /** Gives every import that holds the event the content it saw, which is the event as it stands. */
  function giveContents({ place, entry, importId }: StoredEntry): void {
    const content = contentText(entry.event);
    fill.run(content, place.recording, place.id);
    put.run(place.recording, place.id, importId, entry.record, content);
  }

  return {
    of: (recording: number, id: string): readonly Sighting[] => of.all(recording, id),

    /**
     * Notes that an import holds a record of the event.
     *
     * @returns what all imports say of it, in order of import; `null` when none but the event's own says anything new
     */
    contentsAfter(stored: StoredEntry, entry: Entry, importId: number): readonly UsageEvent[] | null {
      const { recording, id } = stored.place;
      const before = of.all(recording, id);
      const isPlain = before.every(({ content }) => content === null);
      if (isPlain && before.length === 0 && importId === stored.importId) return null;
      const content = contentText(entry.event);
      const mine = before.find((sighting) => sighting.import === importId);
      if (isPlain && content === contentText(stored.entry.event)) {
        if (mine === undefined && importId !== stored.importId) put.run(recording, id, importId, entry.record, null);
        return null;
      }
      const { account } = entry.recording;
      if (isPlain) giveContents(stored);
      const own = of.all(recording, id).find((sighting) => sighting.import === importId)?.content ?? null;
      const saw =
        own === null
          ? entry.event
          : (mergeResent(eventOfContent(own, account), entry.event) ?? eventOfContent(own, account));
      put.run(recording, id, importId, entry.record, contentText(saw));
      return of.all(recording, id).map((sighting) => eventOfContent(sighting.content!, account));
    },
  };
}
