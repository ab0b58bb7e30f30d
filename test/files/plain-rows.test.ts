/** Rows told apart in place, against the scanner of all dialects, which is compared with csv-parse. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordOf } from '../../src/files/csv-record.js';
import { RowScanner } from '../../src/files/csv-rows.js';
import { PlainRows, RowPlace } from '../../src/files/plain-rows.js';
import type { PlainRow, RawRecord } from '../../src/usage/source.js';

const COLUMNS = ['a', 'b', 'c'];
const DIALECT = { delimiter: ',', quote: '"' } as const;

const cell = fc.oneof(
  fc.constantFrom('', ' ', 'x', 'x\r', '\r', ' x ', '12', 'ü', '\u{1f600}', 'agent-1'),
  fc.string({ maxLength: 5 }).map((text) => text.replace(/[",\n]/g, '')),
);
/** Two to five cells, of which three are right. */
const row = fc.oneof(fc.array(cell, { minLength: 2, maxLength: 5 }), fc.tuple(cell, cell, cell));
const text = fc
  .array(fc.tuple(row, fc.constantFrom('\n', '\r\n')))
  .map((rows) => rows.map(([cells, end]) => cells.join(',') + end).join(''));

const shown = (record: RawRecord | { line: number; error: Error }) =>
  'error' in record
    ? [record.line, record.error.message]
    : [record.line, record.value, record.row?.columns, record.row?.cells.slice(0, COLUMNS.length)];

const isAsciiText = (of: string) => /^[\0-\x7f]*$/.test(of);

/** ASCII is given as bytes, as files of it are. */
const plainRows = (of: string, place = new RowPlace(), line = 2) =>
  new PlainRows({ text: isAsciiText(of) ? Buffer.from(of) : of, line, delimiter: ',', columns: COLUMNS }, place);

const cellsOf = ({ cut, starts, ends }: PlainRow, place: PlainRow) =>
  COLUMNS.map((_, i) => cut.call(place, starts[i]!, ends[i]!));

test('rows without quotes are the records that the scanner of all dialects makes of them', () => {
  fc.assert(
    fc.property(text, (of) => {
      const expected = new RowScanner(DIALECT, 2).push(of).map((each) => recordOf(each, COLUMNS));
      expect([...plainRows(of)].map(shown)).toEqual(expected.map(shown));
    }),
    { numRuns: 2000 },
  );
});

test('cells stand where they are said to, whenever they are asked for', () => {
  fc.assert(
    fc.property(text, text, (first, second) => {
      const place = new RowPlace();
      const records = [...plainRows(first, place), ...plainRows(second, place)];
      for (const record of [...records].reverse()) {
        if (!('value' in record) || record.plain === undefined) continue;
        const cells = cellsOf(record.plain, record.plain);
        expect(cells).toEqual(record.row!.cells);
      }
    }),
    { numRuns: 500 },
  );
});

test('codes are those of the text', () => {
  const [record] = [...plainRows('x\u{1f600},2,ü\n')] as [RawRecord];
  const { codes, starts, ends } = record.plain!;
  expect(String.fromCharCode(...codes.subarray(starts[0], ends[2]))).toBe('x\u{1f600},2,ü');
});

test('bytes that begin and end within lines are told apart as their text is', () => {
  fc.assert(
    fc.property(text.filter(isAsciiText), fc.array(fc.nat({ max: 40 }), { maxLength: 4 }), (of, cuts) => {
      const expected = new RowScanner(DIALECT, 2).push(of).map((each) => recordOf(each, COLUMNS));
      const scanner = new RowScanner(DIALECT, 2);
      const place = new RowPlace();
      const records = pieces(of, cuts).flatMap((piece) => {
        const lines = scanner.takePlain(Buffer.from(piece));
        if (lines === null) return scanner.push(piece).map((each) => recordOf(each, COLUMNS));
        return lines.flatMap((each) => [...new PlainRows({ ...each, delimiter: ',', columns: COLUMNS }, place)]);
      });
      expect(records.map(shown)).toEqual(expected.map(shown));
    }),
    { numRuns: 1000 },
  );
});

/** A text in pieces of these lengths, and the rest. */
function pieces(of: string, lengths: readonly number[]): string[] {
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, length) => sum + length, 0));
  return [0, ...ends].map((start, i) => of.slice(start, ends[i]));
}

test('a text with a quote, with no whole line, or while a row is skipped is left to the scanner', () => {
  const scanner = new RowScanner(DIALECT, 1);
  expect(scanner.takePlain('1,"2",3\n')).toBeNull();
  expect(scanner.takePlain(Buffer.from('1,"2",3\n'))).toBeNull();
  expect(scanner.takePlain('1,2')).toBeNull();
  expect(scanner.takePlain(Buffer.from('1,2'))).toBeNull();
  expect(scanner.takePlain('1,2,3\n4,5')).toEqual([{ text: '1,2,3\n', line: 1 }]);
  expect(scanner.takePlain(',6\r\n\n7')).toEqual([{ text: '4,5,6\r\n\n', line: 2 }]);
  expect(scanner.takePlain(Buffer.from(',8\n9,10\n11'))).toEqual([
    { text: Buffer.from('7,8\n'), line: 4 },
    { text: Buffer.from('9,10\n'), line: 5 },
  ]);
  expect(scanner.takePlain(',"12"\n')).toBeNull();
  expect(scanner.push(',"12"\n')).toEqual([{ line: 6, fields: ['11', '12'], problem: null }]);
  expect(scanner.line).toBe(7);
});
