import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportFacts } from '../../src/cli/flows/report-facts.js';
import type { Entry } from '../../src/ledger/ledger.js';
import { openSqliteLedger } from '../../src/ledger/sqlite/open.js';
import { breakdown, type ReportFacts } from '../../src/report/breakdown.js';
import { cellQueryOf } from '../../src/report/dimensions.js';
import type { CostChoice, ReportQuery, Window } from '../../src/report/query.js';
import type { Sort } from '../../src/report/row-order.js';
import type { Recording } from '../../src/usage/recording.js';
import { query } from '../report/cells.js';
import { ALL, APP, cny, entry, importFile, UNPRICED, usd } from './entries.js';

const OTHER: Recording = { ...APP, account: 'other' };
const AGENTS = [null, '(others, 2)', ...'abcdefgh'];
const SORTS: readonly (Sort | null)[] = [
  null,
  ...(['tokens', 'cost', 'requests'] as const).map((key): Sort => ({ key, direction: 'desc' })),
  { key: 'tokens', direction: 'asc' },
];
const COSTS: readonly CostChoice[] = ['auto', 'computed', 'claimed'];
const FILTERS: readonly ReportQuery['filters'][] = [
  [],
  [{ field: 'agent', op: '!=', values: ['a', null] }],
  [{ field: 'account', op: '=', values: ['other'] }],
];

const HOUR = 3_600_000;
const DAY = Date.UTC(2026, 9, 5);
/** Of all time, of a day and of some hours. */
const WINDOWS: readonly Window[] = [
  ALL,
  { from: DAY, to: DAY + 24 * HOUR, firstDay: '2026-10-05', lastDay: '2026-10-05', timeZone: 'UTC' },
  { from: DAY + HOUR, to: DAY + 40 * HOUR, firstDay: '2026-10-05', lastDay: '2026-10-06', timeZone: 'UTC' },
];

const few = fc.nat({ max: 3 });
const call = fc.record({
  recording: fc.constantFrom(APP, OTHER),
  agent: fc.constantFrom(...AGENTS),
  tokens: fc.record({ input: few, cacheRead: fc.option(few), output: fc.option(few), reasoning: fc.option(few) }),
  requests: few,
  plan: fc.constantFrom(null, null, 'free quota'),
  unit: fc.constantFrom(null, 'wukong'),
  session: fc.constantFrom(null, 's1', 's2', 's3', 's4', 's5'),
  quantities: fc.constantFrom<Record<string, bigint>[]>({}, {}, { images: 2n }, { images: 0n, seconds: 3n }),
  hour: fc.constantFrom(0, 12, 30),
  cost: fc.constantFrom('none', 'own', 'own', 'own'),
  pico: fc.bigInt({ min: -1n, max: 3n }).map((small) => small * 2n ** 31n),
});
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

/** Costs of `currencies[0]`, those of the other account of the last one. */
const entriesOf = (calls: readonly Call[], currencies: readonly string[]): Entry[] =>
  calls.map(({ recording, cost, pico, unit, hour, agent, session, tokens, quantities, requests, plan }, i) => {
    const currency = recording === OTHER ? currencies.at(-1) : currencies[0];
    const statedCost = cost === 'none' ? null : { currency: currency!, pico, text: null };
    return entry({
      ...{ recording, unit, id: `r${i}`, record: i + 2 },
      computed: cost === 'none' ? UNPRICED : currency === 'USD' ? usd(pico) : cny(pico),
      event: {
        ...{ at: DAY + hour * HOUR, agent, session, tokens, quantities, requests, plan, statedCost },
        account: recording.account,
      },
    });
  });

const textOf = (facts: ReportFacts) => {
  try {
    return breakdown(facts);
  } catch (error) {
    return String(error);
  }
};

test('a report of the first agents or sessions is the same where the ledger adds up the others', async () => {
  const compared = { tokens: 0, cost: 0, withQuantities: 0, ofWindows: 0, bySession: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { minLength: 4, maxLength: 25 }),
      fc.constantFrom(['USD'], ['USD'], ['CNY', 'USD'], ['USD', 'CNY']),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(...WINDOWS),
      fc.record({ by: fc.constantFrom<('agent' | 'session')[]>('agent', 'session'), hasQuantities: fc.boolean() }),
      async (made, currencies, top, window, { by, hasQuantities }) => {
        const calls = hasQuantities ? made : made.map((call) => ({ ...call, quantities: {} }));
        await using ledger = await openSqliteLedger({ path: ':memory:', mode: 'create' });
        await ledger.begin();
        await ledger.keepTotalsIn('UTC');
        await ledger.commit();
        const entries = entriesOf(calls, currencies);
        const assessed = new Map(entries.map(({ event, computed, unit }) => [event.id, { computed, unit }]));
        await importFile(ledger, entries, { assess: ({ id }) => assessed.get(id)! });
        for (const sort of SORTS)
          for (const cost of COSTS)
            for (const filters of FILTERS) {
              const asked = query({ by: [by], window, sort, top, cost, filters });
              const facts = await reportFacts(ledger, {
                query: asked,
                before: null,
                rules: null,
                accounts: {},
                days: 'any',
                byUnit: false,
              });
              const each = { ...facts, cells: await ledger.cells(cellQueryOf(asked, 'all')) };
              expect(textOf(facts)).toEqual(textOf(each));
              const isAdded = facts.cells.some(({ others }) => others !== null);
              if (!isAdded) continue;
              compared[sort?.key === 'tokens' ? 'tokens' : 'cost']++;
              if (hasQuantities) compared.withQuantities++;
              if (window !== ALL) compared.ofWindows++;
              if (by === 'session') compared.bySession++;
            }
      },
    ),
    { numRuns: 60 },
  );
  for (const times of Object.values(compared)) expect(times).toBeGreaterThan(60);
}, 120_000);
