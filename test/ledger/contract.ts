import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssignUnit } from '../../src/hub/origins.js';
import { batchOf } from '../../src/ledger/entry-batch-builder.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { ComputedCost } from '../../src/pricing/cost.js';
import { periodFrom } from '../../src/report/period.js';
import type { CellQuery } from '../../src/report/query.js';
import type { UsageEvent } from '../../src/usage/event.js';
import type { Recording } from '../../src/usage/recording.js';
import {
  ALL,
  APP,
  at,
  BILL,
  cny,
  entry,
  importFile,
  METER,
  NO_TALLY,
  PRICE,
  UNASSESSED,
  UNPRICED,
  usd,
} from './entries.js';

const ALL_ORIGINS = { timeZone: 'UTC', edges: [], reads: () => true };

const QUERY: CellQuery = {
  ...{ window: ALL, by: [], days: 'each', cost: 'auto' },
  ...{ units: null, models: null, filters: [], latency: false, top: null },
};

/** What every ledger keeps to. `open` makes a new, empty one. */
export function ledgerContract(open: () => Promise<Ledger>): void {
  const cellsOf = (ledger: Ledger, query: Partial<CellQuery> = {}) => ledger.cells({ ...QUERY, ...query });

  describe('meter lines', () => {
    test('tell usage apart by unit, recording, day, mode, charge, price, reason and cost', async () => {
      await using ledger = await open();
      const known = usd(5n);
      if (!known.known) throw new Error('a price is known');
      const other = { ...known, price: { ...PRICE, tier: 128_000 } };
      await importFile(ledger, [
        entry({ id: 'r1', event: { tokens: { input: 10, cacheWrite5m: 1 }, quantities: { image: 2n } } }),
        entry({ id: 'r2', event: { tokens: { input: 20, cacheWrite1h: 3 }, quantities: { image: 3n } } }),
        entry({ id: 'r3', computed: other }),
        entry({ id: 'r4', unit: null, computed: UNPRICED }),
        entry({
          id: 'r5',
          recording: BILL,
          event: { charge: 'tax', statedCost: { currency: 'CNY', pico: 7n, text: null } },
        }),
      ]);
      const query = { window: ALL, cost: 'auto', days: 'all' } as const;
      const lines = await ledger.meterLines(query);
      expect(lines).toHaveLength(4);
      const of = (found: (line: (typeof lines)[number]) => boolean) => lines.filter(found);
      expect(of(({ price, charge }) => price?.tier === 32_000 && charge === 'usage')).toMatchObject([
        {
          ...{ unit: 'wukong', recording: APP, model: 'qwen3-max', mode: 'standard', unpriced: null, isCovered: false },
          ...{
            price: PRICE,
            cost: { kind: 'computed', currency: 'USD', pico: 10n },
            events: 2n,
            requests: 2n,
            day: '',
          },
          tokens: { input: 30n, cacheRead: null, cacheWrite5m: 1n, cacheWrite1h: 3n }, // 10 + 20
          quantities: { image: 5n }, // 2 + 3
        },
      ]);
      expect(of(({ price }) => price?.tier === 128_000)).toMatchObject([{ events: 1n, cost: { pico: 5n } }]);
      expect(of(({ unit }) => unit === null)).toMatchObject([{ unpriced: 'no price', price: null, cost: null }]);
      expect(of(({ charge }) => charge === 'tax')).toMatchObject([
        { recording: BILL, cost: { kind: 'billed', currency: 'CNY', pico: 7n } },
      ]);
      expect(
        await ledger.meterLines({ ...query, window: periodFrom({ period: '2026-09' }, { now: 0, timeZone: 'UTC' }) }),
      ).toEqual([]);
      expect((await ledger.meterLines({ ...query, days: 'each' })).map(({ day }) => day)).toEqual(
        Array(4).fill('2026-10-05'),
      );
    });
  });

  describe('keys', () => {
    test('importing an event twice stores it once', async () => {
      await using ledger = await open();
      expect(await importFile(ledger, [entry()])).toMatchObject({ added: 1, duplicate: 0, updated: 0, reusedIds: 0 });
      expect(await importFile(ledger, [entry(), entry({ id: 'r2' })])).toMatchObject({
        added: 1,
        duplicate: 1,
        updated: 0,
      });
      expect(await cellsOf(ledger)).toMatchObject([{ events: 2n, requests: 2n }]);
    });

    test('an event twice in one batch is stored once', async () => {
      await using ledger = await open();
      expect(await importFile(ledger, [entry(), entry()])).toMatchObject({ added: 1, duplicate: 1 });
    });

    test('the same id in another recording is another event', async () => {
      await using ledger = await open();
      expect(await importFile(ledger, [entry(), entry({ recording: METER })])).toMatchObject({ added: 2 });
    });

    test('a record that does not say its account is the same as one that does', async () => {
      await using ledger = await open();
      await importFile(ledger, [entry({ event: { account: null } })]);
      expect(await importFile(ledger, [entry({ event: { account: 'alibaba' } })])).toMatchObject({
        duplicate: 1,
        updated: 0,
      });
      expect(await importFile(ledger, [entry({ event: { account: null } })])).toMatchObject({
        duplicate: 1,
        updated: 0,
      });
    });

    test('a record sent again with more tokens is updated and priced again', async () => {
      await using ledger = await open();
      await importFile(ledger, [entry({ event: { tokens: { input: 100, output: 1 } } })]);
      const asked: UsageEvent[] = [];
      const assess = (event: UsageEvent) => {
        asked.push(event);
        return { computed: usd(77n), unit: 'wukong' };
      };
      const more = entry({ unit: 'qianwen', event: { tokens: { input: 100, output: 20 } } });
      expect(await importFile(ledger, [more], { assess })).toMatchObject({
        added: 0,
        duplicate: 0,
        updated: 1,
        reusedIds: 0,
      });
      expect(asked.map((event) => event.tokens)).toMatchObject([{ input: 100, output: 20 }]);
      expect(await cellsOf(ledger, { by: ['unit'] })).toMatchObject([
        { values: ['wukong'], events: 1n, tokens: { input: 100n, output: 20n }, cost: { pico: 77n } },
      ]);
      expect(await importFile(ledger, [more], { assess })).toMatchObject({ duplicate: 1, updated: 0 });
    });

    test('a record sent again that says more of its origin is assigned again, so the order of files does not matter', async () => {
      await using ledger = await open();
      const assess = ({ origin }: UsageEvent, { source }: Recording) => ({
        computed: usd(5n),
        unit: origin.key === 'k' ? source : null,
      });
      await importFile(ledger, [entry({ unit: null })]);
      await importFile(ledger, [entry({ unit: 'tokenhub', event: { origin: { key: 'k' } } })], { assess });
      expect(await cellsOf(ledger, { by: ['unit'] })).toMatchObject([{ values: ['tokenhub'], unassignedEvents: 0n }]);
    });

    test('a record sent again with more of something, or something new, besides tokens is updated; with less it is not', async () => {
      await using ledger = await open();
      const used = (quantities: Record<string, bigint>) => [entry({ event: { quantities } })];
      await importFile(ledger, used({}));
      expect(await importFile(ledger, used({ image: 1n }))).toMatchObject({ updated: 1 });
      expect(await importFile(ledger, used({ image: 2n, second: 5n }))).toMatchObject({ updated: 1 });
      expect(await importFile(ledger, used({ image: 1n }))).toMatchObject({ duplicate: 1, updated: 0 });
      expect(await importFile(ledger, used({}))).toMatchObject({ duplicate: 1, updated: 0 });
      expect(await cellsOf(ledger)).toMatchObject([{ quantities: { image: 2n, second: 5n } }]);
    });

    test('a record sent again with an earlier time moves to that time', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ event: { at: at('2026-10-05T00:00:01Z'), quantities: { image: 1_000_000n } } }),
      ]);
      await importFile(ledger, [
        entry({ event: { at: at('2026-10-04T23:59:59Z'), quantities: { image: 1_000_000n } } }),
      ]);
      expect(await cellsOf(ledger)).toMatchObject([
        { day: '2026-10-04', events: 1n, quantities: { image: 1_000_000n } },
      ]);
    });
  });

  test('an event is kept whole: merged with a later record of it, nothing else has changed', async () => {
    const text = fc.option(fc.string({ unit: 'grapheme' }), { nil: null });
    const count = fc.option(fc.integer({ min: 0, max: 2 ** 53 - 2 }), { nil: null });
    const amount = fc.record({
      currency: fc.constantFrom('USD', 'CNY'),
      pico: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      text: fc.option(fc.constant('0.0000000000001'), { nil: null }),
    });
    const changes = fc.record({
      at: fc.integer({ min: 0, max: 2 ** 42 }),
      day: fc.option(fc.constant('2026-10-05'), { nil: null }),
      agent: text,
      session: text,
      status: text,
      requests: fc.nat(),
      latencyMs: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: null }),
      cacheKind: fc.constantFrom('implicit' as const, 'explicit' as const, null),
      mode: fc.constantFrom('standard' as const, 'batch' as const),
      origin: fc.record({
        unit: text,
        key: text,
        workspace: text,
        project: text,
        team: text,
        user: text,
        service: text,
        consumer: text,
        path: text,
        tags: fc.dictionary(fc.string(), fc.string()),
      }),
      tokens: fc
        .record({
          input: count,
          cacheRead: count,
          cacheWrite5m: count,
          cacheWrite1h: count,
          output: fc.nat(),
          reasoning: count,
        })
        .map((tokens) => ({ ...tokens, output: Math.max(tokens.output, tokens.reasoning ?? 0) })),
      quantities: fc.dictionary(fc.string(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
      statedCost: fc.option(amount, { nil: null }),
    });
    await fc.assert(
      fc.asyncProperty(
        changes,
        fc.constantFrom(APP, BILL),
        fc.constantFrom('r1', '~made'),
        async (event, recording, id) => {
          await using ledger = await open();
          const first = entry({ id, recording, event });
          expect(await importFile(ledger, [first, first])).toMatchObject({
            added: 1,
            duplicate: 1,
            updated: 0,
            reusedIds: 0,
          });
          const tokens = { ...first.event.tokens, output: event.tokens.output + 1 };
          let merged: UsageEvent | null = null;
          const assess = (event: UsageEvent) => {
            merged = event;
            return { computed: UNPRICED, unit: null };
          };
          await importFile(ledger, [{ ...first, event: { ...first.event, tokens } }], { assess });
          expect(merged).toEqual({ ...first.event, tokens });
        },
      ),
      { numRuns: 60 },
    );
  });

  describe('sums', () => {
    test('a class no event reported is null, and one reported as 0 is 0', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ event: { tokens: { input: 10, cacheRead: 0, cacheWrite1h: 3 } } }),
        entry({ id: 'r2', event: { tokens: { input: 5 } } }),
      ]);
      const [cell] = await cellsOf(ledger);
      expect(cell?.tokens).toEqual({ input: 15n, cacheRead: 0n, cacheWrite: 3n, output: null, reasoning: null });
    });

    test('cache writes of both kinds are one sum', async () => {
      await using ledger = await open();
      await importFile(ledger, [entry({ event: { tokens: { cacheWrite5m: 4, cacheWrite1h: 3 } } })]);
      expect((await cellsOf(ledger))[0]?.tokens.cacheWrite).toBe(7n); // 4 + 3
    });

    test('tokens, money and quantities are added to the last digit, however large', async () => {
      const tokens = fc.option(fc.oneof(fc.nat(), fc.integer({ min: 2 ** 53 - 1000, max: 2 ** 53 - 1 })), {
        nil: null,
      });
      const pico = fc.oneof(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, -1n, 0n),
      );
      const rows = fc.array(fc.record({ input: tokens, output: tokens, pico, value: pico }), {
        minLength: 1,
        maxLength: 40,
      });
      await fc.assert(
        fc.asyncProperty(rows, async (events) => {
          await using ledger = await open();
          const entries = events.map(({ input, output, pico, value }, i) =>
            entry({
              id: `r${i}`,
              unit: null,
              computed: usd(pico),
              event: { requests: 2 ** 53 - 1, tokens: { input, output }, quantities: { image: value } },
            }),
          );
          await importFile(ledger, entries);
          const sumOf = (values: (number | null)[]) =>
            values.every((value) => value === null)
              ? null
              : values.reduce((sum, value) => sum + BigInt(value ?? 0), 0n);
          const [cell] = await cellsOf(ledger);
          expect(cell).toMatchObject({
            requests: BigInt(events.length) * (2n ** 53n - 1n),
            tokens: { input: sumOf(events.map((e) => e.input)), output: sumOf(events.map((e) => e.output)) },
            cost: { pico: events.reduce((sum, e) => sum + e.pico, 0n) },
            quantities: { image: events.reduce((sum, e) => sum + e.value, 0n) },
            unassignedTokens: sumOf(events.flatMap((e) => [e.input, e.output])) ?? 0n,
          });
        }),
        { numRuns: 30 },
      );
    });

    test('an amount beyond 64 bits is refused, not cut', async () => {
      await using ledger = await open();
      await expect(importFile(ledger, [entry({ computed: usd(2n ** 63n) })])).rejects.toMatchObject({
        code: 'AMOUNT_TOO_LARGE',
      });
      await ledger.rollback();
      await expect(
        importFile(ledger, [entry({ event: { quantities: { image: -(2n ** 63n) - 1n } } })]),
      ).rejects.toMatchObject({
        code: 'AMOUNT_TOO_LARGE',
        place: { field: 'image' },
      });
    });

    test('quantities are summed by name in each cell', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ event: { quantities: { image: 1_000_000n, 'call:search': 2_000_000n } } }),
        entry({ id: 'r2', event: { quantities: { image: 500_000n } } }),
        entry({ id: 'r3', unit: 'qianwen', event: { quantities: { image: 7n } } }),
        entry({ id: 'r4', unit: 'tongyi' }),
      ]);
      const cells = await cellsOf(ledger, { by: ['unit'] });
      expect(cells.map((cell) => [cell.values[0], cell.quantities])).toEqual([
        ['qianwen', { image: 7n }],
        ['tongyi', {}],
        ['wukong', { 'call:search': 2_000_000n, image: 1_500_000n }], // 1 + 0.5 images
      ]);
    });

    test('an event that used nothing is not a used event; a quantity alone is use', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ event: { tokens: {} } }),
        entry({ id: 'r2', event: { tokens: { input: 0, output: 0 }, quantities: { image: 0n } } }),
        entry({ id: 'r3', event: { tokens: {}, quantities: { image: 1n } } }),
        entry({ id: 'r4' }),
      ]);
      expect(await cellsOf(ledger)).toMatchObject([{ events: 4n, usedEvents: 2n }]);
    });
  });

  describe('days and windows', () => {
    const daysOf = async (ledger: Ledger, timeZone: string) =>
      (await cellsOf(ledger, { window: { ...ALL, timeZone } })).map((cell) => `${cell.day} ${cell.events}`);

    test('days are local days of the zone asked for', async () => {
      await using ledger = await open();
      const times = [
        '2026-10-01T15:59:59.999Z',
        '2026-10-01T16:00:00Z',
        '2026-10-01T18:29:59.999Z',
        '2026-10-01T18:30:00Z',
      ];
      await importFile(
        ledger,
        times.map((time, i) => entry({ id: `r${i}`, event: { at: at(time) } })),
      );
      expect(await daysOf(ledger, 'UTC')).toEqual(['2026-10-01 4']);
      expect(await daysOf(ledger, 'Asia/Shanghai')).toEqual(['2026-10-01 1', '2026-10-02 3']); // +8:00
      expect(await daysOf(ledger, 'Asia/Kolkata')).toEqual(['2026-10-01 3', '2026-10-02 1']); // +5:30
    });

    test('a day of a zone that changes its clocks is 23 or 25 hours long', async () => {
      await using ledger = await open();
      // New York, 2026: EST until 8 March 07:00Z, EDT until 1 November 06:00Z.
      const times = [
        '2026-03-08T04:59:59Z',
        '2026-03-08T05:00:00Z',
        '2026-03-09T03:59:59Z',
        '2026-03-09T04:00:00Z',
        '2026-11-01T03:59:59Z',
        '2026-11-01T04:00:00Z',
        '2026-11-02T04:59:59Z',
        '2026-11-02T05:00:00Z',
      ];
      await importFile(
        ledger,
        times.map((time, i) => entry({ id: `r${i}`, event: { at: at(time) } })),
      );
      expect(await daysOf(ledger, 'America/New_York')).toEqual([
        '2026-03-07 1',
        '2026-03-08 2',
        '2026-03-09 1',
        '2026-10-31 1',
        '2026-11-01 2',
        '2026-11-02 1',
      ]);
    });

    test('a window holds its first instant and not its end, and buckets by their own date', async () => {
      await using ledger = await open();
      const bucket = (day: string, time: string) => entry({ id: day, event: { day, at: at(time), requests: 9 } });
      await importFile(ledger, [
        entry({ id: 'before', event: { at: at('2026-10-01T15:59:59.999Z') } }),
        entry({ id: 'first', event: { at: at('2026-10-01T16:00:00Z') } }),
        entry({ id: 'last', event: { at: at('2026-10-02T15:59:59.999Z') } }),
        entry({ id: 'after', event: { at: at('2026-10-02T16:00:00Z') } }),
        bucket('2026-10-01', '2026-10-01T00:00:00Z'),
        bucket('2026-10-02', '2026-10-02T00:00:00Z'),
        bucket('2026-10-03', '2026-10-02T16:00:00Z'),
      ]);
      const window = {
        from: at('2026-10-01T16:00:00Z'),
        to: at('2026-10-02T16:00:00Z'),
        firstDay: '2026-10-02',
        lastDay: '2026-10-02',
        timeZone: 'Asia/Shanghai',
      };
      expect(await cellsOf(ledger, { window })).toMatchObject([
        { day: '2026-10-02', grain: 'day', events: 1n, requests: 9n },
        { day: '2026-10-02', grain: 'request', events: 2n, requests: 2n },
      ]);
      const open1 = await cellsOf(ledger, { window: { ...window, to: null, lastDay: null } });
      expect(open1.map((cell) => `${cell.day} ${cell.events}`)).toEqual([
        '2026-10-02 1',
        '2026-10-02 2',
        '2026-10-03 1',
        '2026-10-03 1',
      ]);
      const open2 = await cellsOf(ledger, { window: { ...window, from: null, firstDay: null } });
      expect(open2.map((cell) => `${cell.day} ${cell.events}`)).toEqual([
        '2026-10-01 1',
        '2026-10-01 1',
        '2026-10-02 1',
        '2026-10-02 2',
      ]);
    });

    test('a bucket keeps its own date in every zone', async () => {
      await using ledger = await open();
      await importFile(ledger, [entry({ event: { day: '2026-10-02', at: at('2026-10-01T16:00:00Z') } })]);
      expect(await daysOf(ledger, 'America/New_York')).toEqual(['2026-10-02 1']);
    });

    test('a bucket is foreign to zones in which its date begins at another instant', async () => {
      await using ledger = await open();
      const bucket = (id: string, day: string, time: string) => entry({ id, event: { day, at: at(time) } });
      await importFile(ledger, [
        bucket('b1', '2026-10-02', '2026-10-01T16:00:00Z'), // of Shanghai
        bucket('b2', '2026-10-02', '2026-10-02T00:00:00Z'), // of UTC
        bucket('b3', '2026-03-08', '2026-03-08T05:00:00Z'), // of New York, before its clocks change that day
        entry({ id: 'r', event: { at: at('2026-10-02T03:00:00Z') } }),
      ]);
      const foreign = async (timeZone: string) =>
        (await ledger.presence({ ...ALL, timeZone }, 'auto')).map((p) => `${p.day} ${p.grain} ${p.foreignBuckets}`);
      expect(await foreign('Asia/Shanghai')).toEqual(['2026-03-08 day 1', '2026-10-02 day 1', '2026-10-02 request 0']);
      expect(await foreign('UTC')).toEqual(['2026-03-08 day 1', '2026-10-02 day 1', '2026-10-02 request 0']);
      expect(await foreign('America/New_York')).toEqual([
        '2026-03-08 day 0',
        '2026-10-01 request 0',
        '2026-10-02 day 2',
      ]);
    });

    test('the span is from the first instant to the last, and there is none at first', async () => {
      await using ledger = await open();
      expect(await ledger.span()).toBeNull();
      await importFile(ledger, [
        entry({ event: { at: 2_000 } }),
        entry({ id: 'r2', event: { at: 1_000 } }),
        entry({ id: 'r3', event: { at: 3_000 } }),
      ]);
      expect(await ledger.span()).toEqual({ from: 1_000, to: 3_000 });
    });

    test('the newest usage is told of each view, of requests by their instant and of buckets by their end', async () => {
      await using ledger = await open();
      const from = at('2026-10-05T00:00:00Z');
      await importFile(ledger, [
        entry({ id: 'r1', event: { at: at('2026-10-05T08:00:00Z') } }),
        entry({ id: 'r2', event: { at: at('2026-10-05T09:00:00Z') } }),
        entry({ id: 'r3', event: { at: at('2026-10-05T10:00:00Z'), model: 'qwen-plus' } }),
        entry({ id: 'b', recording: METER, event: { at: from, day: '2026-10-05', until: from + 86_400_000 } }),
        entry({ id: 't', recording: BILL, event: { at: at('2026-10-05T11:00:00Z'), charge: 'tax' } }),
      ]);
      const newest = async (notAfter: string, query: Partial<CellQuery> = {}) =>
        (await ledger.newest({ ...QUERY, ...query }, at(notAfter)))
          .map(({ recording, day, until }) => `${recording.role} ${day} ${new Date(until).toISOString()}`)
          .sort();
      expect(await newest('2026-10-06T00:00:00Z')).toEqual([
        'app 2026-10-05 2026-10-05T10:00:00.000Z',
        'meter 2026-10-05 2026-10-06T00:00:00.000Z',
      ]);
      expect(await newest('2026-10-05T09:59:59Z')).toContain('app 2026-10-05 2026-10-05T09:00:00.000Z');
      expect(await newest('2026-10-06T00:00:00Z', { models: ['qwen-plus'] })).toEqual([
        'app 2026-10-05 2026-10-05T10:00:00.000Z',
      ]);
      expect(await newest('2026-10-04T00:00:00Z')).toEqual([]);
    });
  });

  describe('recordings', () => {
    const other: Recording = { ...APP, source: 'openai' };
    const seen = async (ledger: Ledger) => {
      const cells = (await cellsOf(ledger)).map(
        (c) => `${c.recording.role} ${c.recording.source} ${c.events} ${c.tokens.input}`,
      );
      const presence = (await ledger.presence(ALL, 'auto'))
        .filter((p) => p.events > 0n)
        .map((p) => `${p.recording.role} ${p.recording.source} ${p.events} ${p.tokens}`);
      expect(presence).toEqual(cells);
      return cells;
    };
    const of = (recording: Recording, id: string, input: number) =>
      entry({ recording, id, event: { tokens: { input } } });

    test('a request two applications of one account saw counts once, where more tokens were seen', async () => {
      await using ledger = await open();
      await importFile(ledger, [of(APP, 'r1', 10), of(APP, 'r2', 20), of(other, 'r2', 21), of(other, 'r3', 30)]);
      expect(await seen(ledger)).toEqual(['app openai 2 51', 'app tokenhub 1 10']); // 21 + 30; r2 of tokenhub left out
    });

    test('with as many tokens the first source by name counts', async () => {
      await using ledger = await open();
      await importFile(ledger, [of(APP, 'r2', 20), of(other, 'r2', 20)]);
      expect(await seen(ledger)).toEqual(['app openai 1 20']);
    });

    test('with as many tokens the one that claims a cost counts, whichever cost is asked for', async () => {
      await using ledger = await open();
      const claim = { statedCost: { currency: 'USD', pico: 7n, text: null } };
      const claiming = (event: object) => entry({ id: 'r2', event: { tokens: { input: 20 }, ...event } });
      await importFile(ledger, [of(other, 'r2', 20), claiming(claim)]);
      expect(await seen(ledger)).toEqual(['app tokenhub 1 20']);
      expect(await cellsOf(ledger, { cost: 'claimed' })).toMatchObject([{ cost: { pico: 7n } }]);
      await using second = await open();
      const unknown = { statedCost: { currency: 'USD', pico: 0n, text: null } };
      await importFile(second, [of(other, 'r2', 20), claiming(unknown)]);
      expect(await seen(second)).toEqual(['app openai 1 20']); // a claimed 0 for something used is no claim
    });

    test('presence names requests that count in another source beside those that count here', async () => {
      await using ledger = await open();
      await importFile(ledger, [of(APP, 'r1', 10), of(APP, 'r2', 20), of(other, 'r2', 21)]);
      const none = { events: 0n, tokens: 0n, cost: {} };
      expect(await ledger.presence(ALL, 'auto')).toMatchObject([
        { recording: other, events: 1n, tokens: 21n, twins: none },
        { recording: APP, events: 1n, tokens: 10n, twins: { events: 1n, tokens: 20n, cost: { USD: 5n } } },
      ]);
      await using copy = await open();
      await importFile(copy, [of(APP, 'r2', 20), of(other, 'r2', 21)]);
      expect(await copy.presence(ALL, 'auto')).toMatchObject([
        { recording: other },
        { recording: APP, events: 0n, tokens: 0n, cost: {}, twins: { events: 1n, tokens: 20n } },
      ]);
    });

    test('of three sources one counts', async () => {
      await using ledger = await open();
      const third: Recording = { ...APP, source: 'langfuse' };
      await importFile(ledger, [of(APP, 'r2', 20), of(other, 'r2', 20), of(third, 'r2', 22)]);
      expect(await seen(ledger)).toEqual(['app langfuse 1 22']);
    });

    test('a request seen twice is left out of a window that holds only its other record', async () => {
      await using ledger = await open();
      const late = entry({
        recording: other,
        id: 'r2',
        event: { tokens: { input: 99 }, at: at('2026-10-06T00:00:00Z') },
      });
      await importFile(ledger, [of(APP, 'r2', 20), late]);
      const window = { ...ALL, from: at('2026-10-05T00:00:00Z'), to: at('2026-10-06T00:00:00Z') };
      expect(await cellsOf(ledger, { window })).toEqual([]);
    });

    test('ids are compared neither between roles, nor accounts, nor where both are complete, nor when made up', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        of(APP, 'r1', 10),
        of({ ...APP, role: 'gateway' }, 'r1', 10),
        of({ ...other, account: 'two' }, 'r1', 10),
        of(METER, 'r1', 10),
        of({ ...METER, source: 'openai' }, 'r1', 10),
        of(APP, '~k', 10),
        of(other, '~k', 10),
      ]);
      const cells = await cellsOf(ledger);
      expect(cells.reduce((sum, cell) => sum + cell.events, 0n)).toBe(7n);
    });

    test('presence tells grain, billed events and cost by currency', async () => {
      await using ledger = await open();
      const billed = { statedCost: { currency: 'CNY', pico: 3n, text: null } };
      await importFile(ledger, [
        entry({ recording: BILL, event: billed, computed: usd(9n) }),
        entry({ recording: BILL, id: 'r2', computed: usd(4n) }),
        entry({
          recording: BILL,
          id: 'b',
          event: { day: '2026-10-05', at: at('2026-10-05T00:00:00Z') },
          computed: UNPRICED,
        }),
      ]);
      const twins = { events: 0n, tokens: 0n, cost: {} };
      const day = { recording: BILL, day: '2026-10-05', charge: 'usage', twins, foreignBuckets: 0n };
      expect(await ledger.presence(ALL, 'auto')).toEqual([
        { ...day, grain: 'day', events: 1n, tokens: 120n, billedEvents: 0n, cost: {} },
        { ...day, grain: 'request', events: 2n, tokens: 240n, billedEvents: 1n, cost: { CNY: 3n, USD: 4n } },
      ]);
    });
  });

  describe('buckets that an edge of a window cuts', () => {
    const hour = (from: string, until: string, id: string) =>
      entry({ id, event: { at: at(from), until: at(until), day: null } });
    const days = (day: string, until: string, id: string) =>
      entry({ id, event: { at: at(`${day}T00:00:00Z`), until: at(`${until}T00:00:00Z`), day } });
    const cutBy = async (ledger: Ledger, choice: Parameters<typeof periodFrom>[0], timeZone = 'UTC') => {
      const window = { ...periodFrom(choice, { now: 0, timeZone }), only: 'cut' as const };
      const cells = await cellsOf(ledger, { window });
      const presence = await ledger.presence(window, 'auto');
      expect(presence.map(({ day, grain, events }) => [day, grain, events])).toEqual(
        cells.map(({ day, grain, events }) => [day, grain, events]),
      );
      return cells.map(({ day, grain, events }) => `${events} ${grain} ${day}`);
    };
    const filled = async () => {
      const ledger = await open();
      await importFile(ledger, [
        entry({ id: 'request', event: { at: at('2026-10-05T12:00:00Z') } }),
        hour('2026-10-05T11:30:00Z', '2026-10-05T12:30:00Z', 'around-noon'),
        hour('2026-10-05T12:00:00Z', '2026-10-05T13:00:00Z', 'after-noon'),
        hour('2026-10-05T23:59:30Z', '2026-10-06T00:00:30Z', 'midnight'),
        hour('2026-10-02T18:00:00Z', '2026-10-05T09:00:00Z', 'weekend'),
        days('2026-10-05', '2026-10-06', 'day'),
        days('2026-10-04', '2026-10-07', 'three-days'),
        days('2026-09-01', '2026-10-01', 'september'),
      ]);
      return ledger;
    };

    test('are found at the edges inside a day, whatever their length, each once', async () => {
      await using ledger = await filled();
      expect(await cutBy(ledger, { from: '2026-10-05T12:00:00Z' })).toEqual([
        '1 range 2026-10-04..2026-10-06',
        '1 day 2026-10-05',
        '1 hour 2026-10-05',
      ]);
      expect(await cutBy(ledger, { from: '2026-10-05T11:00:00Z', to: '2026-10-05T12:00:00Z' })).toEqual([
        '1 range 2026-10-04..2026-10-06',
        '1 day 2026-10-05',
        '1 hour 2026-10-05',
      ]);
    });

    test('are found where days begin', async () => {
      await using ledger = await filled();
      expect(await cutBy(ledger, { from: '2026-10-06' })).toEqual([
        '1 range 2026-10-04..2026-10-06',
        '1 minute 2026-10-05',
      ]);
      expect(await cutBy(ledger, { from: '2026-10-04', to: '2026-10-06' })).toEqual(['1 range 2026-10-02..2026-10-05']);
      expect(await cutBy(ledger, { period: '2026-09' })).toEqual([]);
      expect(await cutBy(ledger, { from: '2026-09-15', to: '2026-09-16' })).toEqual(['1 range 2026-09-01..2026-09-30']);
    });

    test('are what is in neither of two windows that meet', async () => {
      await using ledger = await filled();
      for (const zone of ['UTC', 'Asia/Kolkata']) {
        const events = async (window: CellQuery['window']) =>
          (await cellsOf(ledger, { window })).reduce((sum, cell) => sum + cell.events, 0n);
        for (const day of ['2026-09-20', '2026-10-03', '2026-10-05', '2026-10-06'])
          for (const edge of [`${day}T00:00`, `${day}T12:00:00Z`, `${day}T23:59:59`]) {
            const context = { now: 0, timeZone: zone };
            const [before, after] = [periodFrom({ to: edge }, context), periodFrom({ from: edge }, context)];
            const cut = await events({ ...after, only: 'cut' });
            expect((await events(before)) + (await events(after)) + cut, edge).toBe(8n);
            expect(await events({ ...before, only: 'cut' }), edge).toBe(cut);
          }
      }
    });
  });

  describe('kinds of charges', () => {
    const PLAN: ComputedCost = { known: false, reason: 'covered', plan: 'seats' };
    const facts = async (ledger: Ledger, query: Partial<CellQuery> = {}) =>
      (await cellsOf(ledger, { cost: 'billed', ...query })).map(
        ({ charge, cost, usedEvents, planEvents, planTokens }) =>
          [charge, cost?.pico ?? null, usedEvents, planEvents, planTokens].join(' '),
      );

    test('are told apart in cells and in presence, so that a tax is no usage', async () => {
      await using ledger = await open();
      const line = (charge: UsageEvent['charge'], pico: bigint) =>
        entry({ recording: BILL, id: charge, event: { charge, statedCost: { currency: 'USD', pico, text: null } } });
      await importFile(ledger, [line('usage', 7n), line('tax', 2n), line('credit', -3n)]);
      expect(await facts(ledger)).toEqual(['credit -3 1 0 0', 'tax 2 1 0 0', 'usage 7 1 0 0']);
      expect(await facts(ledger, { days: 'all' })).toEqual(await facts(ledger));
      const presence = await ledger.presence(ALL, 'billed');
      expect(presence.map(({ charge, cost }) => [charge, cost.USD])).toEqual([
        ['credit', -3n],
        ['tax', 2n],
        ['usage', 7n],
      ]);
    });

    test('usage that a plan covered is counted apart and is not owed for', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ computed: PLAN }),
        entry({ id: 'r2', computed: usd(1n) }),
        entry({ id: 'r3', computed: UNPRICED }),
      ]);
      // 120 tokens each
      const sums = (await cellsOf(ledger, {})).map(({ cost, usedEvents, planEvents, planTokens }) =>
        [cost?.pico ?? null, usedEvents, planEvents, planTokens].join(' '),
      );
      expect(sums).toEqual([' 1 1 120', '1 1 0 0']);
    });
  });

  describe('costs', () => {
    const stated = (pico: bigint, text: string | null = null) => ({ statedCost: { currency: 'USD', pico, text } });
    const costs = async (ledger: Ledger, cost: CellQuery['cost']) =>
      (await cellsOf(ledger, { cost })).map((cell) =>
        cell.cost === null ? `none ${cell.events}` : `${cell.cost.kind} ${cell.cost.currency} ${cell.cost.pico}`,
      );

    test('a cost stated by a bill is billed, by any other claimed', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ recording: BILL, event: stated(7n), computed: usd(5n) }),
        entry({ recording: BILL, id: 'r2', computed: cny(6n) }),
        entry({ event: stated(8n), computed: UNPRICED }),
      ]);
      expect(await costs(ledger, 'auto')).toEqual(['none 1', 'computed CNY 6', 'billed USD 7']);
      expect(await costs(ledger, 'billed')).toEqual(['none 1', 'none 1', 'billed USD 7']);
      expect(await costs(ledger, 'computed')).toEqual(['none 1', 'computed CNY 6', 'computed USD 5']);
      expect(await costs(ledger, 'claimed')).toEqual(['claimed USD 8', 'none 2']);
    });

    test('currencies and kinds are never added', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ recording: BILL, id: 'r1', event: stated(1n), computed: usd(100n) }),
        entry({ recording: BILL, id: 'r2', computed: usd(10n) }),
        entry({ recording: BILL, id: 'r3', computed: cny(1_000n) }),
        entry({ recording: BILL, id: 'r4', event: stated(-3n), computed: UNPRICED }),
      ]);
      expect(await costs(ledger, 'auto')).toEqual(['computed CNY 1000', 'billed USD -2', 'computed USD 10']); // 1 - 3
    });

    test('a claim of 0 for something used is unknown, for nothing used it is 0', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ id: 'r1', event: stated(0n) }),
        entry({ id: 'r2', event: { ...stated(0n), tokens: {}, quantities: { image: 1n } } }),
        entry({ id: 'r3', event: { ...stated(0n), tokens: {} } }),
        entry({ id: 'r4', event: stated(0n, '0.0000000000001') }), // finer than a pico-unit, but not 0
      ]);
      const cells = await cellsOf(ledger, { cost: 'claimed' });
      expect(cells.map((cell) => [cell.cost?.pico, cell.events])).toEqual([
        [undefined, 2n],
        [0n, 2n],
      ]);
    });

    test('price lists are those some cost was computed with', async () => {
      await using ledger = await open();
      expect(await ledger.priceLists(ALL)).toEqual([]);
      const list = (source: string, asOf: string) =>
        ({ ...usd(1n), price: { ...PRICE, source, asOf } }) as typeof UNPRICED;
      await importFile(ledger, [
        entry({ id: 'r1', computed: list('genai-prices', '0.0.9') }),
        entry({ id: 'r2', computed: list('alibaba', '2026-05-01') }),
        entry({ id: 'r3', computed: usd(2n) }),
        entry({ id: 'r4', computed: { ...usd(2n), price: { ...PRICE, tier: null, region: null } } as typeof UNPRICED }),
        entry({ id: 'r5', computed: UNPRICED }),
      ]);
      expect(await ledger.priceLists(ALL)).toEqual([
        { name: 'alibaba', asOf: '2026-04-01' },
        { name: 'alibaba', asOf: '2026-05-01' },
        { name: 'genai-prices', asOf: '0.0.9' },
      ]);
      expect(await ledger.priceLists({ ...ALL, to: at(), lastDay: '2026-10-04' })).toEqual([]);
    });

    test('lowest tiers are those of buckets that state none, where a tier has a bound', async () => {
      await using ledger = await open();
      const priced = (basis: 'request' | 'bucket', tier: number | null) =>
        ({ ...usd(1n), basis, price: { ...PRICE, tier } }) as typeof UNPRICED;
      await importFile(ledger, [
        entry({ id: 'r1', computed: priced('request', 64_000) }),
        entry({ id: 'b1', computed: priced('bucket', 32_000) }),
        entry({ id: 'b2', computed: priced('bucket', null) }),
        entry({ id: 'b3', computed: priced('bucket', 128_000), event: { tierUpTo: 128_000 } }),
      ]);
      const { model } = entry({}).event;
      for (const which of ['all', 'unbilled'] as const)
        expect(await ledger.lowestTiers(ALL, which)).toEqual([{ model, upTo: 32_000 }]);
      expect(await ledger.lowestTiers({ ...ALL, to: at(), lastDay: '2026-10-04' }, 'all')).toEqual([]);
    });
  });

  describe('dimensions and filters', () => {
    const fill = (ledger: Ledger) =>
      importFile(ledger, [
        entry({ id: 'r1', event: { origin: { project: 'p', user: 'ana', team: 'x' }, agent: 'a1' } }),
        entry({ id: 'r2', event: { origin: { project: 'p', user: 'ana', team: 'y' }, agent: 'a1' } }),
        entry({ id: 'r3', unit: null, event: { model: 'gpt-5', provider: 'openai' } }),
        entry({ id: 'r4', unit: 'qianwen', event: { origin: { project: '' } } }),
      ]);
    const rows = async (ledger: Ledger, query: Partial<CellQuery>) =>
      (await cellsOf(ledger, query)).map((cell) => [...cell.values, cell.events]);

    test('events are grouped by the values, whatever else differs, and those without one apart', async () => {
      await using ledger = await open();
      await fill(ledger);
      expect(await rows(ledger, { by: ['project'] })).toEqual([
        [null, 1n],
        ['', 1n],
        ['p', 2n],
      ]);
      expect(await rows(ledger, { by: ['unit', 'user'] })).toEqual([
        [null, null, 1n],
        ['qianwen', null, 1n],
        ['wukong', 'ana', 2n],
      ]);
      expect(await rows(ledger, { by: ['agent', 'provider', 'model'] })).toEqual([
        [null, 'alibaba', 'qwen3-max', 1n],
        [null, 'openai', 'gpt-5', 1n],
        ['a1', 'alibaba', 'qwen3-max', 2n],
      ]);
    });

    test('units and models are filtered by name; null is unassigned; an empty list is nothing', async () => {
      await using ledger = await open();
      await fill(ledger);
      expect(await rows(ledger, { by: ['unit'], units: ['wukong', null] })).toEqual([
        [null, 1n],
        ['wukong', 2n],
      ]);
      expect(await rows(ledger, { by: ['unit'], units: ["x' OR 1=1 --", 'qianwen'] })).toEqual([['qianwen', 1n]]);
      expect(await rows(ledger, { by: ['model'], models: ['gpt-5', 'gpt-6'] })).toEqual([['gpt-5', 1n]]);
      expect(await rows(ledger, { units: [] })).toEqual([]);
    });

    test('unassigned events and tokens are told in every cell', async () => {
      await using ledger = await open();
      await importFile(ledger, [entry({ id: 'r1', unit: null }), entry({ id: 'r2' })]);
      expect(await cellsOf(ledger)).toMatchObject([{ events: 2n, unassignedEvents: 1n, unassignedTokens: 120n }]); // 100 + 20
    });

    test('names and tags of any characters come back as they were', async () => {
      await using ledger = await open();
      const nasty = ['__proto__', "'; DROP TABLE event; --", '"', 'a\u0000b', '\u202e', '', '😀'];
      const tags = Object.fromEntries(nasty.map((name) => [name, name]));
      await importFile(
        ledger,
        nasty.map((name, i) =>
          entry({
            id: `r${i}`,
            event: { model: name, quantities: Object.fromEntries([[name, 1n]]), origin: { tags, key: name } },
          }),
        ),
      );
      const cells = await cellsOf(ledger, { by: ['model'] });
      expect(cells.map((cell) => cell.values[0]).sort()).toEqual([...nasty].sort());
      for (const cell of cells) expect(Object.entries(cell.quantities)).toEqual([[cell.values[0], 1n]]);
      for (const { origin } of await ledger.origins(ALL_ORIGINS))
        expect(Object.entries(origin.tags).sort()).toEqual(Object.entries(tags).sort());
    });
  });

  describe('imports', () => {
    const key = { sha256: 'ab', source: 'openai', role: 'app', options: '{}' } as const;

    test('an import is found again by its bytes, source and role, with the options it had', async () => {
      await using ledger = await open();
      expect(await ledger.findImports(key)).toEqual([]);
      await ledger.begin();
      const id = await ledger.openImport(key, 'logs/a.jsonl', 12);
      const tally = { read: 6, added: 1, duplicate: 2, updated: 1, skipped: 1, rejected: 1 };
      await ledger.closeImport(id, tally, [{ at: null, line: 4, field: 'input_tokens', reason: 'is negative' }], null);
      await ledger.commit();
      expect(await ledger.findImports(key)).toEqual([{ id, path: 'logs/a.jsonl', options: '{}', ...tally }]);
      for (const change of [{ sha256: 'ac' }, { source: 'dashscope' }, { role: 'meter' as const }])
        expect(await ledger.findImports({ ...key, ...change })).toEqual([]);
    });

    test('an import knows where it began in its file, and where a later one may go on', async () => {
      await using ledger = await open();
      await ledger.begin();
      const first = await ledger.openImport(key, 'a.jsonl', 12);
      await ledger.closeImport(first, NO_TALLY, [], null, 4);
      const second = await ledger.openImport({ ...key, sha256: 'ac' }, 'a.jsonl', 20, { offset: 12, line: 4 });
      await ledger.closeImport(second, NO_TALLY, [], null);
      await ledger.commit();
      expect(await ledger.imports()).toMatchObject([
        { id: first, path: 'a.jsonl', bytes: 12, start: { offset: 0, line: 1 }, endLine: 4 },
        { id: second, path: 'a.jsonl', bytes: 20, start: { offset: 12, line: 4 }, endLine: null },
      ]);
    });

    const rejects = [{ at: null, line: 3, field: null, reason: 'no usage' }];
    const spanned = (from: string, to = from) => ({ rejects, rejectSpan: { from: at(from), to: at(to) } });
    const incompleteOn = async (ledger: Ledger, from: string, to = from) => {
      const window = {
        from: at(`${from}T00:00:00Z`),
        to: at(`${to}T00:00:00Z`) + 86_400_000,
        firstDay: from,
        lastDay: to,
        timeZone: 'UTC',
      };
      return (await ledger.incomplete(window)).map((found) => found.import);
    };
    const request = (id: string, time: string) => entry({ id, event: { at: at(time) } });

    test('an import with bad rows is incomplete where its good or its bad rows lie', async () => {
      await using ledger = await open();
      await importFile(ledger, [request('r1', '2026-10-01T00:00:00Z')]);
      const { id } = await importFile(
        ledger,
        [request('r2', '2026-10-05T00:00:00Z'), request('r3', '2026-10-07T00:00:00Z')],
        spanned('2026-10-06T00:00:00Z', '2026-10-09T12:00:00Z'),
      );
      expect(await incompleteOn(ledger, '2026-10-01', '2026-10-04')).toEqual([]);
      expect(await incompleteOn(ledger, '2026-10-06')).toEqual([id]);
      expect(await incompleteOn(ledger, '2026-10-09', '2026-10-31')).toEqual([id]);
      expect(await incompleteOn(ledger, '2026-10-10', '2026-10-31')).toEqual([]);
      expect(await ledger.incomplete(ALL)).toMatchObject([
        { import: id, rejected: 1, from: at('2026-10-05T00:00:00Z'), to: at('2026-10-09T12:00:00Z') },
      ]);
    });

    test('an import with a bad row of unknown time is incomplete everywhere, whatever it kept', async () => {
      await using ledger = await open();
      const some = await importFile(ledger, [request('r1', '2026-10-01T00:00:00Z')], { rejects });
      const nothing = await importFile(ledger, [], { rejects });
      expect(await incompleteOn(ledger, '2030-01-01')).toEqual([some.id, nothing.id]);
      expect(await ledger.incomplete(ALL)).toMatchObject([
        { import: some.id, from: null, to: null },
        { import: nothing.id, from: null, to: null },
      ]);
    });

    test('bad rows of buckets may be of the day beside, as their zone is not known', async () => {
      await using ledger = await open();
      const bucket = entry({ id: 'b', event: { day: '2026-10-09', at: at('2026-10-08T16:00:00Z') } });
      const { id } = await importFile(ledger, [bucket], spanned('2026-10-08T16:00:00Z'));
      expect(await incompleteOn(ledger, '2026-10-09')).toEqual([id]);
      expect(await incompleteOn(ledger, '2026-10-07')).toEqual([id]); // 26 hours before 16:00 is 14:00 of the 7th
      expect(await incompleteOn(ledger, '2026-10-06')).toEqual([]);
      expect(await incompleteOn(ledger, '2026-10-11')).toEqual([]);
    });

    test('importing the mended file again makes the first import complete; another file of that name does not', async () => {
      await using ledger = await open();
      const path = 'logs/october.csv';
      const good = [request('r1', '2026-10-05T00:00:00Z'), request('r3', '2026-10-07T00:00:00Z')];
      const broken = await importFile(ledger, good, { ...spanned('2026-10-06T00:00:00Z'), path });
      await importFile(ledger, [request('r9', '2026-11-01T00:00:00Z')], { path });
      expect(await incompleteOn(ledger, '2026-10-06')).toEqual([broken.id]);
      await importFile(ledger, [...good, request('r2', '2026-10-06T00:00:00Z')]);
      expect(await incompleteOn(ledger, '2026-10-06')).toEqual([broken.id]);
      await importFile(ledger, [...good, request('r2', '2026-10-06T00:00:00Z')], { path });
      expect(await incompleteOn(ledger, '2026-10-06')).toEqual([]);
    });
  });

  describe('transactions', () => {
    test('what is rolled back was never there, and what is written next is whole', async () => {
      await using ledger = await open();
      await importFile(ledger, [entry({ id: 'r0', unit: 'tongyi' })]);
      await ledger.begin();
      const id = await ledger.openImport({ sha256: 'x', source: 'a', role: 'app', options: '' }, 'x', 1);
      await ledger.append(id, batchOf([entry({ unit: 'qianwen', event: { model: 'new', agent: 'new' } })]), UNASSESSED);
      await ledger.rollback();
      expect(await cellsOf(ledger, { by: ['unit', 'model'] })).toMatchObject([{ values: ['tongyi', 'qwen3-max'] }]);
      await importFile(ledger, [
        entry({ id: 'r1', unit: 'wukong', event: { model: 'other', agent: 'other' } }),
        entry({ id: 'r2', unit: 'qianwen', event: { model: 'new' } }),
      ]);
      expect((await cellsOf(ledger, { by: ['unit', 'model'] })).map((cell) => cell.values)).toEqual([
        ['qianwen', 'new'],
        ['tongyi', 'qwen3-max'],
        ['wukong', 'other'],
      ]);
    });

    test('a rollback without a transaction is harmless, and a write without one is refused', async () => {
      await using ledger = await open();
      await ledger.rollback();
      await expect(ledger.append(1, batchOf([]), UNASSESSED)).rejects.toThrow('transaction');
      await expect(ledger.openImport({ sha256: 'x', source: 'a', role: 'app', options: '' }, 'x', 1)).rejects.toThrow(
        'transaction',
      );
      await expect(ledger.closeImport(1, NO_TALLY, [], null)).rejects.toThrow('transaction');
    });

    test('a snapshot answers, takes no writes, and ends whatever happens in it', async () => {
      await using ledger = await open();
      await importFile(ledger, [entry()]);
      expect(await ledger.snapshot(() => cellsOf(ledger))).toMatchObject([{ events: 1n }]);
      await expect(ledger.snapshot(() => ledger.append(1, batchOf([]), UNASSESSED))).rejects.toThrow('transaction');
      await importFile(ledger, [entry({ id: 'r2' })]);
      await ledger.begin();
      await ledger.snapshot(() => ledger.span());
      await ledger.append(1, batchOf([entry({ id: 'r3' })]), UNASSESSED); // the transaction around it goes on
      await ledger.commit();
      expect(await cellsOf(ledger)).toMatchObject([{ events: 3n }]);
    });

    test('a ledger can be closed twice', async () => {
      await using ledger = await open();
      await ledger.close();
      await ledger.close();
    });
  });

  describe('rules', () => {
    const apply = async (
      ledger: Ledger,
      hash: string,
      assign: AssignUnit,
      timeZone = 'UTC',
      edges: readonly string[] = [],
    ) => {
      await ledger.begin();
      const query = { timeZone, assign, edges, reads: () => true };
      const { changed } = await ledger.applyRules({ hash, json: `{"${hash}":1}` }, query);
      await ledger.commit();
      return changed;
    };
    const unitsOf = async (ledger: Ledger) =>
      (await cellsOf(ledger, { by: ['unit'] })).map((cell) => `${cell.values[0]} ${cell.events}`);

    test('events are assigned anew by everything a rule can see; only those that change are counted', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ id: 'r1', unit: 'wukong', event: { origin: { key: 'k1', tags: { app: 'x' } } } }),
        entry({ id: 'r2', unit: 'wukong', event: { origin: { key: 'k2' } } }),
        entry({ id: 'r3', unit: null, event: { origin: { key: 'k3' } } }),
        entry({ id: 'r4', unit: null, recording: METER, event: { model: 'gpt-5', provider: 'openai' } }),
      ]);
      expect(await ledger.appliedRules()).toBeNull();
      const assign: AssignUnit = ({ origin, recording, model, provider }) =>
        origin.tags.app === 'x' ? 'wukong' : origin.key === 'k2' ? null : `${recording.role}/${model}/${provider}`;
      expect(await apply(ledger, 'h1', assign)).toBe(3);
      expect(await unitsOf(ledger)).toEqual(['null 1', 'app/qwen3-max/alibaba 1', 'wukong 1', 'meter/gpt-5/openai 1']);
      expect(await ledger.appliedRules()).toEqual({ hash: 'h1', json: '{"h1":1}' });
      expect(await apply(ledger, 'h1', assign)).toBe(0);
      expect(await apply(ledger, 'h2', () => 'one')).toBe(4);
      expect(await ledger.appliedRules()).toMatchObject({ hash: 'h2' });
      await importFile(ledger, [entry({ id: 'r5', unit: 'two' }), entry({ id: 'r6', unit: 'one' })]);
      expect(await unitsOf(ledger)).toEqual(['one 4', 'two 1', 'one 1']);
      expect(await apply(ledger, 'h1', assign)).toBe(6);
      expect(await ledger.appliedRules()).toMatchObject({ hash: 'h1' });
      await ledger.begin();
      await ledger.applyRules({ hash: 'h1', json: '{"name":2}' }, { ...ALL_ORIGINS, assign }); // a unit was renamed
      await ledger.commit();
      expect(await ledger.appliedRules()).toEqual({ hash: 'h1', json: '{"name":2}' });
    });

    test('a dated rule goes by the local date, a bucket by its own', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ id: 'r1', event: { at: at('2026-03-31T15:59:59Z') } }),
        entry({ id: 'r2', event: { at: at('2026-03-31T16:00:00Z') } }),
        entry({ id: 'b', event: { day: '2026-03-31', at: at('2026-03-31T23:00:00Z') } }),
      ]);
      await apply(ledger, 'h', ({ day }) => (day >= '2026-04-01' ? 'new' : 'old'), 'Asia/Shanghai', ['2026-04-01']);
      expect(await unitsOf(ledger)).toEqual(['old 1', 'new 1', 'old 1']); // the bucket, then the requests
    });

    test('a rule that throws changes nothing', async () => {
      await using ledger = await open();
      await importFile(ledger, [entry()]);
      await ledger.begin();
      const broken = () => {
        throw new Error('no such unit');
      };
      await expect(ledger.applyRules({ hash: 'h', json: '{}' }, { ...ALL_ORIGINS, assign: broken })).rejects.toThrow(
        'no such unit',
      );
      await ledger.rollback();
      expect(await unitsOf(ledger)).toEqual(['wukong 1']);
      expect(await ledger.appliedRules()).toBeNull();
    });

    test('origins are told apart by everything a rule can see', async () => {
      await using ledger = await open();
      const origin = { key: 'k', tags: { b: '2', a: '1' } };
      await importFile(ledger, [
        entry({ id: 'r1', event: { origin } }),
        entry({ id: 'r2', event: { origin: { key: 'k', tags: { a: '1', b: '2' } }, agent: 'not seen by rules' } }),
        entry({ id: 'r3', unit: null, event: { origin: { key: '' } } }),
      ]);
      const rows = await ledger.origins(ALL_ORIGINS);
      expect(rows).toMatchObject([
        {
          recording: APP,
          model: 'qwen3-max',
          provider: 'alibaba',
          origin: { ...origin, unit: null, user: null },
          unit: 'wukong',
          events: 2n,
          tokens: 240n,
        },
        { origin: { key: '', tags: {} }, unit: null, events: 1n, tokens: 120n },
      ]);
    });
  });
}
