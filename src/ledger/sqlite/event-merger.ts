import { isBucketWithoutId } from '../../usage/bucket.js';
import { isLess, looksLikeAnother, mergeResent } from '../../usage/merge.js';
import type { AssessEvent, Entry, Standing } from '../ledger.js';
import type { Counts } from './append-counts.js';
import { contentText } from './event-content.js';
import type { EventWriter } from './event-writer.js';
import type { Sightings } from './sightings.js';
import type { StoredEntry } from './stored-entry.js';

/** Takes in a record of an event that is in the ledger, and counts what became of it. */
export type MergeEvent = (
  stored: StoredEntry,
  entry: Entry,
  importId: number,
  assess: AssessEvent,
  counts: Counts,
) => void;

export function eventMerger(
  writer: EventWriter,
  seen: Sightings,
  standingOf: (importId: number) => Standing,
): MergeEvent {
  return (stored, entry, importId, assess, counts) => {
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
  };
}
