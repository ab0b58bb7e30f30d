import fc from 'fast-check';
import { expect, test } from 'vitest';
import { whyBody } from '../../src/cli/flows/why-body.js';
import { whyFacts } from '../../src/cli/flows/why-facts.js';
import { NO_CONFIG } from '../../src/files/config.js';
import type { Share } from '../../src/hub/why/share.js';
import { openSqliteLedger } from '../../src/ledger/sqlite/open.js';
import { breakdown } from '../../src/report/breakdown.js';
import { cellQueryOf } from '../../src/report/dimensions.js';
import { periodFrom } from '../../src/report/period.js';
import type { CostChoice } from '../../src/report/query.js';
import { APP, BILL, importFile, METER } from '../ledger/entries.js';
import { ASSESS, buckets, entriesOf, requests, SMALL, spans } from '../ledger/usage-logs.js';
import { query } from '../report/cells.js';
import { addDecimals } from './scene.js';

const COSTS: readonly CostChoice[] = ['auto', 'billed', 'computed', 'claimed'];
const PERIODS = [{}, { period: '2026-03' }, { from: '2026-03-08', to: '2026-04-04' }] as const;
const FIGURE = { kind: 'report', stage: null, unit: [], model: [], where: [] } as const;
const NO_PRICE = { known: false, reason: 'no list here' } as const;

/** The tokens, and the costs by currency in pico-units, of parts added up. */
const sumOf = (parts: readonly Share[]) => ({
  tokens: parts.reduce((sum, { tokens }) => sum + tokens, 0n),
  cost: costOf(parts.map(({ cost }) => cost)),
});

function costOf(costs: readonly Share['cost'][]): Record<string, bigint> {
  const currencies = [...new Set(costs.flatMap((cost) => Object.keys(cost)))].sort();
  return Object.fromEntries(
    currencies.map((currency) => [currency, addDecimals(costs.flatMap((cost) => cost[currency] ?? []))]),
  );
}

test('parts by rule, recording and file add up to the figure of a report, and parts by price to its cost', async () => {
  // two sources of one role, so that some requests are seen twice
  const seenTwice = fc.constantFrom(APP, { ...APP, source: 'other' });
  const recordings = fc.constantFrom(APP, { ...APP, source: 'other' }, { ...APP, account: 'two' }, METER, BILL);
  const mixed = fc.oneof(requests(SMALL, recordings), buckets(SMALL, recordings), spans(recordings));
  const files = (line: typeof mixed) =>
    fc.array(fc.array(line, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 2 });
  let explained = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(files(mixed), files(requests(SMALL, seenTwice))),
      fc.constantFrom(...COSTS),
      fc.constantFrom(...PERIODS),
      fc.constantFrom(null, ['qwen3-max']),
      fc.constantFrom(null, [null], ['unit of k1', null]),
      async (imports, cost, period, models, units) => {
        await using ledger = await openSqliteLedger({ path: ':memory:', mode: 'create' });
        for (const lines of imports) await importFile(ledger, entriesOf(lines), { assess: ASSESS });
        const window = periodFrom(period, { now: 0, timeZone: 'UTC' });
        const asked = query({ by: [], cost, models, units, window });
        const why = { query: asked, stage: null, figure: FIGURE, budget: null };
        const facts = await whyFacts(ledger, why, { config: NO_CONFIG, rows: 3 });
        const body = whyBody(why, facts, { rows: 3, listed: () => NO_PRICE });
        const { totals } = breakdown({
          ...{ query: asked, presence: await ledger.presence(window, cost) },
          ...{
            cells: await ledger.cells(cellQueryOf(asked)),
            prices: [],
            incomplete: [],
            straddling: [],
            warnings: [],
          },
        });
        const whole = { tokens: totals.tokens.total ?? 0n, cost: costOf([totals.cost]) };
        expect(sumOf(body.rules)).toEqual(whole);
        expect(sumOf(body.recordings)).toEqual(whole);
        expect(sumOf(body.imports)).toEqual(whole);
        expect(sumOf(body.prices).cost).toEqual(whole.cost);
        expect(body.total).toMatchObject({ tokens: totals.tokens, cost: totals.cost, unpriced: totals.unpriced });
        const listed = body.rows.map(({ tokens }) => tokens.total);
        expect(listed).toEqual([...listed].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)));
        if (whole.tokens > 0n) explained++;
      },
    ),
    { numRuns: 150 },
  );
  expect(explained).toBeGreaterThan(50);
});
