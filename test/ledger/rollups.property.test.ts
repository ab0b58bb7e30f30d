import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RuleFacts } from '../../src/hub/origins.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { Dictionaries } from '../../src/ledger/sqlite/dictionaries.js';
import { rebuildRollups } from '../../src/ledger/sqlite/rebuild-rollups.js';
import type { StoredDimension } from '../../src/report/dimension.js';
import { periodFrom } from '../../src/report/period.js';
import type { CellQuery, CostChoice } from '../../src/report/query.js';
import { APP, entry, importFile } from './entries.js';
import { rawLedger, rollupsIn } from './raw-ledger.js';
import { ASSESS, buckets, entriesOf, type Line, requests, type Sizes, SMALL, spans } from './usage-logs.js';

const ZONES = ['UTC', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe'];
const DIMENSIONS: readonly (readonly StoredDimension[])[] = [
  [],
  ['unit'],
  ['model', 'unit'],
  ['model'],
  ['provider'],
  ['agent'],
  ['charge', 'unit'],
];
const UNFILTERED = { units: null, models: null, filters: [], latency: false, top: null } as const;
const PERIODS = [{}, { period: '2026-03' }, { from: '2026-03-08', to: '2026-04-04' }, { to: '2026-03-31' }] as const;
const COSTS: readonly CostChoice[] = ['auto', 'billed', 'computed', 'claimed'];
const LARGE: Sizes = {
  count: fc.constantFrom(0, 1, 2 ** 38, 2 ** 38 + 1, 2 ** 53 - 1),
  pico: fc.constantFrom(1n, -1n, 2n ** 63n - 1n, -(2n ** 63n - 1n), 2n ** 53n + 1n),
};

async function ledgerWith(zone: string, lines: readonly Line[]) {
  const raw = rawLedger();
  await raw.ledger.begin();
  await raw.ledger.keepTotalsIn(zone);
  await raw.ledger.commit();
  await importFile(raw.ledger, entriesOf(lines), { assess: ASSESS });
  return raw;
}

/** Everything reports ask, over whole days of the home zone. */
async function answers(ledger: Ledger, timeZone: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const choice of PERIODS) {
    const window = periodFrom(choice, { now: 0, timeZone });
    for (const cost of COSTS) {
      all.push(await ledger.presence(window, cost));
      for (const by of DIMENSIONS)
        for (const days of ['each', 'month', 'all'] as const)
          all.push(await ledger.cells({ window, by, cost, days, ...UNFILTERED }));
    }
  }
  return all;
}

// One recording: where two may hold the same request, reports never use the rollups.
const ONE = fc.constant(APP);
const logs = (line: fc.Arbitrary<Line>) =>
  fc.record({
    zone: fc.constantFrom(...ZONES),
    lines: fc.array(line, { minLength: 1, maxLength: 12 }),
  });

test('what reports are told from the rollups is what the events say', async () => {
  await fc.assert(
    fc.asyncProperty(logs(fc.oneof(requests(SMALL, ONE), buckets(SMALL, ONE))), async ({ zone, lines }) => {
      const { db, ledger } = await ledgerWith(zone, lines);
      const fromRollups = await answers(ledger, zone);
      db.exec('UPDATE home SET exact = 0');
      expect(fromRollups).toEqual(await answers(ledger, zone));
    }),
    { numRuns: 20 },
  );
}, 120_000);

const EVERYTHING: CellQuery = {
  window: { from: null, to: null, firstDay: null, lastDay: null, timeZone: 'UTC' },
  ...{ by: [], cost: 'claimed', days: 'all', ...UNFILTERED },
};

test('figures too large for the rollups are added exactly all the same', async () => {
  await fc.assert(
    fc.asyncProperty(logs(requests(LARGE, ONE)), async ({ zone, lines }) => {
      const { db, ledger } = await ledgerWith(zone, lines);
      const events = db
        .prepare<unknown[], { output: bigint | null; claimed: bigint | null }>('SELECT * FROM event')
        .all();
      const add = (values: readonly (bigint | null)[]) =>
        values.reduce<bigint>((sum, value) => sum + (value ?? 0n), 0n);
      for (const timeZone of [zone, 'Pacific/Auckland']) {
        const cells = await ledger.cells({ ...EVERYTHING, window: { ...EVERYTHING.window, timeZone } });
        expect(add(cells.map(({ tokens }) => tokens.output))).toBe(add(events.map(({ output }) => output)));
        // A claimed 0 beside tokens is unknown, and adds nothing either way.
        expect(add(cells.map(({ cost }) => cost?.pico ?? null))).toBe(add(events.map(({ claimed }) => claimed)));
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('so many large figures of one cell that floats would lose the last digits are added exactly', async () => {
  const { db, ledger } = await ledgerWith('UTC', []);
  const calls = Array.from({ length: 40_000 }, (_, i) =>
    entry({ id: `r${i}`, record: i + 2, event: { tokens: { output: 2 ** 38 - 1 } } }),
  );
  await importFile(ledger, calls);
  expect(db.prepare('SELECT exact FROM home').pluck().get()).toBe(1n);
  const [cell] = await ledger.cells(EVERYTHING);
  expect(cell?.tokens.output).toBe(40_000n * (2n ** 38n - 1n)); // 1.1e16, odd multiples of what 2^53 can hold
});

test('a request that a document of many holds twice counts once, wherever in it', async () => {
  // Ids 0 to 99, then 3 again: all of them events of the record on line 1.
  const ids = [...Array(100).keys(), 3].map((id) =>
    entry({ id: `r${id}`, record: 1, event: { tokens: { output: 1 } } }),
  );
  const { ledger } = await ledgerWith('UTC', []);
  expect(await importFile(ledger, ids)).toMatchObject({ added: 100, duplicate: 1 });
  const [cell] = await ledger.cells(EVERYTHING);
  expect(cell).toMatchObject({ events: 100n, tokens: { output: 100n } });
});

const some = fc.constantFrom;
const units = some(null, 'a', 'b', 'c');
/** Rules as a table: which unit a combination of what rules see gets. */
const assignments = fc
  .record({
    byKey: fc.dictionary(some('k1', 'k2', 'null'), units),
    late: units,
    edge: some(null, '2026-03-09', '2026-04-01'),
  })
  .map(({ byKey, late, edge }) => ({
    edges: edge === null ? [] : [edge],
    assign: ({ origin, day, model }: RuleFacts): string | null =>
      edge !== null && day >= edge ? late : model === 'free' ? 'free of charge' : (byKey[`${origin.key}`] ?? null),
  }));

test('after other rules were applied the rollups are what they would be if made anew, and nothing is gained or lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      logs(fc.oneof(requests(SMALL, ONE), buckets(SMALL, ONE), spans(ONE))),
      fc.array(assignments, { minLength: 1, maxLength: 3 }),
      some(...ZONES),
      async ({ zone, lines }, changes, rulesZone) => {
        const { db, ledger } = await ledgerWith(zone, lines);
        const before = await totalsOf(ledger, zone);
        for (const [i, rules] of changes.entries()) {
          await ledger.begin();
          await ledger.applyRules({ hash: `${i}`, json: `${i}` }, { timeZone: rulesZone, ...rules, reads: () => true });
          await ledger.commit();
          const moved = rollupsIn(db);
          db.exec('BEGIN');
          rebuildRollups(db, new Dictionaries(db), zone);
          db.exec('COMMIT');
          expect(moved).toEqual(rollupsIn(db));
          expect(await totalsOf(ledger, zone)).toEqual(before);
        }
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

/** All events, tokens and costs, from the rollups. */
async function totalsOf(ledger: Ledger, timeZone: string): Promise<unknown[]> {
  const window = periodFrom({}, { now: 0, timeZone });
  const cells = await Promise.all(
    COSTS.map((cost) => ledger.cells({ window, by: [], cost, days: 'all', ...UNFILTERED })),
  );
  return cells.map((ofCost) =>
    ofCost
      .map(({ events, requests, tokens, cost }) => ({ events, requests, tokens, cost }))
      .map((cell) => JSON.stringify(cell, (_, v) => (typeof v === 'bigint' ? `${v}` : v)))
      .sort(),
  );
}
