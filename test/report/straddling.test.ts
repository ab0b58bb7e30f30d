import { expect, test } from 'vitest';
import { periodFrom } from '../../src/report/period.js';
import { cutWindows, straddlingOf } from '../../src/report/straddling.js';
import { APP, cell, NO_SUMS, present } from './cells.js';

const at = (from: string, to: string, timeZone = 'UTC') => periodFrom({ from, to }, { now: 0, timeZone });

test('a window of whole days cuts no daily bucket', () => {
  expect(cutWindows(at('2026-10-01', '2026-10-31'))).toEqual([]);
});

test('an edge inside a day cuts the buckets of that day alone', () => {
  const windows = cutWindows(at('2026-10-01T06:00', '2026-10-31T18:00', 'Asia/Shanghai'));
  expect(windows.map(({ firstDay, lastDay, from, to }) => [firstDay, lastDay, from, to])).toEqual([
    ['2026-10-01', '2026-10-01', 0, 0],
    ['2026-10-31', '2026-10-31', 0, 0],
  ]);
});

test('a window inside one day cuts its buckets once', () => {
  expect(cutWindows(at('2026-10-05T06:00', '2026-10-05T18:00')).map(({ firstDay }) => firstDay)).toEqual([
    '2026-10-05',
  ]);
});

test('the line of a date sums what the recordings read hold of it, and there is none without buckets', () => {
  const [window] = cutWindows(at('2026-10-05T06:00', '2026-10-06'));
  const cells = [
    cell({
      grain: 'day',
      events: 2n,
      tokens: { ...NO_SUMS, input: 70n, output: 30n },
      cost: { currency: 'USD', pico: 5n, kind: 'computed' },
    }),
  ];
  const presence = [present({ recording: APP, grain: 'day', events: 2n })];
  // 70 + 30 = 100
  expect(straddlingOf(window!, cells, presence, 'auto')).toEqual({
    day: '2026-10-05',
    events: 2n,
    tokens: 100n,
    cost: { USD: '0.000000000005' },
  });
  expect(straddlingOf(window!, [], [], 'auto')).toBeNull();
});
