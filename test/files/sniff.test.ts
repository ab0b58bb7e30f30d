import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sniff } from '../../src/files/sniff.js';
import { fileWith } from './read-records.js';

const sniffed = (content: string | Uint8Array) => sniff(fileWith(content), 'input');

test('a file is JSON lines when its first character is a brace, else CSV', async () => {
  expect(await sniffed('\ufeff\n {"a":1}\n')).toEqual({ kind: 'json', value: { a: 1 }, values: [{ a: 1 }] });
  expect(await sniffed(gzipSync('{"a":1}\n'))).toMatchObject({ kind: 'json', value: { a: 1 } });
  expect(await sniffed(Buffer.from('\ufeffa;b\n1;2\n', 'utf16le'))).toEqual({
    kind: 'table',
    columns: ['a', 'b'],
    delimiter: ';',
  });
  expect(await sniffed('a')).toEqual({ kind: 'table', columns: ['a'], delimiter: ',' });
});

test('a file of blanks is empty', async () => {
  for (const content of ['', '\n \n', '\ufeff', gzipSync('')])
    expect(await sniffed(content)).toEqual({ kind: 'empty' });
});

test('broken lines before the first object are passed over; without any there is no value', async () => {
  expect(await sniffed('{"a":\n{"b":1}\n')).toMatchObject({ value: { b: 1 } });
  expect(await sniffed('{\n  "a": 1\n}\n')).toEqual({ kind: 'json', value: null, values: [] });
  expect((await sniffed('{"a":1}\n'.repeat(5000))) as object).toMatchObject({ values: { length: 100 } });
});

test('a JSON array is an error that says how to make lines of it', async () => {
  await expect(sniffed('[{"a":1}]')).rejects.toMatchObject({
    code: 'NOT_RECORDS',
    hint: expect.stringContaining('jq'),
  });
});
