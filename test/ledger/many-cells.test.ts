/** Totals that are more than are gathered in memory at once. */

import { expect, test } from 'vitest';
import { Dictionaries } from '../../src/ledger/sqlite/dictionaries.js';
import { rebuildRollups } from '../../src/ledger/sqlite/rebuild-rollups.js';
import { at, entry, importFile, usd } from './entries.js';
import { rawLedger, rollupsIn } from './raw-ledger.js';

const DAY_MS = 86_400_000;
const FIRST = at('2026-01-01T00:00:00Z');

/** Each unit once a day; the first days once more at the end, when they were written before. */
const dailyCalls = [...Array.from({ length: 300 }, (_, day) => day), 0, 1].flatMap((day, round) =>
  Array.from({ length: 200 }, (_, unit) =>
    entry({
      id: `r-${round}-${unit}`,
      unit: `u${unit}`,
      computed: usd(BigInt(unit)),
      event: { at: FIRST + day * DAY_MS, agent: `a${unit}`, latencyMs: unit, tokens: { input: day, output: 1 } },
    }),
  ),
);
const callsOfModels = Array.from({ length: 51_000 }, (_, i) =>
  entry({ id: `r-${i}`, event: { at: FIRST, model: `m${i}`, tokens: { input: i } } }),
);

test.each([
  ['days and units', dailyCalls, 60_000], // 300 x 200
  ['models', callsOfModels, 51_000],
])('of many %s are what the events say', async (_, entries, cells) => {
  const { db, ledger } = rawLedger();
  await ledger.begin();
  await ledger.keepTotalsIn('UTC');
  await ledger.commit();
  await importFile(ledger, entries);
  const kept = rollupsIn(db);
  expect(kept.unit).toHaveLength(cells);
  rebuildRollups(db, new Dictionaries(db), 'UTC');
  expect(rollupsIn(db)).toEqual(kept);
});

test('a count too large for sums, in the midst of many cells, ends the totals, and reports add up the events', async () => {
  const large = entry({ id: 'large', event: { at: FIRST, tokens: { input: 2 ** 39 } } });
  const { db, ledger } = rawLedger();
  await ledger.begin();
  await ledger.keepTotalsIn('UTC');
  await ledger.commit();
  await importFile(ledger, [...dailyCalls.slice(0, 51_000), large, ...dailyCalls.slice(51_000)]);
  const { home, ...totals } = rollupsIn(db);
  expect(home).toEqual([JSON.stringify({ one: '1', time_zone: 'UTC', exact: '0' })]);
  expect(Object.values(totals).flat()).toEqual([]);
  const window = { from: null, to: null, firstDay: null, lastDay: null, timeZone: 'UTC' };
  const query = {
    window,
    by: [],
    cost: 'auto',
    days: 'all',
    units: null,
    models: null,
    filters: [],
    latency: false,
    top: null,
  } as const;
  const cells = await ledger.cells(query);
  // 200 x (0 + 1 + ... + 299) + 200 x (0 + 1), and the large one
  expect(cells.reduce((sum, { tokens }) => sum + tokens.input!, 0n)).toBe(200n * 44_850n + 200n + 2n ** 39n);
});
