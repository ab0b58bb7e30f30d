/**
 * Which imports hold a record of an event, besides the one it came with first, so that undoing an import leaves what the
 * others say, exactly.
 *
 * An event no two imports disagree on has sightings without content. As soon as one says something else, every import
 * has a sighting with the content of its own records, and the event is what they make together, see `togetherOf`.
 */

import type { Database } from '../../load-driver.js';
import type { UsageEvent } from '../../usage/event.js';
import { mergeResent } from '../../usage/merge.js';
import type { Entry, Standing } from '../ledger.js';
import { contentText, eventOfContent } from './event-content.js';
import type { StoredEntry } from './stored-entry.js';
import type { StoredId } from './stored-id.js';

export interface Sighting {
  readonly import: number;
  /** The first line of the file that says it. */
  readonly record: number;
  /** `null`: as the event is. */
  readonly content: string | null;
}

export type Sightings = ReturnType<typeof sightings>;

export function sightings(db: Database) {
  const of = db
    .prepare<unknown[], Sighting>(
      'SELECT import, record, content FROM sighting WHERE recording = ? AND id = ? ORDER BY import',
    )
    .safeIntegers(false);
  const put = db.prepare(`INSERT INTO sighting (recording, id, import, record, content) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET content = excluded.content, record = min(record, excluded.record)`);
  const fill = db.prepare('UPDATE sighting SET content = ? WHERE recording = ? AND id = ? AND content IS NULL');

  const forget = db.prepare('UPDATE sighting SET content = NULL WHERE recording = ? AND id = ?');
  const remove = db.prepare('DELETE FROM sighting WHERE recording = ? AND id = ? AND import = ?');

  /** Gives every import that holds the event the content it saw, which is the event as it stands. */
  function giveContents({ place, entry, importId }: StoredEntry): void {
    const content = contentText(entry.event);
    fill.run(content, place.recording, place.id);
    put.run(place.recording, place.id, importId, entry.record, content);
  }

  /** Keeps what is needed alone, so that what is kept does not depend on what was taken back. */
  function tidy(recording: number, id: StoredId, seen: readonly Sighting[], account: string): void {
    const told = seen.map(({ content }) => (content === null ? null : toldIn(content, account)));
    if (isAgreed(told)) {
      forget.run(recording, id);
      if (seen.length > 0) remove.run(recording, id, seen[0]!.import);
      return;
    }
    for (const { index, event } of needlessMarks(told as Told[]))
      put.run(recording, id, seen[index]!.import, seen[index]!.record, textOf(event, 'joins'));
  }

  return {
    of: (recording: number, id: StoredId): readonly Sighting[] => of.all(recording, id),

    /** Notes that an import says of an event just what is known of it, and what nobody says otherwise. */
    note: (recording: number, id: StoredId, importId: number, record: number): void => {
      put.run(recording, id, importId, record, null);
    },

    /**
     * Notes that an import holds a record of an event that an earlier import brought.
     *
     * @returns the event that all imports make together; `null` when the record says nothing new
     */
    add({ place, ...stored }: StoredEntry, entry: Entry, importId: number, standing: Standing): UsageEvent | null {
      const { recording, id } = place;
      const { account } = entry.recording;
      const before = of.all(recording, id);
      const isPlain = before.every(({ content }) => content === null);
      if (isPlain && contentText(entry.event) === contentText(stored.entry.event)) {
        put.run(recording, id, importId, entry.record, null);
        return null;
      }
      if (isPlain) giveContents({ place, ...stored });
      const own = before.find((sighting) => sighting.import === importId);
      const saw = own === undefined ? null : isPlain ? stored.entry.event : toldIn(own.content!, account).event;
      const event = saw === null ? entry.event : (mergeResent(saw, entry.event) ?? saw);
      put.run(recording, id, importId, entry.record, textOf(event, standing));
      const seen = of.all(recording, id);
      tidy(recording, id, seen, account);
      return togetherOf(seen, account);
    },

    remove: (recording: number, id: StoredId, importId: number): void => {
      remove.run(recording, id, importId);
    },

    tidy,
  };
}

/**
 * What sightings with contents make together, in order of import: all are merged, but one that restates counts from there
 * on alone.
 */
export function togetherOf(seen: readonly Sighting[], account: string): UsageEvent {
  const told = seen.map(({ content }) => toldIn(content!, account));
  const since = told.slice(Math.max(told.map(({ standing }) => standing).lastIndexOf('restates'), 0));
  return since.map(({ event }) => event).reduce((merged, event) => mergeResent(merged, event) ?? merged);
}

/** Whether all say the same, so that no contents need be kept. */
const isAgreed = (told: readonly (Told | null)[]): boolean =>
  new Set(told.map((each) => (each === null ? null : contentText(each.event)))).size <= 1;

/**
 * Where an import restates what would be merged away anyhow. Those before it that restate, too, may be taken back, so
 * what counts is all that was said before.
 */
function needlessMarks(told: readonly Told[]): readonly { readonly index: number; readonly event: UsageEvent }[] {
  let before: UsageEvent | null = null;
  return told.flatMap(({ event, standing }, index) => {
    const joined: UsageEvent = before === null ? event : (mergeResent(before, event) ?? before);
    before = joined;
    return standing === 'restates' && contentText(joined) === contentText(event) ? [{ index, event }] : [];
  });
}

interface Told {
  readonly event: UsageEvent;
  readonly standing: Standing;
}

const RESTATES = '{"restates":';

const textOf = (event: UsageEvent, standing: Standing): string =>
  standing === 'restates' ? `${RESTATES}${contentText(event)}}` : contentText(event);

const toldIn = (text: string, account: string): Told =>
  text.startsWith(RESTATES)
    ? { event: eventOfContent(text.slice(RESTATES.length, -1), account), standing: 'restates' }
    : { event: eventOfContent(text, account), standing: 'joins' };
