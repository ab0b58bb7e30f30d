import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RowScanner } from '../../src/files/csv-rows.js';
import { csv } from './read-records.js';

const codeOf = (content: string) =>
  csv(content).then(
    () => 'read',
    ({ code, place, message }) => [code, place.line, message],
  );

describe('rows', () => {
  test('fields go by column name, with the line the row starts on', async () => {
    expect(await csv('a,b\r\n1,"x\r\ny"\r\n\r\n"q""q", z\n,last')).toEqual([
      [2, { a: '1', b: 'x\r\ny' }],
      [5, { a: 'q"q', b: ' z' }],
      [6, { a: '', b: 'last' }],
    ]);
  });

  test.each([',', ';', '\t', '|'])('the delimiter %j is found in the header', async (d) => {
    expect(await csv(`"a,;|\tx"${d}b${d}c\n1${d}2${d}"3${d}"\n`)).toEqual([
      [2, { 'a,;|\tx': '1', b: '2', c: `3${d}` }],
    ]);
  });

  test('a first line that states the delimiter, as for Excel, is no header', async () => {
    expect(await csv('sep=;\r\na,b;c\r\n1,5;2\r\n')).toEqual([[3, { 'a,b': '1,5', c: '2' }]]);
    expect(await csv('\ufeffSEP=\t\n\na\tb,c,d\n1\t2\n')).toEqual([[4, { a: '1', 'b,c,d': '2' }]]);
    expect(await csv('sep=x\n1\n')).toEqual([[2, { 'sep=x': '1' }]]); // a column that is called so
  });

  test('single quotes are quotes when the header begins with one', async () => {
    expect(await csv("'a','b'\n'x, y','it''s'\n")).toEqual([[2, { a: 'x, y', b: "it's" }]]);
    expect(await csv("a,b\nit's,'x\n")).toEqual([[2, { a: "it's", b: "'x" }]]);
  });

  test('empty files, headers alone and one column are fine', async () => {
    for (const empty of ['', '\n\n', '\ufeff', 'a,b', 'a,b\n', '"a",b\r\n\r\n']) expect(await csv(empty)).toEqual([]);
    expect(await csv('\n\n a \n1\n')).toEqual([[4, { a: '1' }]]);
    expect(await csv('a,b\n,\n1,2\n')).toEqual([[3, { a: '1', b: '2' }]]); // a row of empty fields is blank
  });

  test('too few or too many fields reject the row', async () => {
    expect(await csv('a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1,2,3\n')).toEqual([
      [2, 'row has 2 fields, the header 3'],
      [3, 'row has 4 fields, the header 3'],
      [4, { a: '1', b: '2', c: '3' }],
      [5, { a: '1', b: '2', c: '3' }],
    ]);
  });

  test('a column without a name may only be empty', async () => {
    expect(await csv('a,,b,\n1,,2,\n1,,2\n1,x,2,\n')).toEqual([
      [2, { a: '1', b: '2' }],
      [3, { a: '1', b: '2' }],
      [4, 'field 2 holds 1 characters but its column has no name'],
    ]);
  });

  test('headers named like parts of every object are harmless', async () => {
    const [[, value] = []] = await csv('__proto__,constructor\n1,2\n');
    expect(Object.entries(value as object)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
    const [[, plain] = []] = await csv('a\n1\n');
    expect((plain as { toString?: unknown }).toString).toBeUndefined();
  });
});

describe('broken files', () => {
  test('text after a closing quote rejects that row alone', async () => {
    expect(await csv('a,b\n"x"y,1\n1,"z" \n"x\ny"z,2\n3,4\n')).toEqual([
      [2, 'field 1 has text after its closing quote'],
      [3, { a: '1', b: 'z' }],
      [4, 'field 1 has text after its closing quote'],
      [6, { a: '3', b: '4' }],
    ]);
  });

  test('a quote that is never closed is one reject at its line', async () => {
    expect(await csv('a,b\n1,2\n3,"4\n5,6\n7,8\n')).toEqual([
      [2, { a: '1', b: '2' }],
      [3, 'quote is never closed; the rows after it were not read'],
    ]);
  });

  test('a header that cannot be used is an error', async () => {
    expect(await codeOf('\na,b, a\n')).toEqual(['BAD_HEADER', 2, 'column "a" occurs twice']);
    expect(await codeOf('a,"b\n1,2\n')).toEqual(['BAD_HEADER', 1, 'a quote in the header is never closed']);
    expect(await codeOf('a,b\r1,2\r')).toEqual(['BAD_HEADER', 1, 'lines end with a carriage return alone']);
    expect(await codeOf('x'.repeat(2_000_000))).toEqual(['BAD_HEADER', 1, 'the header is longer than 1 MiB']);
    expect(await codeOf('\n'.repeat(2_000_000))).toMatchObject(['BAD_HEADER', expect.any(Number), expect.any(String)]);
  });

  test('a row of more than 16 MiB is rejected; inside quotes it ends the reading', async () => {
    const long = 17 * 1024 * 1024;
    const good = [[3, { a: '1', b: '2' }]];
    expect(await csv(gzipSync(`a,b\n${','.repeat(long)}\n1,2\n`))).toEqual([[2, 'row is longer than 16 MiB'], ...good]);
    expect(await csv(gzipSync(`a,b\n${'x'.repeat(long)}\n1,2\n`))).toEqual([[2, 'row is longer than 16 MiB'], ...good]);
    expect(await csv(gzipSync(`a,b\n1,"${'x'.repeat(long)}"\n1,2\n`))).toEqual([
      [2, 'row is longer than 16 MiB; the rows after it were not read'],
    ]);
  });
});

const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', '模', '😀', "'"), maxLength: 6 });
const cutAt = (text: string, cuts: readonly number[]): string[] => {
  const points = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  return points.slice(1).map((end, index) => text.slice(points[index], end));
};
const rowsOf = (pieces: readonly string[]) => {
  const scanner = new RowScanner({ delimiter: ',', quote: '"' }, 1);
  return [...pieces.flatMap((piece) => scanner.push(piece)), ...scanner.end()];
};

test('a long row is read, and so are those after it, when the piece that ends it takes both beyond 16 MiB', () => {
  const cell = 'x'.repeat(10 * 1024 * 1024);
  const rows = rowsOf([`"${cell.slice(0, -1)}`, `x",1\n${'2,3\n'.repeat(2 * 1024 * 1024)}`]); // 10 and 8 MiB
  expect([rows.length, rows[0]!.fields![0] === cell, rows[1]]).toEqual([
    1 + 2 * 1024 * 1024,
    true,
    { line: 2, fields: ['2', '3'], problem: null },
  ]);
});

test('quoted rows are read as csv-parse reads them, with the lines counted right, in whatever pieces they come', () => {
  const write = (fields: readonly string[]) => fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',');
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), fc.array(fc.nat(), { maxLength: 4 }), (rows, end, cuts) => {
      const text = rows.map((row) => write(row) + end).join('');
      let line = 1;
      const expected = rows.flatMap((fields) => {
        const start = line;
        line += fields.join('').split('\n').length;
        return fields.every((field) => field.trim() === '') ? [] : [{ line: start, fields, problem: null }];
      });
      expect(rowsOf(cutAt(text, cuts))).toEqual(expected);
      const theirs = parse(text, { relax_column_count: true, record_delimiter: ['\r\n', '\n'] }) as string[][];
      expect(theirs.filter((row) => row.some((field) => field.trim() !== ''))).toEqual(
        expected.map(({ fields }) => fields),
      );
    }),
  );
});

test('whatever the text, pieces do not matter and every scan ends', () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 6 }), (cells, cuts) => {
      const text = cells.join('');
      expect(rowsOf(cutAt(text, cuts))).toEqual(rowsOf([text]));
    }),
  );
});
