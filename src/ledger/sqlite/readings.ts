/**
 * Readings of cumulative meters, and the usage between them.
 *
 * A reading is no usage: usage is what a meter counted between two of them (`usage/readings.ts`), whichever imports they
 * came with and in whatever order. So the ledger keeps readings apart, and makes the events between them anew wherever one
 * is added or taken back; such an event belongs to the import of its later reading.
 */

import { createHash } from 'node:crypto';
import type { Database } from '../../load-driver.js';
import type { UsageEvent } from '../../usage/event.js';
import { mergeResent } from '../../usage/merge.js';
import { usageBetween } from '../../usage/readings.js';
import type { Recording } from '../../usage/recording.js';
import type { AppendCounts, AssessEvent, Reading, UndoCounts } from '../ledger.js';
import { noCounts } from './append-counts.js';
import type { Dictionaries } from './dictionaries.js';
import { contentText, eventOfContent } from './event-content.js';
import type { EventWriter } from './event-writer.js';
import { spanKeeper } from './import-span.js';
import { entryReader } from './stored-entry.js';

interface Row {
  readonly ts: number;
  readonly import: number;
  readonly record: number;
  readonly content: string;
}

/** One meter: the id of its recording, and its name. */
interface Series {
  readonly id: number;
  readonly recording: Recording;
  readonly series: string;
}

/** Instants of readings added or taken back, first and last. */
interface Touched extends Series {
  first: number;
  last: number;
}

export type ReadingKeeper = ReturnType<typeof readingKeeper>;

export function readingKeeper(db: Database, ids: Dictionaries, writer: EventWriter) {
  const at = db
    .prepare<unknown[], Row>(
      'SELECT ts, import, record, content FROM reading WHERE recording = ? AND series = ? AND ts = ?',
    )
    .safeIntegers(false);
  const put = db.prepare(`INSERT INTO reading (recording, series, ts, import, record, content) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET content = excluded.content`);
  const between = db
    .prepare<unknown[], Row>(
      `SELECT ts, import, record, content FROM reading WHERE recording = $id AND series = $series
         AND ts >= coalesce((SELECT max(ts) FROM reading WHERE recording = $id AND series = $series AND ts < $first), $first)
         AND ts <= coalesce((SELECT min(ts) FROM reading WHERE recording = $id AND series = $series AND ts > $last), $last)
       ORDER BY ts, import`,
    )
    .safeIntegers(false);
  const derived = db
    .prepare<unknown[], { ts: number; id: string }>(
      'SELECT ts, id FROM event WHERE ts BETWEEN $first AND $last AND recording = $id AND id BETWEEN $prefix AND $end',
    )
    .safeIntegers(false);
  const reader = entryReader(db);
  const widenSpan = spanKeeper(db);

  /** Makes the events of a meter anew between the readings around those touched. */
  function derive({ id: recording, recording: of, series, first, last }: Touched, assess: AssessEvent): UndoCounts {
    const readings = oneAnInstant(between.all({ id: recording, series, first, last }), of.account);
    const prefix = prefixOf(series);
    const start = Math.min(first, readings[0]?.event.at ?? first);
    const before = new Set<string>();
    for (const { ts, id } of derived.all({ id: recording, first: start, last, prefix, end: `${prefix}~` })) {
      before.add(id);
      writer.drop(reader.at({ ts, recording, id })!);
    }
    let restored = 0;
    const laterAt = new Map(readings.map((reading) => [reading.event.at, reading]));
    for (const event of usageBetween(readings.map((reading) => reading.event))) {
      const later = laterAt.get(event.until!)!;
      const id = `${prefix}${event.at}-${event.until}`;
      writer.insert({ recording: of, id, event, record: later.record, ...assess(event, of) }, later.import);
      if (!before.delete(id)) restored += 1;
    }
    return { removed: before.size, restored };
  }

  return {
    /** Keeps readings of an import; `duplicate`: others hold the same. */
    add(importId: number, readings: readonly Reading[], assess: AssessEvent): AppendCounts {
      const touched = new Map<string, Touched>();
      const counts = noCounts();
      for (const { recording, event, record } of readings) {
        const series = { id: ids.recording(recording), recording, series: event.counter! };
        const known = at.all(series.id, series.series, event.at);
        const mine = known.find((row) => row.import === importId);
        const told = mine === undefined ? event : merged(eventOfContent(mine.content, recording.account), event);
        const content = contentText(told);
        put.run(series.id, series.series, event.at, importId, record, content);
        counts[known.some((row) => row.content === content) ? 'duplicate' : 'added'] += 1;
        touch(touched, series, event.at);
      }
      for (const series of touched.values()) derive(series, assess);
      const ts = Float64Array.from(readings, ({ event }) => event.at);
      widenSpan(importId, { size: ts.length, numbers: { ts }, days: new Map() });
      return counts;
    },

    /** Takes the readings of an import back. */
    remove(importId: number, assess: AssessEvent): UndoCounts {
      const touched = new Map<string, Touched>();
      for (const { ts, id, series, ...recording } of readingsOf(db, importId))
        touch(touched, { id, series, recording }, ts);
      db.prepare('DELETE FROM reading WHERE import = ?').run(importId);
      const counts = [...touched.values()].map((series) => derive(series, assess));
      return {
        removed: counts.reduce((sum, { removed }) => sum + removed, 0),
        restored: counts.reduce((sum, { restored }) => sum + restored, 0),
      };
    },
  };
}

function touch(touched: Map<string, Touched>, series: Series, at: number): void {
  const key = `${series.id} ${series.series}`;
  const known = touched.get(key) ?? { ...series, first: at, last: at };
  known.first = Math.min(known.first, at);
  known.last = Math.max(known.last, at);
  touched.set(key, known);
}

const readingsOf = (db: Database, importId: number) =>
  db
    .prepare<unknown[], Recording & { ts: number; id: number; series: string }>(
      `SELECT d.ts, d.series, r.id, r.role, r.source, r.account FROM reading d JOIN recording r ON r.id = d.recording
       WHERE d.import = ?`,
    )
    .safeIntegers(false)
    .all(importId);

/** What all imports read at an instant, as one reading of the first of them. */
function oneAnInstant(rows: readonly Row[], account: string) {
  const readings: { event: UsageEvent; readonly import: number; readonly record: number }[] = [];
  for (const { ts, content, ...from } of rows) {
    const event = eventOfContent(content, account);
    const last = readings.at(-1);
    if (last?.event.at === ts) last.event = merged(last.event, event);
    else readings.push({ event, ...from });
  }
  return readings;
}

const merged = (a: UsageEvent, b: UsageEvent): UsageEvent => mergeResent(a, b) ?? a;

/** Beginning of the ids of a meter's events; the two instants follow. */
const prefixOf = (series: string): string =>
  `~reading-${createHash('sha256').update(series).digest('hex').slice(0, 32)}-`;
