/**
 * Our CSV reader against csv-parse on random texts. It differs on purpose in four things: lines (csv-parse counts the end
 * `\r\n` of a quoted line twice); text after a closing quote (which breaks one row here, and there the file, or is taken
 * into the field); blanks after a closing quote (allowed here); a carriage return at the very end (half a line end here).
 */

import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Row, RowScanner } from '../../src/files/csv-rows.js';
import { readCsv } from '../../src/files/read-csv.js';
import { anyText, cutAt, cuts, type Dialect, dialect, type Written, type WrittenRow, written } from './csv-dialects.js';
import { csv } from './read-records.js';

/** Rows as csv-parse reads them, those before the first error alone where there is one. */
function theirs(text: string, { delimiter, quote }: Dialect): { rows: string[][]; isWhole: boolean } {
  const rows: string[][] = [];
  try {
    parse(text, {
      ...{ delimiter, quote, escape: quote, relax_column_count: true, relax_quotes: true },
      record_delimiter: ['\r\n', '\n'],
      on_record: (row: string[]) => {
        if (row.some((field) => field.trim() !== '')) rows.push(row);
        return row;
      },
    });
    return { rows, isWhole: true };
  } catch {
    return { rows, isWhole: false };
  }
}

const scan = (of: Dialect, pieces: readonly string[]): Row[] => {
  const scanner = new RowScanner(of, 1);
  return [...pieces.flatMap((text) => scanner.push(text)), ...scanner.end()];
};

async function recordsIn(pieces: readonly string[]): Promise<[number, unknown][]> {
  async function* chunks() {
    yield* pieces;
  }
  const all: [number, unknown][] = [];
  for await (const batch of readCsv(chunks(), 'file'))
    for (const record of batch) all.push([record.line, 'error' in record ? record.error.message : record.value]);
  return all;
}

/** The record a row must become under its header, by the rules for ragged rows, or what is said of it. */
function recordOf({ line, fields }: WrittenRow, header: readonly string[]): [number, unknown] {
  const isRagged = fields.length < header.length || fields.slice(header.length).some((field) => field.trim() !== '');
  return [
    line,
    isRagged
      ? `row has ${fields.length} fields, the header ${header.length}`
      : Object.fromEntries(header.map((name, i) => [name, fields[i]!])),
  ];
}

const expected = ({ rows: [header, ...rows] }: Written): [number, unknown][] =>
  rows.map((row) => recordOf(row, header!.fields));

const plain = (records: readonly [number, unknown][]): unknown =>
  records.map(([line, value]) => [line, typeof value === 'string' ? value : { ...(value as object) }]);

describe('text that is CSV', () => {
  test('is read in every dialect as it was written, and as csv-parse reads it, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(written, cuts, async (file, points) => {
        expect(theirs(file.text, file)).toEqual({ rows: file.rows.map(({ fields }) => fields), isWhole: true });
        expect(plain(await recordsIn(cutAt(file.text, points)))).toEqual(expected(file));
      }),
      { numRuns: 400 },
    );
  });

  test('is read from files, with a byte order mark, as UTF-16 and compressed', async () => {
    const encodings = [
      (text: string) => Buffer.from(text),
      (text: string) => Buffer.from(`\ufeff${text}`),
      (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
      (text: string) => gzipSync(`\ufeff${text}`),
    ];
    await fc.assert(
      fc.asyncProperty(written, fc.constantFrom(...encodings), async (file, bytesOf) => {
        expect(plain(await csv(bytesOf(file.text)))).toEqual(expected(file));
      }),
      { numRuns: 60 },
    );
  });

  test('of many megabytes is read the same, whatever lies at the ends of its chunks', async () => {
    const cells = ['模型', '"quo""ted"', '"two\r\nlines"', '😀😀', '1.5'];
    const lines = Array.from({ length: 60_000 }, (_, i) => cells.map((_, k) => cells[(i + k) % 5]).join(';'));
    const text = `a;b;c;d;e\n${lines.join('\n')}\n`;
    const { rows } = theirs(text, { delimiter: ';', quote: '"' });
    const records = await csv(text);
    expect(records.length).toBe(60_000);
    expect(records.map(([, value]) => Object.values(value as object))).toEqual(rows.slice(1));
    expect(records.at(-1)![0]).toBe(1 + 2 * 60_000 - 1); // every row has one line end inside quotes
  });
});

describe('any text', () => {
  test('is read as csv-parse reads it up to the first row that is broken here', () => {
    fc.assert(
      fc.property(anyText, dialect, cuts, (text, of, points) => {
        fc.pre(!text.endsWith('\r') && !text.includes(`${of.quote} `));
        const ours = scan(of, cutAt(text, points));
        const { rows, isWhole } = theirs(text, of);
        const broken = ours.findIndex(({ fields }) => fields === null);
        const good = broken === -1 ? ours : ours.slice(0, broken);
        expect(good.map(({ fields }) => fields)).toEqual(rows.slice(0, good.length));
        if (broken === -1) expect([rows.length, isWhole]).toEqual([good.length, true]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('gives rows whose lines ascend and whose text is all there, broken or not', () => {
    fc.assert(
      fc.property(anyText, dialect, cuts, (text, of, points) => {
        const rows = scan(of, cutAt(text, points));
        expect(rows).toEqual(scan(of, [text]));
        const lines = rows.map(({ line }) => line);
        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
        expect(lines.every((line) => line <= text.split('\n').length)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
