import { isAscii } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOfCells } from '../../../src/usage/reading/cell-hash.js';
import { CellTable } from '../../../src/usage/reading/cell-table.js';
import type { PlainRow } from '../../../src/usage/source.js';

/** Cells as a row holds them. */
function rowOf(cells: readonly string[], width: 1 | 2 = 2): PlainRow {
  const text = cells.join(',');
  const starts = Int32Array.from(cells, (_, i) => cells.slice(0, i).join(',').length + (i === 0 ? 0 : 1));
  const codes = width === 1 ? new Uint8Array(text.length) : new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) codes[i] = text.charCodeAt(i);
  return {
    columns: cells,
    cut: (start, end) => text.slice(start, end),
    codes,
    bytes: new DataView(codes.buffer),
    width,
    starts,
    ends: Int32Array.from(cells, (cell, i) => starts[i]! + cell.length),
  };
}

const numbered = (table: CellTable, cells: readonly string[], width: 1 | 2 = 2): number => {
  const [row, all] = [rowOf(cells, width), cells.map((_, i) => i)];
  const found = table.find(row, all);
  return found === -1 ? table.add(row, all) : found;
};

const HASHES = {
  'as they are hashed': hashOfCells,
  'with hashes of two bits, so that most collide': (row: PlainRow, cells: readonly number[]) =>
    hashOfCells(row, cells) & 3,
};

test.each(Object.entries(HASHES))('cells are numbered in order of appearance, equal ones alike, %s', (_, hashOf) => {
  const cell = fc.oneof(
    fc.constantFrom('', 'a', 'ab', 'b', '\u0080', '\u80a0\ud83d', 'a\u0080'),
    fc.string({ maxLength: 3 }),
    fc.nat().map(String),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, fc.constantFrom(1, 2)), { maxLength: 300 }), (rows) => {
      const table = new CellTable(1000, hashOf);
      const numbers = new Map<string, number>();
      for (const [one, other, wished] of rows) {
        const width = isAscii(Buffer.from(one + other)) ? wished : 2;
        const key = JSON.stringify([one, other, width]);
        const expected = numbers.get(key) ?? numbers.size;
        numbers.set(key, expected);
        expect(numbered(table, [one, other], width)).toBe(expected);
      }
    }),
  );
});

test('cells are told apart from those that read the same when joined', () => {
  const table = new CellTable(10);
  expect(numbered(table, ['a', 'bc'])).toBe(0);
  expect(numbered(table, ['ab', 'c'])).toBe(1);
  expect(numbered(table, ['abc', ''])).toBe(2);
});

test('cells whose bytes are the same, one byte a code and two, are told apart', () => {
  const table = new CellTable(10, () => 0);
  expect(numbered(table, ['a\u0000'], 1)).toBe(0);
  expect(numbered(table, ['a'], 2)).toBe(1);
  expect(numbered(table, ['a\u0000'], 1)).toBe(0);
});

test('with more than it may remember all are forgotten, and numbers go on', () => {
  const table = new CellTable(2);
  const numbers = ['a', 'b', 'a', 'c', 'a', 'c'].map((cell) => numbered(table, [cell]));
  expect(numbers).toEqual([0, 1, 0, 2, 3, 2]);
  expect(table.first).toBe(2);
});

test('cells too long for it have no number', () => {
  const table = new CellTable(2);
  expect(numbered(table, ['x'.repeat(0x10000)], 1)).toBe(-1);
  expect(numbered(table, ['x'.repeat(0xffff)], 1)).toBe(0);
  expect(numbered(table, ['x'.repeat(0xffff)], 1)).toBe(0);
  expect(numbered(table, ['x'.repeat(0x8000)], 2)).toBe(-1);
  expect(numbered(table, ['x'.repeat(0x7fff)], 2)).toBe(1);
});

test('cells that differ in one code have other hashes', () => {
  const cells = [
    '',
    'a',
    'b',
    'aa',
    'ab',
    'ba',
    '\u0100',
    'agent-1',
    'agent-2',
    'agent-10',
    'abcd',
    'abcf',
    'bbcd',
    'a\u0100cd',
  ];
  expect(new Set(cells.map((cell) => hashOfCells(rowOf([cell]), [0]))).size).toBe(cells.length);
});
