/** What sources make of records, and what tests ask of every source. */

import { expect } from 'vitest';
import type { TokenhubError } from '../../src/errors/tokenhub-error.js';
import { sumOfBuckets } from '../../src/usage/bucket.js';
import { type UsageEvent, usageEvent } from '../../src/usage/event.js';
import type { DecodeContext, RawRecord, Sample, Source } from '../../src/usage/source.js';
import { detectSource, SOURCES } from '../../src/usage/sources/all.js';

export const UTC: DecodeContext = {
  timeZone: 'UTC',
  at: null,
  mapping: {},
  file: { name: 'usage.log', modified: Date.UTC(2026, 9, 1) },
};

export const record = (value: unknown): RawRecord => ({ line: 1, value });

/** The events of one record; throws where it was skipped. */
export const eventsOf = (source: Source, value: unknown, context: DecodeContext = UTC): readonly UsageEvent[] =>
  partsOf(source, value, context).events;

export const eventOf = (source: Source, value: unknown, context: DecodeContext = UTC): UsageEvent =>
  eventsOf(source, value, context)[0]!;

/** What a document with several results became, and the fields for which some were rejected. */
export function partsOf(source: Source, value: unknown, context: DecodeContext = UTC) {
  const decoded = source.decoder(context)(record(value));
  if ('skipped' in decoded) throw new Error(`skipped: ${decoded.skipped}`);
  return { events: decoded.events, rejected: (decoded.rejects ?? []).map(({ place }) => place.field ?? '') };
}

/** What a file of records becomes, read in order by one decoder. */
export function decodeAll(source: Source, values: readonly unknown[], context: DecodeContext = UTC) {
  const decode = source.decoder(context);
  const [events, skipped, rejects]: [UsageEvent[], string[], TokenhubError[]] = [[], [], []];
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

/** All events as one, for totals. */
export const sumOf = (events: readonly UsageEvent[]): UsageEvent => events.reduce(sumOfBuckets);

/** Names of the sources that would take a file, in the order in which they are asked. */
export const recognisedBy = (sample: Sample): string[] =>
  SOURCES.filter((source) => source.recognises(sample)).map(({ name }) => name);

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
export function rejection(work: () => unknown) {
  try {
    work();
  } catch (error) {
    const { code, place, message, hint } = error as TokenhubError;
    return { code, field: place.field, message, hint };
  }
  throw new Error('was not rejected');
}

/** A plain event to change one thing in. */
export const anEvent = (changes: Partial<UsageEvent> = {}): UsageEvent =>
  usageEvent({ id: 'e1', at: Date.UTC(2026, 9, 5), model: 'qwen3-max', provider: 'alibaba', ...changes });
