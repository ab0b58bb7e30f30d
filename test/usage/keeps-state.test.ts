/** A log that has grown is read on by a new decoder, unless its source says that it keeps state. */

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openRecords } from '../../src/files/records.js';
import { sniff } from '../../src/files/sniff.js';
import type { DecodeContext, RawRecord, Source } from '../../src/usage/source.js';
import { detectSource, SOURCES } from '../../src/usage/sources/all.js';
import { UTC } from './decode.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures/usage/', import.meta.url));
const CONTEXT: DecodeContext = { ...UTC, at: Date.UTC(2026, 9, 1) };

/** What each record becomes: a decoder, or what it says of itself. */
function became(decode: ReturnType<Source['decoder']>, record: RawRecord): unknown {
  try {
    return { ...decode(record), marks: null }; // numbers of names say which were met before, and nothing else
  } catch (error) {
    return String(error);
  }
}

async function recordsOf(path: string, kind: Source['kind']): Promise<RawRecord[]> {
  const records: RawRecord[] = [];
  for await (const batch of openRecords(path, { kind }))
    for (const record of batch) if ('value' in record) records.push(record);
  return records;
}

async function sourceOf(path: string): Promise<Source | null> {
  const sniffed = await sniff(path);
  const samples =
    sniffed.kind === 'json'
      ? sniffed.values.map((value) => ({ value }))
      : sniffed.kind === 'table'
        ? [{ columns: sniffed.columns }]
        : [];
  return samples.map((sample) => detectSource(sample)).find((found) => found !== null) ?? null;
}

/** Whether a decoder of its own for each record makes the same of it as one for all. */
async function isStateless(path: string, source: Source): Promise<boolean> {
  const records = await recordsOf(path, source.kind);
  const one = source.decoder(CONTEXT);
  const together = records.map((record) => became(one, record));
  const apart = records.map((record) => became(source.decoder(CONTEXT), record));
  return JSON.stringify(together, plain) === JSON.stringify(apart, plain);
}

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);

test.each(readdirSync(FIXTURES).filter((name) => /\.(?:csv|jsonl)$/.test(name)))(
  'records of %s do not depend on those before them, or their source says so',
  async (name) => {
    const source = await sourceOf(FIXTURES + name);
    if (source === null || source.keepsState === true) return;
    expect(await isStateless(FIXTURES + name, source)).toBe(true);
  },
);

test('the check sees state where there is some', async () => {
  const codex = SOURCES.find(({ name }) => name === 'codex')!;
  expect(codex.keepsState).toBe(true);
  expect(await isStateless(`${FIXTURES}codex.jsonl`, codex)).toBe(false);
});
