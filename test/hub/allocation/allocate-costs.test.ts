import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AllocationResult, allocateCosts } from '../../../src/hub/allocation/allocate-costs.js';
import type { Allocation, Costs, UnitAllocation } from '../../../src/hub/allocation/allocation.js';
import type { AllocationFacts, DayUsage } from '../../../src/hub/allocation/day-groups.js';
import { partsOfUnit } from '../../../src/hub/allocation/parts.js';
import { splitCircle } from '../../../src/hub/allocation/split-order.js';

const usage = (unit: string | null, cny: bigint, tokens: bigint, facts: Partial<DayUsage> = {}): DayUsage => ({
  unit,
  day: '2026-10-05',
  cost: { CNY: cny },
  used: true,
  tokens,
  requests: 1n,
  ...facts,
});

const facts = (used: readonly DayUsage[], more: Partial<AllocationFacts> = {}): AllocationFacts => ({
  units: [],
  usage: used,
  parts: new Map(),
  invoices: new Map(),
  ...more,
});

const by = (way: 'even' | 'tokens' | 'requests', ...to: string[]) => ({ by: way, to: to.length === 0 ? null : to });

const shares = (of: Readonly<Record<string, number>>) => ({
  by: 'share' as const,
  shares: Object.entries(of).map(([unit, percent]) => ({
    unit,
    text: `${percent}%`,
    weight: BigInt(percent) * 10n ** 12n,
  })),
});

const split = (from: string | null, how: Allocation['split'], more: Partial<UnitAllocation> = {}): Allocation => ({
  kind: 'unit',
  from,
  split: how,
  name: null,
  where: [],
  since: null,
  until: null,
  ...more,
  place: more.place ?? 0,
});

const netOf = ({ units }: AllocationResult, currency = 'CNY') =>
  Object.fromEntries(units.map(({ unit, net }) => [unit ?? '(none)', net[currency] ?? 0n]));

describe('a split', () => {
  const used = [usage('gateway', 100n, 5n), usage('qianwen', 7n, 30n), usage('wukong', 0n, 10n), usage(null, 3n, 60n)];

  test('by fixed shares leaves what is not shared unallocated', () => {
    const result = allocateCosts(facts(used), [split('gateway', shares({ qianwen: 50, wukong: 30 }))]);
    // of 100: 50, 30, and 20 unallocated
    expect(netOf(result)).toEqual({ gateway: 0n, qianwen: 57n, wukong: 30n, '(none)': 3n });
    expect(result).toMatchObject({ shared: { CNY: 100n }, unallocated: { CNY: 20n }, invoiced: {} });
  });

  test('by tokens goes by what each used', () => {
    const result = allocateCosts(facts(used), [split('gateway', by('tokens', 'qianwen', 'wukong'))]);
    expect(netOf(result)).toEqual({ gateway: 0n, qianwen: 82n, wukong: 25n, '(none)': 3n }); // 100 x 30/40, x 10/40
    expect(partsOfUnit(result, 'wukong')).toMatchObject([{ by: 'tokens', weight: 10n, of: 40n, cost: { CNY: 25n } }]);
  });

  test('without `to` goes to every unit with usage that splits nothing, and to none that is no unit', () => {
    const result = allocateCosts(facts(used), [split('gateway', by('even'))]);
    expect(result.splits[0]!.parts.map(({ unit }) => unit)).toEqual(['qianwen', 'wukong']);
  });

  test('by what nobody used leaves all of it unallocated', () => {
    const result = allocateCosts(facts(used), [split('gateway', by('tokens', 'new'))]);
    expect(result).toMatchObject({ unallocated: { CNY: 100n }, shared: { CNY: 100n } });
    expect(netOf(result)).toEqual({ gateway: 0n, new: 0n, qianwen: 7n, wukong: 0n, '(none)': 3n });
  });

  test('by requests that are not told of one leaves all of it unallocated, and names whose are not', () => {
    const told = [usage('gateway', 100n, 0n), usage('a', 0n, 30n, { requests: 3n })];
    const split100 = (...more: DayUsage[]) =>
      allocateCosts(facts([...told, ...more]), [split('gateway', by('requests', 'a', 'b'))]);
    // a bill tells of tokens and of no requests; that it does so on one of two days is enough
    const bill = usage('b', 0n, 60n, { requests: null });
    for (const result of [split100(bill), split100(bill, usage('b', 0n, 9n, { day: '2026-10-06', requests: 2n }))]) {
      expect(result).toMatchObject({ unallocated: { CNY: 100n }, splits: [{ unknown: ['b'], of: 0n }] });
      expect(netOf(result)).toMatchObject({ gateway: 0n, a: 0n, b: 0n });
    }
    // grains of a day without calls: of none at all nothing is told, beside calls they are the calls' own
    const grains = usage('b', 0n, 0n, { tokens: null, requests: 0n });
    expect(split100(grains).splits[0]!.unknown).toEqual(['b']);
    const calls = usage('b', 0n, 9n, { day: '2026-10-06', requests: 1n });
    expect(netOf(split100(grains, calls))).toMatchObject({ a: 75n, b: 25n }); // 3 : 1
    // without any usage 0 is 0
    expect(netOf(split100(usage('b', 7n, 0n, { used: false, tokens: null, requests: 0n })))).toMatchObject({ a: 100n });
  });

  test('by tokens that are not told of a unit with usage leaves all of it unallocated', () => {
    const images = usage('b', 0n, 0n, { tokens: null });
    const result = allocateCosts(facts([...used, images]), [split('gateway', by('tokens', 'qianwen', 'b'))]);
    expect(result).toMatchObject({ unallocated: { CNY: 100n }, splits: [{ unknown: ['b'] }] });
    expect(partsOfUnit(result, 'qianwen')).toEqual([]);
  });

  test('without `to` goes to no unit that has money lines alone', () => {
    const bought = usage('reserved', 50n, 0n, { used: false, tokens: null, requests: 0n });
    for (const way of ['even', 'tokens', 'requests'] as const) {
      const [divided] = allocateCosts(facts([...used, bought]), [split('gateway', by(way))]).splits;
      expect(divided!.parts.map(({ unit }) => unit)).toEqual(['qianwen', 'wukong']);
    }
  });

  test('splits every currency by itself', () => {
    const both = [usage('gateway', 10n, 0n, { cost: { CNY: 10n, USD: -3n } }), usage('a', 0n, 1n), usage('b', 0n, 1n)];
    const result = allocateCosts(facts(both), [split('gateway', by('even', 'a', 'b'))]);
    expect(netOf(result)).toMatchObject({ a: 5n, b: 5n });
    expect(netOf(result, 'USD')).toMatchObject({ a: -2n, b: -1n }); // a credit of 3: the earlier has the larger part
  });

  test('weighs a unit with all beneath it, but for those that are named and for the unit that is split', () => {
    const beneath = (id: string) => ({ id, parent: 'qianwen', name: null, stage: null, owner: null, operates: [] });
    const units = [{ ...beneath('qianwen'), parent: null }, beneath('chat'), beneath('search'), beneath('gateway')];
    const tree = [usage('gateway', 100n, 900n), usage('chat', 0n, 30n), usage('search', 0n, 10n)];
    const result = allocateCosts(facts(tree, { units }), [split('gateway', by('tokens', 'qianwen', 'search'))]);
    expect(netOf(result)).toMatchObject({ qianwen: 75n, search: 25n, chat: 0n });
  });

  test('of a part takes that part, and another one the rest', () => {
    const parts = new Map([[0, [{ day: '2026-10-05', cost: { CNY: 40n } }]]]);
    const result = allocateCosts(facts(used, { parts }), [
      split('gateway', shares({ wukong: 100 }), { where: ['charge=purchase'] }),
      split('gateway', shares({ qianwen: 50 }), { place: 1 }),
    ]);
    // 40 to wukong; of the other 60 half to qianwen, half unallocated
    expect(netOf(result)).toEqual({ gateway: 0n, qianwen: 37n, wukong: 40n, '(none)': 3n });
    expect(result.unallocated).toEqual({ CNY: 30n });
  });

  test('of a part alone leaves the unit the rest', () => {
    const parts = new Map([[0, [{ day: '2026-10-05', cost: { CNY: 40n } }]]]);
    const result = allocateCosts(facts(used, { parts }), [
      split('gateway', shares({ wukong: 100 }), { where: ['charge=purchase'] }),
    ]);
    expect(netOf(result)).toMatchObject({ gateway: 60n, wukong: 40n });
  });
});

describe('a chain', () => {
  const used = [usage('cloud', 80n, 0n), usage('gateway', 20n, 0n), usage('a', 0n, 1n), usage('b', 0n, 3n)];
  const chain = [
    split('gateway', by('tokens', 'a', 'b')),
    split('cloud', shares({ gateway: 50, a: 25 }), { place: 1 }),
  ];

  test('splits what came to a unit with what it had, whatever the order of the config', () => {
    const result = allocateCosts(facts(used), chain);
    // cloud 80: 40 to gateway, 20 to a, 20 unallocated; gateway 20 + 40 = 60: 15 to a, 45 to b
    expect(netOf(result)).toEqual({ a: 35n, b: 45n, cloud: 0n, gateway: 0n });
    // what went through two splits is shared cost once
    expect(result).toMatchObject({ shared: { CNY: 100n }, unallocated: { CNY: 20n } });
    expect(netOf(allocateCosts(facts(used), [...chain].reverse()))).toEqual(netOf(result));
  });
});

describe('dates', () => {
  const day = (unit: string, on: string, cny: bigint, tokens = 0n) => usage(unit, cny, tokens, { day: on });
  const used = [
    day('gateway', '2026-10-14', 10n),
    day('gateway', '2026-10-15', 100n),
    day('gateway', '2026-10-16', 1000n),
    day('a', '2026-10-14', 0n, 3n),
    day('a', '2026-10-16', 0n, 1n),
    day('b', '2026-10-16', 0n, 1n),
  ];

  test('both included, and shares change between them', () => {
    const result = allocateCosts(facts(used), [
      split('gateway', shares({ a: 100 }), { until: '2026-10-14' }),
      split('gateway', shares({ b: 100 }), { since: '2026-10-16', place: 1 }),
    ]);
    expect(netOf(result)).toEqual({ a: 10n, b: 1000n, gateway: 100n });
  });

  test('weights are those of the days it is in force', () => {
    const result = allocateCosts(facts(used), [split('gateway', by('tokens', 'a', 'b'), { since: '2026-10-15' })]);
    expect(netOf(result)).toEqual({ a: 550n, b: 550n, gateway: 10n }); // of 1,100 by 1 : 1, not by 4 : 1
  });
});

describe('a line of an invoice', () => {
  const line: Allocation = {
    kind: 'invoice',
    name: 'servers',
    currency: 'CNY',
    pico: 1200n,
    month: '2026-10',
    split: by('tokens', 'a', 'gateway'),
    since: null,
    until: null,
    place: 0,
  };
  const used = [usage('a', 5n, 1n), usage('gateway', 0n, 2n), usage('a', 0n, 100n, { day: '2026-11-01' })];
  const invoices = new Map([[0, [{ month: '2026-10', first: '2026-10-01', last: '2026-10-31' }]]]);

  test('is added to what the ledger holds, by the weights of its month, and goes on in a chain', () => {
    const result = allocateCosts(facts(used, { invoices }), [line, split('gateway', shares({ b: 100 }), { place: 1 })]);
    // 1,200 x 1/3 = 400 to a, 800 to the gateway, which gives them to b
    expect(netOf(result)).toEqual({ a: 405n, b: 800n, gateway: 0n });
    expect(result).toMatchObject({ invoiced: { CNY: 1200n }, shared: { CNY: 1200n }, unallocated: { CNY: 0n } });
  });

  test('that the window does not hold is not split', () => {
    expect(netOf(allocateCosts(facts(used), [line]))).toEqual({ a: 5n, gateway: 0n });
  });
});

describe('circles', () => {
  test('are named by the units in them', () => {
    const circle = [split('a', shares({ b: 1 })), split('b', by('even', 'c', 'd')), split('d', by('even', 'a'))];
    expect(splitCircle(circle)).toEqual(['a', 'b', 'd', 'a']);
    expect(splitCircle(circle.slice(0, 2))).toBeNull();
  });

  test('are none when the splits are never in force together', () => {
    const there = split('a', shares({ b: 1 }), { until: '2026-10-14' });
    expect(splitCircle([there, split('b', shares({ a: 1 }), { since: '2026-10-15' })])).toBeNull();
    expect(splitCircle([there, split('b', shares({ a: 1 }), { since: '2026-10-14' })])).toEqual(['a', 'b', 'a']);
  });

  test('are found exactly where a walk along the splits comes back', () => {
    const edge = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 12 }), (edges) => {
        const splits = edges.map(([from, to]) => split(`u${from}`, shares({ [`u${to}`]: 100 })));
        const reach = edges.map(([from, to]) => [`u${from}`, `u${to}`] as const);
        const leadsTo = (start: string) => {
          const met = new Set<string>();
          for (const [from, to] of reach) if (from === start) met.add(to);
          for (let size = -1; size !== met.size; ) {
            size = met.size;
            for (const [from, to] of reach) if (met.has(from)) met.add(to);
          }
          return met;
        };
        const isCircle = reach.some(([from]) => leadsTo(from).has(from));
        expect(splitCircle(splits) !== null).toBe(isCircle);
      }),
    );
  });
});

test('whatever is split, nothing is lost and nothing is added but invoices: to the last pico-unit, in every currency', () => {
  const amount = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  const dayUsage = fc.record({
    unit: fc.constantFrom('u0', 'u1', 'u2', 'u3', null),
    day: fc.constantFrom('2026-10-01', '2026-10-02', '2026-10-03'),
    cost: fc.dictionary(fc.constantFrom('CNY', 'USD'), amount),
    used: fc.boolean(),
    tokens: fc.option(fc.bigInt({ min: 0n, max: 10n ** 15n })),
    requests: fc.option(fc.bigInt({ min: 0n, max: 10n ** 6n })),
  });
  // A unit splits over units behind it alone, so there is no circle; one split a unit.
  const way = fc.record({
    by: fc.constantFrom('even' as const, 'tokens' as const, 'requests' as const, 'share' as const),
    since: fc.constantFrom(null, '2026-10-02'),
    until: fc.constantFrom(null, '2026-10-02', '2026-10-03'),
    percent: fc.integer({ min: 0, max: 50 }),
    isSplit: fc.boolean(),
  });
  const total = (costs: readonly Costs[], currency: string) =>
    costs.reduce((sum, cost) => sum + (cost[currency] ?? 0n), 0n);
  fc.assert(
    fc.property(fc.array(dayUsage, { maxLength: 12 }), fc.tuple(way, way, way), amount, (used, ways, pico) => {
      const splits = ways.flatMap(({ by: how, since, until, percent, isSplit }, i) => {
        const behind = [`u${i + 1}`, ...(i < 2 ? [`u${i + 2}`] : [])];
        const of = how === 'share' ? shares(Object.fromEntries(behind.map((u) => [u, percent]))) : by(how, ...behind);
        return isSplit ? [split(`u${i}`, of, { since, until, place: i })] : [];
      });
      const invoice: Allocation = {
        kind: 'invoice',
        ...{
          name: 'x',
          currency: 'CNY',
          pico,
          month: '2026-10',
          split: by('tokens'),
          since: null,
          until: null,
          place: 9,
        },
      };
      const invoices = new Map([[9, [{ month: '2026-10', first: '2026-10-01', last: '2026-10-31' }]]]);
      const result = allocateCosts(facts(used, { invoices }), [...splits, invoice]);
      for (const currency of ['CNY', 'USD']) {
        const own = total(
          result.units.map((unit) => unit.own),
          currency,
        );
        expect(own).toBe(
          total(
            used.map(({ cost }) => cost),
            currency,
          ),
        );
        const net =
          total(
            result.units.map((unit) => unit.net),
            currency,
          ) + (result.unallocated[currency] ?? 0n);
        expect(net).toBe(own + (currency === 'CNY' ? pico : 0n));
      }
    }),
  );
});
