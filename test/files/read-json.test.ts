import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonValues } from '../../src/files/json-values.js';
import { jsonl } from './read-records.js';

describe('a top-level array', () => {
  test('is read element by element, each with the line it starts on', async () => {
    expect(await jsonl('[\n  {"a":1},\n  {\n "b": [2, {"c": "],}"}]\n}\n,{"d":3}\n]\n')).toEqual([
      [2, { a: 1 }],
      [3, { b: [2, { c: '],}' }] }],
      [6, { d: 3 }],
    ]);
    expect(await jsonl('[]')).toEqual([]);
    expect(await jsonl(' [ \n ] \n')).toEqual([]);
  });

  test('keeps its numbers exact', async () => {
    expect(await jsonl('[{"id":9007199254740993,"cost":0.12345678901234567}]')).toEqual([
      [1, { id: '9007199254740993', cost: '0.12345678901234567' }],
    ]);
  });

  test('rejects what is no object, by itself', async () => {
    expect(await jsonl('[1, {"a":1}, "x,y", [2], {"a":}, null,\n{"b":2} {"c":3}, {"d":4}]')).toEqual([
      [1, 'is a JSON number, not an object'],
      [1, { a: 1 }],
      [1, 'is a JSON string, not an object'],
      [1, 'is a JSON array, not an object'],
      [1, 'is not valid JSON'],
      [1, 'is a JSON null, not an object'],
      [2, 'is not valid JSON'],
      [2, { d: 4 }],
    ]);
  });

  test('that is cut off keeps its whole elements and says so', async () => {
    expect(await jsonl('[{"a":1},\n{"b":')).toEqual([
      [1, { a: 1 }],
      [2, 'ends in the middle of a JSON value'],
    ]);
    expect(await jsonl('[{"a":1},\n{"b":2}\n')).toEqual([
      [1, { a: 1 }],
      [2, { b: 2 }],
      [3, 'the array is never closed, as if the file were cut off'],
    ]);
  });

  test('may be followed by another, as pages of an API saved one after another', async () => {
    expect(await jsonl('[{"a":1}]\n[{"b":2},{"c":3}]\n{"d":4}\n')).toEqual([
      [1, { a: 1 }],
      [2, { b: 2 }],
      [2, { c: 3 }],
      [3, { d: 4 }],
    ]);
  });

  test('rejects an element of more than 16 MiB and reads the next', async () => {
    const long = 'x'.repeat(16 * 1024 * 1024);
    expect(await jsonl(`[{"a":1},\n{"a":"${long}"},\n{"b":2}]`)).toEqual([
      [1, { a: 1 }],
      [2, 'element is longer than 16 MiB'],
      [3, { b: 2 }],
    ]);
    expect(await jsonl(`[{"a":1},\n{"a":"${long}${long}`)).toEqual([
      [1, { a: 1 }],
      [2, 'element is longer than 16 MiB; what follows it was not read'],
    ]);
  });

  test('rejects an element that is nested too deep', async () => {
    expect(await jsonl(`[{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}},{"b":1}]`)).toEqual([
      [1, 'is nested more than 200 levels deep'],
      [1, { b: 1 }],
    ]);
  });
});

describe('a document over many lines', () => {
  test('is one record, on the line it begins on', async () => {
    expect(await jsonl('\n{\n  "data": [\n    { "a": 1 }\n  ]\n}\n')).toEqual([[2, { data: [{ a: 1 }] }]]);
    expect(await jsonl('{"data":[\n{"a":1}\n]}\n')).toEqual([[1, { data: [{ a: 1 }] }]]);
  });

  test('may be one of several', async () => {
    expect(await jsonl('{\n"a":1\n}\n{\n"b":2\n}{"c":\n3}\noops\n{"d":4}')).toEqual([
      [1, { a: 1 }],
      [4, { b: 2 }],
      [6, { c: 3 }],
      [8, 'is not valid JSON'],
      [9, { d: 4 }],
    ]);
  });

  test('that is cut off is one bad record', async () => {
    expect(await jsonl('{\n "a": "x')).toEqual([[1, 'ends in the middle of a JSON value']]);
  });

  test('of one line of more than 16 MiB is read, and of more than 256 MiB an error', async () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    const wide = `{"a":[${Array(20).fill(`"${megabyte}"`).join(',')}]}`;
    const [[line, value] = []] = await jsonl(wide);
    expect([line, (value as { a: string[] }).a.length]).toEqual([1, 20]);
    const pieces = Array(257).fill(`"${megabyte}",\n`);
    await expect(
      jsonl(Buffer.concat(['{\n"a":[', ...pieces].map((piece) => Buffer.from(piece)))),
    ).rejects.toMatchObject({
      code: 'INPUT_TOO_LARGE',
      message: 'more than 256 MiB, too much for one JSON document',
    });
  });
});

describe('lines', () => {
  test('are read as lines when the first closes what it opens, or is cut off before another begins', async () => {
    expect(await jsonl('{"a":1}\n{"b":\n{"c":3}\n')).toEqual([
      [1, { a: 1 }],
      [2, 'ends in the middle of a JSON value'],
      [3, { c: 3 }],
    ]);
    expect(await jsonl('{"a":"cut o\n\n{"c":3}\n')).toEqual([
      [1, expect.stringMatching(/JSON/)],
      [3, { c: 3 }],
    ]);
  });
});

const cutAt = (text: string, cuts: readonly number[]): string[] => {
  const points = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  return points.slice(1).map((end, index) => text.slice(points[index], end));
};
const textsOf = (pieces: readonly string[]) => {
  const values = new JsonValues();
  return [...pieces.flatMap((piece) => values.push(piece)), ...values.end()];
};

test('any values in an array come out whole, in whatever pieces and layout they come', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 6 }),
      fc.nat({ max: 3 }),
      (all, cuts, indent) => {
        const texts = textsOf(cutAt(JSON.stringify(all, null, indent), cuts));
        expect(texts.map(({ text }) => JSON.parse(text!))).toEqual(all.map((one) => JSON.parse(JSON.stringify(one))));
      },
    ),
  );
});

test('whatever the text, pieces do not matter', () => {
  const part = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '\n', ' ', 'a', '1', '"x"', '{"a":1}');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 25 }), fc.array(fc.nat(), { maxLength: 6 }), (parts, cuts) => {
      const text = parts.join('');
      expect(textsOf(cutAt(text, cuts))).toEqual(textsOf([text]));
    }),
  );
});
