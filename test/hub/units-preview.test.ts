import { expect, test } from 'vitest';
import { previewUnits } from '../../src/hub/units-preview.js';
import { rule, totals } from './origins.js';

const UNITS = [
  { id: 'wukong', name: 'Wukong', stage: 'apply' as const, owner: null },
  { id: 'qianwen', name: null, stage: null, owner: null },
];

test('each unit shows what it has now and what it would have', () => {
  const preview = previewUnits({
    units: UNITS,
    rules: [rule({ unit: 'wukong', fields: { key: ['1'] } }), rule({ unit: 'qianwen', fields: { key: ['9'] } })],
    origins: [
      totals({ key: '1' }, { unit: null, events: 3n, tokens: 30n }),
      totals({ key: '2', unit: 'other' }, { unit: 'other', events: 2n, tokens: 20n }),
      totals({ key: '3' }, { unit: 'wukong', events: 1n, tokens: 5n }),
    ],
  });
  expect(preview.units).toEqual([
    {
      unit: 'wukong',
      name: 'Wukong',
      stage: 'apply',
      now: { events: 1n, tokens: 5n },
      after: { events: 3n, tokens: 30n },
      difference: { events: 2n, tokens: 25n },
    },
    { unit: 'qianwen', name: null, stage: null, now: { events: 0n, tokens: 0n }, after: { events: 0n, tokens: 0n } },
    { unit: 'other', name: null, stage: null, now: { events: 2n, tokens: 20n }, after: { events: 2n, tokens: 20n } },
    { unit: null, name: null, stage: null, now: { events: 3n, tokens: 30n }, after: { events: 1n, tokens: 5n } },
  ]);
  // moved: 3 events from unassigned to wukong, 1 from wukong to unassigned
  expect(preview.changed).toEqual({ events: 4n, tokens: 35n });
  expect(preview.rules.map(({ rule, unit, events, tokens }) => [rule, unit, events, tokens])).toEqual([
    [1, 'wukong', 3n, 30n],
    [2, 'qianwen', 0n, 0n],
  ]);
  expect(preview.unmatched).toEqual([2]);
  expect(preview.unassigned).toMatchObject([{ origin: { key: '3' }, events: 1n, tokens: 5n }]);
});

test('unassigned origins are added over days, the largest first, and the smallest only counted', () => {
  const origins = Array.from({ length: 13 }, (_, i) => totals({ key: `k${i}` }, { tokens: BigInt(i) }));
  const again = totals({ key: 'k0' }, { day: '2026-10-06', tokens: 100n });
  const { unassigned, moreUnassigned } = previewUnits({
    units: [],
    rules: [],
    origins: [...origins, again],
  });
  expect(unassigned.map(({ origin, tokens }) => [origin.key, tokens]).slice(0, 2)).toEqual([
    ['k0', 100n],
    ['k12', 12n],
  ]);
  expect([unassigned.length, moreUnassigned]).toEqual([10, 3]);
});
