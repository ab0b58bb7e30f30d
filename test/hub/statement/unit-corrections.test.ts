import { expect, test } from 'vitest';
import { correctionsOf } from '../../../src/hub/closing/correction.js';
import { unitCorrections } from '../../../src/hub/statement/unit-corrections.js';
import { line, usd } from '../closing/lines.js';

const added = [{ id: 2, path: 'logs/late.csv', sha256: 's' }];
const nameOf = (path: string): string => path.replace('logs/', '');

test('what moved from one unit of a statement to another is no correction of it, and one of each alone', () => {
  const [before, now] = [[line({ unit: 'a', cost: usd(5n) })], [line({ unit: 'b', cost: usd(5n) })]];
  const moved = [{ closing: 1, period: '2026-10', cause: { added, removed: [] }, lines: correctionsOf(before, now) }];
  expect(unitCorrections(moved, new Set(['a', 'b']), nameOf)).toEqual({ lines: [], told: [] });
  const picos = (unit: string) => unitCorrections(moved, new Set([unit]), nameOf).lines.map(({ pico }) => pico);
  expect([picos('a'), picos('b'), picos('c')]).toEqual([[-5n], [5n], []]);
});

test('a correction without an amount is told as tokens, with the names of the files', () => {
  const late = [line({ unit: null, cost: null, price: null, unpriced: 'no price' })];
  const of = [{ closing: 1, period: '2026-10', cause: { added, removed: added }, lines: correctionsOf([], late) }];
  const { lines, told } = unitCorrections(of, new Set([null]), nameOf);
  expect(lines).toEqual([]);
  expect(told).toMatchObject([
    { period: '2026-10', added: ['late.csv'], removed: ['late.csv'], costless: { events: 1n } },
  ]);
});
