import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { sniff } from '../../src/files/sniff.js';
import { fileWith, recordsOf } from './read-records.js';

type Options = Parameters<typeof parquetWriteBuffer>[0];
type SchemaElement = NonNullable<Options['schema']>[number];

const parquetOf = (options: Options): Uint8Array => new Uint8Array(parquetWriteBuffer(options));
const rowsOf = (bytes: Uint8Array) => recordsOf(fileWith(bytes), { kind: 'table', name: 'a.parquet' });
const failureOf = (bytes: Uint8Array) =>
  rowsOf(bytes).then(
    () => 'read',
    ({ code, message }) => [code, message],
  );

const TWO: Options = {
  columnData: [
    { name: 'model', data: ['qwen-plus', 'qwen-max'], type: 'STRING' },
    { name: 'tokens', data: [1n, 9223372036854775807n], type: 'INT64' },
  ],
};

describe('rows', () => {
  test('are texts by column name, whole numbers exact, numbered from 1', async () => {
    expect(await rowsOf(parquetOf(TWO))).toEqual([
      [1, { model: 'qwen-plus', tokens: '1' }],
      [2, { model: 'qwen-max', tokens: '9223372036854775807' }],
    ]);
    const columns = ['model', 'tokens'];
    expect(await sniff(fileWith(parquetOf(TWO)))).toEqual({ kind: 'table', columns, delimiter: null });
  });

  test('of many row groups and pages come in order', async () => {
    const data = Array.from({ length: 5000 }, (_, n) => n);
    const text = data.map((n) => `text ${n}`);
    const columnData = [
      { name: 'n', data, type: 'INT32' as const },
      { name: 't', data: text, type: 'STRING' as const },
    ];
    const rows = await rowsOf(parquetOf({ columnData, rowGroupSize: 1700, pageSize: 1000 }));
    expect(rows).toEqual(data.map((n) => [n + 1, { n: String(n), t: `text ${n}` }]));
  });

  test('of no rows are none', async () => {
    expect(await rowsOf(parquetOf({ columnData: [{ name: 'n', data: [], type: 'INT32' }] }))).toEqual([]);
  });

  test.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP'] as const)('packed as %s are read', async (codec) => {
    const bytes = parquetOf({ ...TWO, codec, compressors: { GZIP: (page) => gzipSync(page) } });
    expect((await rowsOf(bytes))[1]).toEqual([2, { model: 'qwen-max', tokens: '9223372036854775807' }]);
  });

  test('packed with zstd, as pyarrow writes them, have exact decimals and times, and maps as JSON', async () => {
    // pyarrow 25: int64, decimal128(38, 10), timestamp('us', 'UTC'), map<string, string>; compression='zstd'
    const bytes = readFileSync(resolve(import.meta.dirname, '../../fixtures/files/types.parquet'));
    expect(await rowsOf(bytes)).toEqual([
      [
        1,
        {
          model: 'qwen-plus',
          tokens: '1',
          cost: '0.0000012345',
          at: '2026-10-01T08:00:00.123456Z', // 1_790_841_600 s is 2026-10-01T08:00:00Z
          tags: '{"unit":"wukong","u":"模"}',
        },
      ],
      [
        2,
        {
          model: 'qwen-max',
          tokens: '9223372036854775807',
          cost: '-12345678901234567890.1234567890',
          at: '1970-01-01T00:00:00Z',
          tags: '{}',
        },
      ],
      [3, { model: '', tokens: '', cost: '', at: '1969-12-31T23:59:59.999999Z', tags: '' }],
    ]);
  });
});

test('rows of maps that begin in one page and end in the next come out whole', async () => {
  // pyarrow 25: pages of 16 bytes, row groups of 25 rows; row n has the tags k0, k1, ... (n mod 5 of them), every seventh none
  const tagsOf = (n: number): string =>
    n % 7 === 3 ? '' : JSON.stringify(Object.fromEntries([...Array(n % 5).keys()].map((i) => [`k${i}`, `${n}.${i}`])));
  const bytes = readFileSync(resolve(import.meta.dirname, '../../fixtures/files/pages.parquet'));
  expect(await rowsOf(bytes)).toEqual([...Array(40).keys()].map((n) => [n + 1, { tags: tagsOf(n) }]));
});

describe('values', () => {
  /** The text of one value of a column described by the schema itself. */
  async function textOf(element: Omit<SchemaElement, 'name'>, value: unknown): Promise<unknown> {
    const schema = [
      { name: 'root', num_children: 1 },
      { name: 'v', repetition_type: 'OPTIONAL' as const, ...element },
    ];
    const [[, row] = []] = await rowsOf(parquetOf({ columnData: [{ name: 'v', data: [value, null] }], schema }));
    return (row as { v: string }).v;
  }
  const decimal = { converted_type: 'DECIMAL', precision: 18, scale: 4 } as const;
  const unsigned = (bitWidth: 32 | 64) => ({ logical_type: { type: 'INTEGER', bitWidth, isSigned: false } }) as const;
  const timestamp = (unit: 'MILLIS' | 'MICROS' | 'NANOS', isAdjustedToUTC: boolean) =>
    ({ type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit } }) as const;

  test.each([
    ['a decimal in 32 bits', { type: 'INT32', ...decimal, precision: 9 }, -12345n, '-1.2345'],
    ['a decimal in 64 bits', { type: 'INT64', ...decimal }, 1n, '0.0001'],
    ['a decimal in bytes', { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 9, ...decimal }, -1n, '-0.0001'],
    ['a decimal in as many bytes as it takes', { type: 'BYTE_ARRAY', ...decimal }, -300n, '-0.0300'],
    ['an unsigned number of 32 bits', { type: 'INT32', ...unsigned(32) }, 4294967295, '4294967295'],
    ['a float', { type: 'FLOAT' }, Math.fround(0.1), '0.1'],
    ['a double', { type: 'DOUBLE' }, 1e-7, '0.0000001'],
    ['a boolean', { type: 'BOOLEAN' }, true, 'true'],
    ['a day', { type: 'INT32', converted_type: 'DATE' }, 20_727, '2026-10-01'], // 20_727 x 86_400 = 1_790_812_800 s
    ['an instant in ms', { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }, 1_500n, '1970-01-01T00:00:01.5Z'],
    ['an instant in ns', timestamp('NANOS', true), 1_000_000_001n, '1970-01-01T00:00:01.000000001Z'],
    ['a local time', timestamp('MICROS', false), 0n, '1970-01-01T00:00:00'],
    ['text that is not marked as such', { type: 'BYTE_ARRAY' }, new TextEncoder().encode('模'), '模'],
    ['JSON', { type: 'BYTE_ARRAY', converted_type: 'JSON' }, { a: [1] }, '{"a":[1]}'],
  ] as const)('%s', async (_, element, value, text) => expect(await textOf(element, value)).toBe(text));

  test('a time no calendar has rejects its row alone', async () => {
    expect(await textOf(timestamp('MILLIS', true), 0n)).toBe('1970-01-01T00:00:00Z');
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 1 },
      { name: 'at', ...timestamp('MILLIS', true), repetition_type: 'REQUIRED' },
    ];
    const bytes = parquetOf({ columnData: [{ name: 'at', data: [2n ** 62n, 1000n] }], schema });
    expect(await rowsOf(bytes)).toEqual([
      [1, '"4611686018427387904" is no time'],
      [2, { at: '1970-01-01T00:00:01Z' }],
    ]);
  });
});

describe('is one error', () => {
  const whole = parquetOf({
    columnData: [{ name: 'n', data: Array.from({ length: 3000 }, (_, n) => `text ${n}`), type: 'STRING' }],
  });

  test('a truncated file', async () => {
    expect(await failureOf(whole.subarray(0, whole.length - 1))).toEqual([
      'BROKEN_PARQUET',
      'is truncated or damaged Parquet: its end is missing',
    ]);
    for (const length of [4, 8, 11, 200])
      expect(await failureOf(whole.subarray(0, length))).toMatchObject(['BROKEN_PARQUET', expect.any(String)]);
    const headless = Buffer.concat([Buffer.from('PAR1'), whole.subarray(whole.length - 300)]);
    expect(await failureOf(headless)).toMatchObject(['BROKEN_PARQUET', expect.any(String)]);
  });

  test('an encrypted one, and one packed in a way nobody reads', async () => {
    const encrypted = Buffer.from(whole);
    encrypted.write('PARE', encrypted.length - 4);
    expect(await failureOf(encrypted)).toEqual(['CANNOT_UNPACK', 'cannot be unpacked: it is encrypted']);
    const lz4 = parquetOf({ ...TWO, codec: 'LZ4_RAW', compressors: { LZ4_RAW: (page) => page } });
    expect(await failureOf(lz4)).toEqual(['CANNOT_UNPACK', 'cannot be unpacked: it is packed with LZ4_RAW']);
  });

  test('one with two columns of a name, and one read as JSON', async () => {
    const column = (name: string) => ({ name, data: [1], type: 'INT32' as const });
    const twice = Buffer.from(parquetOf({ columnData: [column('nnnn'), column('mmmm')] }));
    for (let at = twice.indexOf('mmmm'); at !== -1; at = twice.indexOf('mmmm')) twice.write('nnnn', at);
    expect(await failureOf(twice)).toEqual(['BAD_HEADER', 'column "nnnn" occurs twice']);
    await expect(recordsOf(fileWith(whole), { kind: 'json' })).rejects.toMatchObject({ code: 'NOT_RECORDS' });
  });

  test.each([...Array(60).keys()])('one damaged at random (%i), unless it can still be read', async (seed) => {
    const bytes = Buffer.from(whole);
    let state = seed + 1;
    const next = (limit: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % limit;
    };
    for (let i = 0; i < 4; i++)
      bytes[seed % 2 === 0 ? bytes.length - 9 - next(200) : 4 + next(bytes.length - 12)] = next(256);
    const outcome = await failureOf(bytes);
    expect(outcome === 'read' || ['BROKEN_PARQUET', 'CANNOT_UNPACK'].includes((outcome as string[])[0]!)).toBe(true);
  });
});
