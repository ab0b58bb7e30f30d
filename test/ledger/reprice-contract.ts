import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, Ledger, PriceSelection } from '../../src/ledger/ledger.js';
import { type ComputedCost, coveredBy } from '../../src/pricing/cost.js';
import type { StoredDimension } from '../../src/report/dimension.js';
import { periodFrom } from '../../src/report/period.js';
import type { CellQuery } from '../../src/report/query.js';
import type { StoredCost } from '../../src/report/stored-cost.js';
import type { Recording } from '../../src/usage/recording.js';
import { ALL, APP, at, BILL, cny, entry, importFile, METER, PRICE, UNPRICED, usd } from './entries.js';

export const EVERYTHING: PriceSelection = { window: ALL, models: null, providers: null, accounts: null };
const QUERY: CellQuery = {
  ...{ window: ALL, by: [], days: 'all', cost: 'computed' },
  ...{ units: null, models: null, filters: [], latency: false, top: null },
};

type PriceOf = (stored: StoredCost) => ComputedCost;

/** Prices a selection again and keeps it; returns what the ledger asked about. */
export async function reprice(
  ledger: Ledger,
  priceOf: PriceOf,
  selection: Partial<PriceSelection> = {},
): Promise<StoredCost[]> {
  const asked: StoredCost[] = [];
  await ledger.begin();
  await ledger.reprice(
    { ...EVERYTHING, ...selection },
    async (batch) => {
      asked.push(...batch);
      return batch.map(priceOf);
    },
    'apply',
  );
  await ledger.commit();
  return asked;
}

const idsOf = (asked: readonly StoredCost[]) => asked.map(({ event }) => event.id).sort();

/** What every ledger keeps to when its events are priced again. */
export function repriceContract(open: () => Promise<Ledger>): void {
  const costsOf = async (ledger: Ledger, query: Partial<CellQuery> = {}) =>
    (await ledger.cells({ ...QUERY, ...query })).map(({ cost }) => cost && `${cost.pico} ${cost.currency}`);

  describe('events told one by one', () => {
    test('are those of a role or a source in the window, in order of time, each with its unit and cost', async () => {
      await using ledger = await open();
      const later = { at: at('2026-10-06T08:00:00Z') };
      await importFile(ledger, [
        entry({ id: 'b', event: later }),
        entry({ id: 'a' }),
        entry({ id: 'm', recording: METER }),
      ]);
      const told = async (of: string, window = ALL) => {
        const ids: string[] = [];
        await ledger.recorded({ of, window }, (batch) => {
          for (const { event, unit, computed } of batch) ids.push(`${event.id} ${unit} ${computed.known}`);
        });
        return ids;
      };
      expect(await told('app')).toEqual(['a wukong true', 'b wukong true']);
      expect(await told('meter')).toEqual(['m wukong true']);
      expect((await told('tokenhub')).length).toBe(3);
      expect(await told('none')).toEqual([]);
      const day = periodFrom({ period: '2026-10-06' }, { now: 0, timeZone: 'UTC' });
      expect(await told('app', day)).toEqual(['b wukong true']);
    });
  });

  describe('pricing again', () => {
    test('gives events the costs that are answered', async () => {
      await using ledger = await open();
      await importFile(ledger, [entry({ id: 'a' }), entry({ id: 'b', computed: UNPRICED }), entry({ id: 'c' })]);
      const answers: Record<string, ComputedCost> = { a: usd(7n), b: cny(9n), c: UNPRICED };
      await reprice(ledger, ({ event }) => answers[event.id!]!);
      expect((await costsOf(ledger)).sort()).toEqual(['7 USD', '9 CNY', null]);
    });

    test('as a preview needs no transaction and changes nothing', async () => {
      await using ledger = await open();
      await importFile(ledger, [entry()]);
      const asked: StoredCost[] = [];
      const price = async (batch: readonly StoredCost[]) => {
        asked.push(...batch);
        return batch.map(() => usd(7n));
      };
      await ledger.reprice(EVERYTHING, price, 'preview');
      expect(asked).toHaveLength(1);
      expect(await costsOf(ledger)).toEqual(['5 USD']);
    });

    test('asks about the whole event, its recording, and the cost it has', async () => {
      await using ledger = await open();
      const event = {
        ...{ until: at() + 3_600_000, requests: 3, model: 'qwen-plus', provider: 'alibaba-cn', status: '200' },
        ...{ cacheKind: 'explicit' as const, mode: 'batch' as const, tierUpTo: 128_000, plan: 'quota', latencyMs: 2.5 },
        tokens: { input: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, output: 2 ** 53 - 2, reasoning: 6 },
        quantities: { image: 2n ** 60n, 'call:search': 1n },
        origin: { key: 'k', workspace: 'w', tags: { app: 'portal' } },
        statedCost: { currency: 'CNY', pico: 2n ** 60n + 1n, text: '1152921.5046068469771' },
      };
      const large = entry({ id: 'large', computed: usd(2n ** 60n + 1n), event });
      await importFile(ledger, [large]);
      const [asked] = await reprice(ledger, ({ computed }) => computed);
      expect(asked).toMatchObject({
        event: large.event,
        computed: large.computed,
        view: { recording: APP, day: '2026-10-05', grain: 'hour', charge: 'usage' },
        isCounted: true,
      });
    });

    test.each<[string, Partial<PriceSelection>, string[]]>([
      ['of a model', { models: ['qwen-plus'] }, ['b']],
      ['of providers', { providers: ['openai', 'nobody'] }, ['c']],
      ['of an account', { accounts: ['other'] }, ['d']],
      ['of a day', { window: periodFrom({ period: '2026-10-06' }, { now: 0, timeZone: 'UTC' }) }, ['e']],
      ['of all of these', { models: ['qwen3-max'], accounts: ['alibaba'] }, ['a', 'e']],
    ])('asks about the events %s alone', async (_, selection, ids) => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ id: 'a' }),
        entry({ id: 'b', event: { model: 'qwen-plus' } }),
        entry({ id: 'c', event: { model: 'gpt-4o', provider: 'openai' } }),
        entry({ id: 'd', recording: { ...APP, account: 'other' }, event: { account: 'other' } }),
        entry({ id: 'e', event: { at: at('2026-10-06T23:59:59Z') } }),
      ]);
      expect(idsOf(await reprice(ledger, () => usd(7n), selection))).toEqual(ids);
      expect((await costsOf(ledger, { by: ['model'] })).filter((cost) => cost === '5 USD')).not.toEqual([]);
    });

    test('asks about buckets that lie in the period whole', async () => {
      await using ledger = await open();
      const hour = { until: at('2026-10-05T09:00:00Z') };
      const day = { at: at('2026-10-04T16:00:00Z'), day: '2026-10-05' }; // of a zone 8 hours ahead
      await importFile(ledger, [entry({ id: 'hour', event: hour }), entry({ id: 'day', event: day })]);
      const from = (text: string) => ({ window: periodFrom({ from: text }, { now: 0, timeZone: 'UTC' }) });
      const to = (text: string) => ({ window: periodFrom({ to: text }, { now: 0, timeZone: 'UTC' }) });
      const asked = async (selection: Partial<PriceSelection>) =>
        idsOf(await reprice(ledger, ({ computed }) => computed, selection));
      expect(await asked(from('2026-10-05'))).toEqual(['day', 'hour']);
      expect(await asked(from('2026-10-05T00:00:01Z'))).toEqual(['hour']);
      expect(await asked(to('2026-10-05'))).toEqual(['day', 'hour']);
      expect(await asked(to('2026-10-05T08:30:00Z'))).toEqual([]);
    });

    test('leaves billed and claimed amounts as they are, and never asks about lines of a bill that are no usage', async () => {
      await using ledger = await open();
      const statedCost = { currency: 'CNY', pico: 3n, text: null };
      await importFile(ledger, [
        entry({ id: 'line', recording: BILL, event: { statedCost } }),
        entry({ id: 'tax', recording: BILL, computed: UNPRICED, event: { statedCost, charge: 'tax' } }),
        entry({ id: 'call', event: { statedCost } }),
      ]);
      expect(idsOf(await reprice(ledger, () => usd(7n)))).toEqual(['call', 'line']);
      const stated = async (cost: 'billed' | 'claimed') =>
        (await costsOf(ledger, { cost })).filter((amount) => amount !== null);
      expect(await stated('billed')).toEqual(['3 CNY', '3 CNY']); // usage, and tax
      expect(await stated('claimed')).toEqual(['3 CNY']);
    });

    test('asks about every event once, however many there are', async () => {
      await using ledger = await open();
      const many = Array.from({ length: 4001 }, (_, i) => entry({ id: `r${i}`, event: { at: at() + (i % 7) } }));
      await importFile(ledger, many);
      const asked = await reprice(ledger, () => usd(7n));
      expect(new Set(idsOf(asked)).size).toBe(4001);
      expect(asked).toHaveLength(4001);
      expect(await costsOf(ledger)).toEqual(['28007 USD']); // 7 x 4,001
    });

    test('says which of two records of a request counts', async () => {
      await using ledger = await open();
      const other = { ...APP, source: 'openai' };
      await importFile(ledger, [
        entry({ recording: APP, event: { tokens: { output: 30 } } }),
        entry({ recording: other, event: { tokens: { output: 20 } } }),
      ]);
      const asked = await reprice(ledger, ({ computed }) => computed);
      expect(asked.map(({ view, isCounted }) => [view.recording.source, isCounted]).sort()).toEqual([
        ['openai', false],
        ['tokenhub', true],
      ]);
    });

    test('leaves only those price lists that some cost was computed with', async () => {
      await using ledger = await open();
      await importFile(ledger, [entry({ id: 'a' }), entry({ id: 'b', event: { at: at('2026-11-01T00:00:00Z') } })]);
      const newer: ComputedCost = { ...usd(5n), price: { ...PRICE, asOf: '2026-11' } } as ComputedCost;
      const october = periodFrom({ period: '2026-10' }, { now: 0, timeZone: 'UTC' });
      await reprice(ledger, () => newer, { window: october });
      expect(await ledger.priceLists(october)).toEqual([{ name: 'alibaba', asOf: '2026-11' }]);
      expect(await ledger.priceLists(ALL)).toHaveLength(2);
      await reprice(ledger, () => UNPRICED);
      expect(await ledger.priceLists(ALL)).toEqual([]);
    });

    test('and undoing an import afterwards takes away what it brought at the new prices', async () => {
      await using ledger = await open();
      const first = await importFile(ledger, [entry({ id: 'a' })]);
      const second = await importFile(ledger, [
        entry({ id: 'a', event: { tokens: { output: 30 } } }),
        entry({ id: 'b' }),
      ]);
      await reprice(ledger, ({ event }) => usd(event.id === 'a' ? 70n : 7n));
      await ledger.begin();
      await ledger.undoImport(second.id, () => ({ computed: usd(50n), unit: 'wukong' })); // today's price of what is left
      await ledger.commit();
      expect(await costsOf(ledger)).toEqual(['50 USD']);
      await ledger.begin();
      await ledger.undoImport(first.id, () => ({ computed: UNPRICED, unit: null }));
      await ledger.commit();
      expect(await costsOf(ledger)).toEqual([]);
    });

    test('makes the ledger what it would be had the events come with these costs', async () => {
      await fc.assert(
        fc.asyncProperty(logs, fc.nat(), async (log, salt) => {
          await using repriced = await open();
          await using fresh = await open();
          const again = costsBy(salt);
          await importFile(repriced, log);
          await importFile(
            fresh,
            log.map((line) => ({ ...line, computed: again(line) })),
          );
          await reprice(repriced, ({ event, view }) => again({ event, recording: view.recording }));
          for (const query of QUESTIONS) expect(await repriced.cells(query)).toEqual(await fresh.cells(query));
          for (const cost of ['auto', 'computed'] as const)
            expect(await repriced.presence(ALL, cost)).toEqual(await fresh.presence(ALL, cost));
        }),
        { numRuns: 25 },
      );
    }, 60_000);
  });
}

const BY: readonly (readonly StoredDimension[])[] = [[], ['unit', 'model'], ['agent']];
const QUESTIONS: readonly CellQuery[] = (['auto', 'computed'] as const).flatMap((cost) =>
  BY.flatMap((by) => (['each', 'all'] as const).map((days) => ({ ...QUERY, by, cost, days }))),
);

// --- any log ----------------------------------------------------------------------------------------------------

const COSTS: readonly ComputedCost[] = [
  ...[usd(0n), usd(5n), usd(2n ** 60n + 1n), cny(5n), cny(9n), UNPRICED, coveredBy('plan')],
  { known: false, reason: 'another reason' },
  { ...usd(5n), price: { ...PRICE, tier: null } } as ComputedCost,
];

/** Any costs, the same for the same events. */
export const costsBy =
  (salt: number) =>
  ({ event, recording }: Pick<Entry, 'event' | 'recording'>): ComputedCost =>
    COSTS[(salt + event.at + (event.tokens.output ?? 0) + recording.role.length) % COSTS.length]!;

/** Of one recording, whose reports are answered from totals, or of several views of the same tokens. */
const RECORDINGS = fc.constantFrom([APP], [APP, METER, BILL]);

/** One event; its time is counted from the first of a few days. */
const lines = (recordings: readonly Recording[]) =>
  fc.record({
    recording: fc.constantFrom(...recordings),
    time: fc.integer({ min: 0, max: 5 * DAY_MS }),
    bucket: fc.constantFrom('request', 'hour', 'day'),
    model: fc.constantFrom('qwen3-max', 'qwen-plus'),
    unit: fc.constantFrom('wukong', 'qianwen', null),
    agent: fc.constantFrom('planner', null),
    output: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: null }),
    image: fc.boolean(),
    latencyMs: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: null }),
    stated: fc.option(fc.constantFrom(0n, 3n, 2n ** 61n + 1n), { nil: null }),
    computed: fc.constantFrom(...COSTS),
  });
type Line = ReturnType<typeof lines> extends fc.Arbitrary<infer T> ? T : never;

const DAY_MS = 86_400_000;

function timesOf({ time, bucket }: Line) {
  const start = at('2026-10-01T00:00:00Z') + time;
  if (bucket === 'request') return { at: start, until: null, day: null };
  if (bucket === 'hour') return { at: start, until: start + 3_600_000, day: null };
  const day = start - (start % DAY_MS);
  return { at: day, until: day + DAY_MS, day: new Date(day).toISOString().slice(0, 10) };
}

const entryOf = (line: Line, i: number): Entry =>
  entry({
    ...{ id: `r${i}`, recording: line.recording, unit: line.unit, computed: line.computed, record: i + 2 },
    event: {
      ...timesOf(line),
      ...{ model: line.model, agent: line.agent, latencyMs: line.latencyMs, tokens: { output: line.output } },
      quantities: line.image ? { image: 1_000_000n } : {},
      statedCost: line.stated === null ? null : { currency: 'CNY', pico: line.stated, text: null },
    },
  });

/** Any events: requests, hours and days, of several units, models and agents. */
export const logs: fc.Arbitrary<Entry[]> = RECORDINGS.chain((recordings) =>
  fc.array(lines(recordings), { minLength: 1, maxLength: 12 }),
).map((all) => all.map(entryOf));
