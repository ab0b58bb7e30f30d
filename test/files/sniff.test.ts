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
  expect(await sniffed('{"a":1,}\n{"b":1}\n')).toMatchObject({ value: { b: 1 } });
  expect(await sniffed('{"a":"cut o\n{"b":1}\n')).toMatchObject({ value: { b: 1 } });
  expect(await sniffed('{"a":1,}\n')).toEqual({ kind: 'json', value: null, values: [] });
  expect((await sniffed('{"a":1}\n'.repeat(5000))) as object).toMatchObject({ values: { length: 100 } });
});

test('an array and a document over many lines are JSON too', async () => {
  expect(await sniffed('[{"a":1},\n{"b":1}]')).toEqual({ kind: 'json', value: { a: 1 }, values: [{ a: 1 }, { b: 1 }] });
  expect(await sniffed('{\n  "a": 1\n}\n')).toEqual({ kind: 'json', value: { a: 1 }, values: [{ a: 1 }] });
});

test('metrics are known by their first lines, and their beginning is shown', async () => {
  const text =
    '# HELP vllm:x_total Tokens.\n# TYPE vllm:x_total counter\nvllm:x_total{model_name="a b",engine="0"} 12.0\n';
  expect(await sniffed(text)).toEqual({ kind: 'metrics', text });
  expect(await sniffed(gzipSync(text))).toMatchObject({ kind: 'metrics' });
  for (const line of [
    'up 1',
    'a_total{x="}"} 1e+06 1700000000000',
    'h{le="+Inf"} 5 # {trace="x"} 0.5 1.0',
    '# TYPE up gauge\nup NaN',
  ])
    expect(await sniffed(`${line}\n`)).toMatchObject({ kind: 'metrics' });
  for (const line of ['model', 'model,tokens', 'a 1,b', '# a title\nmodel,tokens', 'up 1\nmodel,tokens\n'])
    expect(await sniffed(line)).toMatchObject({ kind: 'table' });
  const long = `${text}${'# more\n'.repeat(400_000)}`; // 2.8 million characters
  expect(((await sniffed(long)) as { text: string }).text.length).toBe(1024 * 1024);
});

test.each([
  ['vllm:x_total{model_name="q",engine="0" 5\n', 'input', 1],
  ['# TYPE x counter\n\nx 1\nx one\n', 'input', 4],
  ['up 1\nmodel,tokens\n', 'a.prom', 2],
  ['# nothing yet\n', 'a.prom', undefined],
])('%j as %s can only be metrics, so what is wrong with it is said', async (text, name, line) => {
  const error = await sniff(fileWith(text), name).then(
    () => null,
    (cause) => cause,
  );
  expect(error).toMatchObject({ code: 'NOT_RECORDS', place: { file: name, line } });
});
