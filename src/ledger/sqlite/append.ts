import type { Database } from '../../load-driver.js';
import type { UsageEvent } from '../../usage/event.js';
import { looksLikeAnother, mergeResent } from '../../usage/merge.js';
import type { AppendCounts, AssessEvent, Entry } from '../ledger.js';
import type { Dictionaries } from './dictionaries.js';
import {
  EVENT_COLUMNS,
  eventFrom,
  eventValues,
  quantityValue,
  SELECT_EVENT,
  STATED_COLUMNS,
  statedValues,
} from './event-row.js';

export type Append = (importId: number, entries: readonly Entry[], assess: AssessEvent) => AppendCounts;

/**
 * Writing events. An event whose (recording, id) is new is added; one that is there is merged with what is there, and
 * written again, with a new price and unit, only if that changes it. Its import and record stay.
 */
export function appender(db: Database, ids: Dictionaries): Append {
  const statements = prepareStatements(db);

  function read(recording: bigint, { id, recording: { account } }: Entry): UsageEvent {
    const row = statements.select.get(recording, id) as Parameters<typeof eventFrom>[0];
    const quantities = statements.quantities.all(recording, id) as [string, bigint][];
    return eventFrom(row, account, Object.fromEntries(quantities));
  }

  function writeQuantities(recording: bigint, id: string, quantities: UsageEvent['quantities']): void {
    for (const [name, value] of Object.entries(quantities))
      statements.addQuantity.run(recording, id, name, quantityValue(name, value));
  }

  /** True when merging would change nothing, as SQLite alone can tell of most records that are sent again. */
  function isThere(recording: bigint, entry: Entry): boolean {
    if (Object.keys(entry.event.quantities).length > 0) return false;
    const values = statedValues(entry.event, entry.recording, ids);
    return statements.same.get(recording, entry.id, ...values) !== undefined;
  }

  function insert(importId: number, entry: Entry, recording: bigint): boolean {
    const unit = ids.nameOrNull('unit', entry.unit);
    const values = eventValues(entry.event, entry.recording, entry.computed, ids);
    const { changes } = statements.insert.run(...values, recording, entry.id, unit, importId, entry.record);
    if (changes > 0) writeQuantities(recording, entry.id, entry.event.quantities);
    return changes > 0;
  }

  function merge(kept: UsageEvent, entry: Entry, recording: bigint, assess: AssessEvent): boolean {
    const merged = mergeResent(kept, entry.event);
    if (merged === null) return false;
    const { computed, unit } = assess(merged, entry.recording);
    const values = eventValues(merged, entry.recording, computed, ids);
    statements.update.run(...values, ids.nameOrNull('unit', unit), recording, entry.id);
    statements.dropQuantities.run(recording, entry.id);
    writeQuantities(recording, entry.id, merged.quantities);
    return true;
  }

  return (importId, entries, assess) => {
    const counts = { added: 0, duplicate: 0, updated: 0, reusedIds: 0 };
    const meet = (entry: Entry, recording: bigint): 'duplicate' | 'updated' => {
      if (isThere(recording, entry)) return 'duplicate';
      const kept = read(recording, entry);
      if (looksLikeAnother(kept, entry.event)) counts.reusedIds += 1;
      return merge(kept, entry, recording, assess) ? 'updated' : 'duplicate';
    };
    for (const entry of entries) {
      const recording = ids.recording(entry.recording);
      counts[insert(importId, entry, recording) ? 'added' : meet(entry, recording)] += 1;
    }
    statements.widenSpan.run(spanOf(importId, entries));
    return counts;
  };
}

function prepareStatements(db: Database) {
  const columns = [...EVENT_COLUMNS, 'recording', 'id', 'unit', 'import', 'record'];
  return {
    insert: db.prepare(`INSERT INTO event (${columns}) VALUES (${columns.map(() => '?')}) ON CONFLICT DO NOTHING`),
    same: db.prepare(
      `SELECT 1 FROM event WHERE recording = ? AND id = ? AND ${STATED_COLUMNS.map((column) => `${column} IS ?`).join(' AND ')}`,
    ),
    select: db.prepare(SELECT_EVENT),
    update: db.prepare(
      `UPDATE event SET ${[...EVENT_COLUMNS, 'unit'].map((column) => `${column} = ?`)} WHERE recording = ? AND id = ?`,
    ),
    quantities: db.prepare('SELECT name, value FROM quantity WHERE recording = ? AND id = ? ORDER BY name').raw(),
    addQuantity: db.prepare('INSERT INTO quantity (recording, id, name, value) VALUES (?, ?, ?, ?)'),
    dropQuantities: db.prepare('DELETE FROM quantity WHERE recording = ? AND id = ?'),
    widenSpan: db.prepare(`UPDATE import SET
      first_ts = min(coalesce(first_ts, $firstTs), coalesce($firstTs, first_ts)),
      last_ts = max(coalesce(last_ts, $lastTs), coalesce($lastTs, last_ts)),
      first_day = min(coalesce(first_day, $firstDay), coalesce($firstDay, first_day)),
      last_day = max(coalesce(last_day, $lastDay), coalesce($lastDay, last_day)) WHERE id = $importId`),
  };
}

/** First and last instant, and first and last calendar date of the buckets, of a batch. */
function spanOf(importId: number, entries: readonly Entry[]) {
  const span = {
    importId,
    firstTs: null as number | null,
    lastTs: null as number | null,
    firstDay: null as string | null,
    lastDay: null as string | null,
  };
  for (const { event } of entries) {
    if (span.firstTs === null || event.at < span.firstTs) span.firstTs = event.at;
    if (span.lastTs === null || event.at > span.lastTs) span.lastTs = event.at;
    if (event.day === null) continue;
    if (span.firstDay === null || event.day < span.firstDay) span.firstDay = event.day;
    if (span.lastDay === null || event.day > span.lastDay) span.lastDay = event.day;
  }
  return span;
}
