import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import type { TokenhubError } from '../../src/errors.js';
import { NO_TOKENS } from '../../src/pricing/token-classes.js';
import { NO_ORIGIN, type UsageEvent } from '../../src/usage/event.js';
import type { DecodeContext, RawRecord, Sample, Source } from '../../src/usage/source.js';
import { detectSource, SOURCES } from '../../src/usage/sources/all.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const UTC: DecodeContext = {
  timeZone: 'UTC',
  at: null,
  mapping: {},
  file: { name: 'usage.log', modified: Date.UTC(2026, 9, 1) },
};

/** One JSON value per line of a fixture. */
export const jsonLines = (name: string): unknown[] => linesOf(`${ROOT}fixtures/usage/${name}`);

/** A fixture that is one JSON document. */
export const jsonDocument = (name: string): unknown =>
  JSON.parse(readFileSync(`${ROOT}fixtures/usage/${name}`, 'utf8'));

/** Rows of a CSV fixture by header name. */
export const csvRows = (name: string, delimiter = ','): Record<string, string>[] =>
  parse(readFileSync(`${ROOT}fixtures/usage/${name}`), { columns: true, delimiter });

/** Columns of a CSV fixture, for recognition. */
export const csvColumns = (name: string): { columns: string[] } => ({ columns: Object.keys(csvRows(name)[0]!) });

/** Rows of a shared CSV sample; none where the samples are absent. */
export function sampleRows(name: string): Record<string, string>[] {
  const path = `${ROOT}../shared/samples/${name}`;
  return existsSync(path) ? parse(readFileSync(path), { columns: true, relax_column_count: true }) : [];
}

/** Names of the sources that would take a file, in the order in which they are asked. */
export const recognisedBy = (sample: Sample): string[] =>
  SOURCES.filter((source) => source.recognises(sample)).map(({ name, kind }) => `${name} ${kind}`);

/** Lines of a shared sample; `null` where the samples are absent. */
export function sampleLines(name: string): unknown[] | null {
  const path = `${ROOT}../shared/samples/${name}`;
  return existsSync(path) ? linesOf(path) : null;
}

/** A shared sample that is one JSON document; `null` where the samples are absent. */
export function sampleDocument(name: string): unknown {
  const text = sampleText(name);
  return text === null ? null : JSON.parse(text);
}

/** The whole text of a shared sample; `null` where the samples are absent. */
export function sampleText(name: string): string | null {
  const path = `${ROOT}../shared/samples/${name}`;
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** The whole text of a fixture. */
export const fixtureText = (name: string): string => readFileSync(`${ROOT}fixtures/usage/${name}`, 'utf8');

export function sampleNames(folder: string): string[] {
  const path = `${ROOT}../shared/samples/${folder}`;
  return existsSync(path) ? readdirSync(path).map((file) => `${folder}/${file}`) : [];
}

const linesOf = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));

export const record = (value: unknown): RawRecord => ({ line: 1, value });

/** The events of one record; throws where it was skipped. */
export function eventsOf(source: Source, value: unknown, context: DecodeContext = UTC): readonly UsageEvent[] {
  const decoded = source.decoder(context)(record(value));
  if ('skipped' in decoded) throw new Error(`skipped: ${decoded.skipped}`);
  return decoded.events;
}

/** What a document with several results became, also when some were rejected. */
export function partsOf(source: Source, value: unknown): { events: readonly UsageEvent[]; rejected: string[] } {
  const decoded = source.decoder(UTC)(record(value));
  if ('skipped' in decoded) throw new Error(`skipped: ${decoded.skipped}`);
  return { events: decoded.events, rejected: (decoded.rejects ?? []).map(({ place }) => place.field ?? '') };
}

export const eventOf = (source: Source, value: unknown, context: DecodeContext = UTC): UsageEvent =>
  eventsOf(source, value, context)[0]!;

/** What a file of records becomes, read in order by one decoder. */
export function decodeAll(source: Source, values: readonly unknown[], context: DecodeContext = UTC) {
  const decode = source.decoder(context);
  const events: UsageEvent[] = [];
  const skipped: string[] = [];
  const rejects: TokenhubError[] = [];
  for (const value of values) {
    const decoded = decode(record(value));
    if ('skipped' in decoded) skipped.push(decoded.skipped);
    else {
      events.push(...decoded.events);
      rejects.push(...(decoded.rejects ?? []));
    }
  }
  return { events, skipped, rejects };
}

/** Fails unless the first of the values that any source recognises is this one's, and no other source takes one. */
export function onlyRecognisedBy(source: Source, values: readonly unknown[]): void {
  const takers = values.map((value) => detectSource({ value })).filter((found) => found !== null);
  expect(takers.length).toBeGreaterThan(0);
  expect([...new Set(takers.map(({ name }) => name))]).toEqual([source.name]);
  const others = SOURCES.filter(({ name, kind }) => name !== source.name && kind === source.kind);
  for (const other of others)
    expect([other.name, values.filter((value) => other.recognises({ value }))]).toEqual([other.name, []]);
}

/** What an error says of a bad record. */
export function rejection(work: () => unknown): {
  code: string;
  field: string | undefined;
  message: string;
  hint: string;
} {
  try {
    work();
  } catch (error) {
    const { code, place, message, hint } = error as TokenhubError;
    return { code, field: place.field, message, hint };
  }
  throw new Error('was not rejected');
}

/** A plain event to change one thing in. */
export const anEvent = (changes: Partial<UsageEvent> = {}): UsageEvent => ({
  id: 'e1',
  at: Date.UTC(2026, 9, 5),
  day: null,
  model: 'qwen3-max',
  provider: 'alibaba',
  account: null,
  origin: NO_ORIGIN,
  agent: null,
  session: null,
  requests: 1,
  tokens: NO_TOKENS,
  quantities: {},
  cacheKind: null,
  mode: 'standard',
  until: null,
  tierUpTo: null,
  charge: 'usage',
  plan: null,
  counter: null,
  status: null,
  latencyMs: null,
  statedCost: null,
  ...changes,
});
