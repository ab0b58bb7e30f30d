import type { Database } from '../../load-driver.js';
import type { AssessEvent } from '../ledger.js';
import type { Counts } from './append-counts.js';
import type { MergeEvent } from './event-merger.js';
import type { EventWriter } from './event-writer.js';
import { hashOfId, type IdRuns } from './id-runs.js';
import { entryReader } from './stored-entry.js';
import { idOfStored, type StoredId } from './stored-id.js';

/** The times at which an id stands in the table. */
interface Appearance {
  readonly id: StoredId;
  readonly times: readonly number[];
}

/** Joins rows of one id that were added at different times. Must follow the last batch of an import. */
export function settler(db: Database, runs: IdRuns, writer: EventWriter, meet: MergeEvent) {
  const reader = entryReader(db);
  const placesOf = db
    .prepare<unknown[], { ts: number; id: StoredId }>('SELECT ts, id FROM event WHERE recording = ?')
    .safeIntegers(false);

  function join(recording: number, id: StoredId, times: readonly number[], assess: AssessEvent, counts: Counts): void {
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

  return (assess: AssessEvent, counts: Counts): void => {
    for (const [recording, hashes] of runs.settle()) {
      const byId = new Map<string, Appearance>();
      for (const { ts, id } of placesOf.iterate(recording)) {
        if (!hashes.has(hashOfId(id))) continue;
        const before = byId.get(idOfStored(id));
        byId.set(idOfStored(id), { id, times: [...(before?.times ?? []), ts] });
      }
      for (const { id, times } of byId.values()) if (times.length > 1) join(recording, id, times, assess, counts);
    }
  };
}
