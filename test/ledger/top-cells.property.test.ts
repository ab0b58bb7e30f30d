import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportFacts } from '../../src/cli/flows/report-facts.js';
import type { Entry } from '../../src/ledger/ledger.js';
import { openSqliteLedger } from '../../src/ledger/sqlite/open.js';
import { breakdown, type ReportFacts } from '../../src/report/breakdown.js';
import { cellQueryOf } from '../../src/report/dimensions.js';
import type { CostChoice, ReportQuery } from '../../src/report/query.js';
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

const few = fc.nat({ max: 3 });
const call = fc.record({
  recording: fc.constantFrom(APP, OTHER),
  agent: fc.constantFrom(...AGENTS),
  tokens: fc.record({ input: few, cacheRead: fc.option(few), output: fc.option(few), reasoning: fc.option(few) }),
  requests: few,
  plan: fc.constantFrom(null, null, 'free quota'),
  unit: fc.constantFrom(null, 'wukong'),
  cost: fc.constantFrom('none', 'own', 'own', 'own'),
  pico: fc.bigInt({ min: -1n, max: 3n }).map((small) => small * 2n ** 31n),
});
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

/** Costs of `currencies[0]`, those of the other account of the last one. */
const entriesOf = (calls: readonly Call[], currencies: readonly string[]): Entry[] =>
  calls.map(({ recording, cost, pico, unit, agent, tokens, requests, plan }, i) => {
    const currency = recording === OTHER ? currencies.at(-1) : currencies[0];
    const statedCost = cost === 'none' ? null : { currency: currency!, pico, text: null };
    return entry({
      ...{ recording, unit, id: `r${i}`, record: i + 2 },
      computed: cost === 'none' ? UNPRICED : currency === 'USD' ? usd(pico) : cny(pico),
      event: { agent, tokens, requests, plan, statedCost, account: recording.account },
    });
  });

const textOf = (facts: ReportFacts) => {
  try {
    return breakdown(facts);
  } catch (error) {
    return String(error);
  }
};

test('a report of the first agents is the same where the ledger adds up the others', async () => {
  const compared = { tokens: 0, cost: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { minLength: 4, maxLength: 25 }),
      fc.constantFrom(['USD'], ['USD'], ['CNY', 'USD'], ['USD', 'CNY']),
      fc.integer({ min: 1, max: 4 }),
      async (calls, currencies, top) => {
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
              const asked = query({ by: ['agent'], window: ALL, sort, top, cost, filters });
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
              if (isAdded) compared[sort?.key === 'tokens' ? 'tokens' : 'cost']++;
            }
      },
    ),
    { numRuns: 60 },
  );
  expect(compared.tokens).toBeGreaterThan(60);
  expect(compared.cost).toBeGreaterThan(60);
}, 120_000);
