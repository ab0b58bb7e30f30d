/** Shared samples that are tables, and what every source of tables is asked. */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { sumOfBuckets } from '../../src/usage/bucket.js';
import type { UsageEvent } from '../../src/usage/event.js';
import type { Sample, Source } from '../../src/usage/source.js';
import { SOURCES } from '../../src/usage/sources/all.js';
import { record, UTC } from './fixture.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Rows of a shared CSV sample by header name; `null` where the samples are absent. */
export function sampleRows(name: string): Record<string, string>[] | null {
  const path = samplePath(name);
  return existsSync(path) ? parse(readFileSync(path), { columns: true, bom: true }) : null;
}

export const samplePath = (name: string): string => `${ROOT}../shared/samples/${name}`;

export const fixturePath = (name: string): string => `${ROOT}fixtures/usage/${name}`;

/** Events of the rows of one file, in order, by one decoder. */
export function eventsOfRows(source: Source, rows: readonly unknown[]): UsageEvent[] {
  const decode = source.decoder(UTC);
  return rows.flatMap((row) => {
    const decoded = decode(record(row));
    return 'skipped' in decoded ? [] : decoded.events;
  });
}

/** All events as one, for totals. */
export const sumOf = (events: readonly UsageEvent[]): UsageEvent => events.reduce(sumOfBuckets);

/** Names of the sources that take a sample for theirs. */
export const takenBy = (sample: Sample): string[] =>
  SOURCES.filter((source) => source.recognises(sample)).map(({ name, kind }) => `${name} ${kind}`);

/** `{ columns }` of the rows of a table. */
export const columnsIn = (rows: readonly Record<string, string>[]): Sample => ({ columns: Object.keys(rows[0]!) });
