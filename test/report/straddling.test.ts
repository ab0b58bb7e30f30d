import { expect, test } from 'vitest';
import { periodFrom } from '../../src/report/period.js';
import { cutWindow, straddlingsOf } from '../../src/report/straddling.js';
import { BILL, cell, NO_SUMS, ONE, present } from './cells.js';

const at = (from: string, to: string) => periodFrom({ from, to }, { now: 0, timeZone: 'UTC' });

test('a window with an edge asks for what it cuts, all recorded time has no edge', () => {
  const window = at('2026-10-01', '2026-10-31');
  expect(cutWindow(window)).toEqual({ ...window, only: 'cut' });
  expect(cutWindow(periodFrom({}, { now: 0, timeZone: 'UTC' }))).toBeNull();
});

test('each length and date is a line that sums what the recordings read hold of it, in order of the days', () => {
  const tokens = { ...NO_SUMS, input: 70n, output: 30n };
  const cost = { currency: 'USD', pico: 5n, kind: 'computed' as const };
  const cells = [
    cell({ day: '2026-10-31', grain: 'day', events: 2n, tokens, cost }),
    cell({ day: '2026-10-01', grain: 'hour', tokens }),
    cell({ day: '2026-10-01', grain: 'day', tokens }),
  ];
  const presence = cells.map(({ day, grain }) => present({ day, grain }));
  // 70 + 30 = 100; the day bucket of the 1st is left out for its hours
  expect(straddlingsOf(cells, presence, 'auto')).toEqual([
    { day: '2026-10-01', grain: 'hour', events: 1n, tokens: 100n, cost: {} },
    { day: '2026-10-31', grain: 'day', events: 2n, tokens: 100n, cost: { USD: '0.000000000005' } },
  ]);
  expect(straddlingsOf([], [], 'auto')).toEqual([]);
});

test('a bill that is read for its money alone has a line, too', () => {
  const bill = { recording: BILL, day: '2026-10-01..2026-10-31', grain: 'range' as const };
  const cells = [cell({ ...bill, cost: { currency: 'USD', pico: ONE, kind: 'billed' } })];
  const presence = [present({ ...bill, tokens: 0n, billedEvents: 1n })];
  expect(straddlingsOf(cells, presence, 'auto')).toMatchObject([{ events: 1n, tokens: null, cost: { USD: '1' } }]);
});
