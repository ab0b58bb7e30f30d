/** Rows read where they stand, against the same rows with every cell in quotes, which are read as texts. */

import { isAscii } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenhubError } from '../../../src/errors/tokenhub-error.js';
import { readCsv } from '../../../src/files/read-csv.js';
import type { DecodeContext, Decoded, RawRecord } from '../../../src/usage/source.js';
import { tokenhubCsv } from '../../../src/usage/sources/tokenhub.js';

const COLUMNS = [
  ...['timestamp', 'request_id', 'model', 'provider', 'input_tokens', 'cached_input_tokens', 'output_tokens'],
  ...['reasoning_tokens', 'service_tier', 'requests', 'latency_ms', 'status', 'cost', 'currency', 'unit', 'account'],
  ...['key', 'user', 'agent', 'session', 'tag:app'],
];

const some = fc.constantFrom;
/** A cell that is good, and now and then one that is odd or bad. */
const cell = (good: readonly string[], odd: readonly string[]) =>
  fc.oneof({ weight: 30, arbitrary: some(...good) }, { weight: 1, arbitrary: some(...odd) });
const count = (...good: string[]) =>
  cell(good, ['007', '999999999999999', '9007199254740993', '1.0', '-1', 'x', ' 5 ', '1e3', '7']);
const name = cell(
  ['', 'a', 'agent-1', 'agent-2', 'ümlaut', '王'],
  [' a', 'b ', '\u0007', 'x'.repeat(120), 'x'.repeat(1100)],
);
const cells = fc.tuple(
  cell(
    ['2026-10-31T18:00:00Z', '2026-10-31T18:00:00.123Z', '2026-10-31 18:00:00'],
    ['2026-10-31', '1793469600', '', 'soon'],
  ),
  cell(['r1', '0f9e2a7c-44ec-4b6d-8bb6-6b0dac29fca6'], ['', '0F9E2A7C-44EC-4B6D-8BB6-6B0DAC29FCA6', '~x', 'ü']),
  cell(['gpt-4o', 'qwen3-max'], [' gpt-4o', '', 'm'.repeat(300)]),
  some('', 'openai', 'DashScope'),
  ...[count('', '1200', '5000'), count('', '0', '400'), count('', '10', '9000'), count('', '5')],
  cell(['', 'batch', 'auto'], ['slow']),
  cell(['', '1', '2'], ['0', '1.5']),
  cell(['', '12', '12.6', '1000000000001'], ['99999999999999999', 'x']),
  name,
  cell(['', '', '0.25'], ['x']),
  cell(['USD'], ['', 'usd']),
  ...[name, name, name, name, name, name, name],
);
/** Every other file is ASCII, which is read as bytes. */
const rows = fc
  .tuple(fc.array(cells, { minLength: 1, maxLength: 30 }), fc.boolean())
  .map(([all, ascii]) => (ascii ? all.map((row) => row.map((text) => text.replace(/[^\0-\x7f]/g, 'u'))) : all));

const CONTEXT: DecodeContext = {
  ...{ timeZone: 'Asia/Shanghai', at: null, mapping: {} },
  file: { name: 'log.csv', modified: 0 },
};

async function recordsIn(text: string): Promise<RawRecord[]> {
  async function* chunks() {
    const bytes = Buffer.from(text);
    yield isAscii(bytes) ? bytes : text; // as files are decoded
  }
  const records: RawRecord[] = [];
  for await (const batch of readCsv(chunks(), 'log.csv'))
    for (const record of batch) if ('value' in record) records.push(record);
  return records;
}

/** What the records of a text become, by one decoder. */
async function decoded(text: string): Promise<readonly unknown[]> {
  const decode = tokenhubCsv.decoder(CONTEXT);
  return (await recordsIn(text)).map((record) => told(decode, record));
}

function told(decode: (record: RawRecord) => Decoded, record: RawRecord): unknown {
  try {
    const of = decode(record);
    return 'skipped' in of ? of : of.events;
  } catch (error) {
    if (error instanceof TokenhubError) return [error.code, error.message, error.place, error.hint];
    throw error;
  }
}

const csv = (all: readonly (readonly string[])[], quote = '') =>
  all.map((row) => row.map((cell) => quote + cell + quote).join(',')).join('\n');

test('a row says the same with its cells in quotes and without', async () => {
  let events = 0;
  await fc.assert(
    fc.asyncProperty(rows, async (of) => {
      const plain = await decoded(`${csv([COLUMNS, ...of])}\n`);
      const quoted = await decoded(`${csv([COLUMNS])}\n${csv(of, '"')}\n`);
      expect(plain).toEqual(quoted);
      events += plain.filter((each) => Array.isArray(each) && typeof each[0] === 'object').length;
    }),
    { numRuns: 300 },
  );
  expect(events).toBeGreaterThan(500); // of some 4,600 rows
});

test('equal marks are equal names, and the bytes of a UUID are given', async () => {
  const decode = tokenhubCsv.decoder(CONTEXT);
  const rows = ['a,x,r1', 'b,x,0f9e2a7c-44ec-4b6d-8bb6-6b0dac29fca6', 'a,y,r3', ',y,r4'];
  const records = await recordsIn(
    `timestamp,model,input_tokens,agent,user,request_id\n${rows.map((row) => `2026-10-31T18:00:00Z,gpt-4o,5,${row}\n`).join('')}`,
  );
  const seen = records.map((record) => {
    const of = decode(record);
    if ('skipped' in of) throw new Error(of.skipped);
    return [of.marks?.agent, of.marks?.origin, of.marks?.uuid?.[0] ?? null, of.events[0]!.agent];
  });
  expect(seen).toEqual([
    [0, 0, null, 'a'],
    [1, 0, 0x0f, 'b'],
    [0, 1, null, 'a'],
    [2, 1, null, null],
  ]);
});
