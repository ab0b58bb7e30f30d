import { describe, expect, test } from 'vitest';
import type { CallRecord } from '../../../src/hub/reconcile/call-record.js';
import { costCause } from '../../../src/hub/reconcile/cost-findings.js';
import { reconcile } from '../../../src/hub/reconcile/reconcile.js';
import { isAborted, isCacheHit } from '../../../src/hub/reconcile/status.js';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { billed, call, cents, cny, compare, HOUR, HOUR_MS, NO_PRICES, tokens, told } from './calls.js';

describe('of a request in both', () => {
  const [a, b] = [call('a'), call('b')];
  const differing = (left: Parameters<typeof call>[1], right: Parameters<typeof call>[1]) =>
    told(compare([a, call('x', left)], [a, call('x', right)]));

  test('agreeing figures need no cause', () => {
    expect(differing({}, {})).toEqual([]);
  });

  test('a count of the same size is an estimate, one further off is unexplained', () => {
    expect(differing({ tokens: tokens(2000, 100) }, {})).toEqual(['estimated_tokens: -1000/0']); // 1,000 is half of 2,000
    expect(differing({ tokens: tokens(2001, 100) }, {})).toEqual(['unexplained: -1001/0']);
  });

  test('what is not reported was not estimated', () => {
    expect(differing({ tokens: tokens(1000, null) }, {})).toEqual(['unexplained: 0/100']);
  });

  test('an estimate with a declared tokenizer is a skew', () => {
    const pair = compare([a, call('x', { tokens: tokens(1100, 100) })], [a, call('x')], {
      declared: { tokenizers: new Set(['app'] as const) },
    });
    expect(told(pair)).toEqual(['tokenizer_skew: -100/0']);
  });

  test('an aborted call explains any difference of its own', () => {
    expect(differing({ status: 'aborted', tokens: tokens(1000, 0) }, { tokens: tokens(0, 0) })).toEqual([
      'stream_abort: -1000/0',
    ]);
    expect(differing({ status: 'aborted' }, {})).toEqual([]);
  });

  test("cached input counted as fresh, or left out, is the application's doing", () => {
    const cached = { tokens: tokens(600, 100, 400) };
    expect(differing({ tokens: tokens(1000, 100) }, cached)).toEqual(['cached_ignored_by_app: 0/0']);
    expect(differing({ tokens: tokens(600, 100) }, cached)).toEqual(['cached_ignored_by_app: 400/0']);
    expect(differing(cached, { tokens: tokens(1000, 100) })).not.toContain('cached_ignored_by_app: 0/0');
  });

  test('a cache hit of the gateway is named though both count the same', () => {
    const { findings } = compare([a, b], [a, call('b', { status: 'cache_hit' })]);
    expect(findings).toMatchObject([{ cause: 'gateway_cache_hit', tokens: 1100n, difference: { input: 0n } }]);
  });

  test('a further record is a retry only where a second attempt is on record', () => {
    const attempt = (number: number | null) => call('x', { attempt: number });
    expect(told(compare([a, call('x')], [a, attempt(1), attempt(2)]))).toEqual(['retry: 1000/100']);
    expect(told(compare([a, call('x')], [a, attempt(1), attempt(1)]))).toEqual(['duplicate_in_gateway: 1000/100']);
    expect(told(compare([a, call('x')], [a, attempt(null), attempt(null)]))).toEqual([
      'duplicate_in_gateway: 1000/100',
    ]);
    expect(told(compare([a, call('x'), call('x')], [a, call('x')]))).toEqual(['duplicate_in_app: -1000/-100']);
  });

  test('as many records of a request in both are so many calls', () => {
    expect(told(compare([call('x'), call('x')], [call('x'), call('x')]))).toEqual([]);
  });

  test('the attempt that failed is not compared with the one that succeeded', () => {
    const failed = call('x', { attempt: 1, status: 'error', tokens: tokens(0, 0) });
    expect(told(compare([call('x')], [failed, call('x', { attempt: 2 })]))).toEqual(['retry: 0/0']);
  });
});

test('requests of one side alone are missing in the other; records without an id are unexplained', () => {
  const pair = compare([call('a'), call('b'), call(null)], [call('a'), call('c')]);
  expect(told(pair)).toEqual(['missing_in_gateway: -1000/-100', 'missing_in_app: 1000/100', 'unexplained: -1000/-100']);
  expect(pair).toMatchObject({ matched: 1, unmatched: 3 });
});

test('a request of an hour that one side does not cover is compared where the other has its id', () => {
  const late = { at: HOUR + HOUR_MS };
  expect(told(compare([call('a'), call('b')], [call('a'), call('b', late)]))).toEqual([]);
  expect(told(compare([call('a')], [call('a'), call('b', late)]))).toEqual([]); // not compared
});

describe('of a bucket', () => {
  const BILL = { sides: ['app', 'bill'] } as const;

  test('what the bill has more of is that of a call that ended early: its output alone, where its input is known', () => {
    const aborted = call('x', { status: 'aborted', tokens: tokens(1000, 0) });
    const of = (input: number, output: number) =>
      told(compare([aborted], [billed({ tokens: tokens(input, output) })], BILL));
    expect(of(1000, 70)).toEqual(['stream_abort: 0/70']);
    expect(of(1500, 70)).toEqual(['unexplained: 500/70']);
    expect(of(900, 0)).toEqual(['unexplained: -100/0']);
  });

  test('cached input that only the bill tells is named where all input agrees', () => {
    expect(told(compare([call('a')], [billed({ tokens: tokens(600, 100, 400) })], BILL))).toEqual([
      'cached_ignored_by_app: 0/0',
    ]);
  });

  test('records of the application that are copies are not on the bill', () => {
    expect(told(compare([call('a'), call('a')], [billed()], BILL))).toEqual(['duplicate_in_app: -1000/-100']);
    expect(told(compare([call('a'), call('a')], [billed({ tokens: tokens(2000, 200) })], BILL))).toEqual([]);
  });

  test('quantities of a bill that are all round differ by less than their last digit', () => {
    const hours = Array.from({ length: 6 }, (_, i) => ({ at: HOUR + i * HOUR_MS }));
    const bill = hours.map(({ at }) =>
      billed({ at, until: at + HOUR_MS, tokens: tokens(1000 * (1 + (at % 7)), 1000) }),
    );
    const calls = bill.map(({ at, tokens: { input } }, i) => call(`${i}`, { at, tokens: tokens(input! + 499, 1000) }));
    expect(new Set(told(compare(calls, bill, BILL)))).toEqual(new Set(['rounding: -499/0']));
    const few = compare(calls.slice(0, 4), bill.slice(0, 4), BILL); // eight quantities may all be round by chance
    expect(new Set(told(few))).toEqual(new Set(['unexplained: -499/0']));
  });

  test('a bill in whole tokens has nothing to round: one token more is unexplained', () => {
    expect(told(compare([call('a')], [billed({ tokens: tokens(1001, 100) })], BILL))).toEqual(['unexplained: 1/0']);
  });

  test('hours are compared by the owner both name, else by model alone', () => {
    const [mine, theirs] = [call('a', { unit: 'u', key: 'k1' }), billed({ unit: 'u', key: 'k2' })];
    expect(compare([mine], [theirs], BILL)).toMatchObject({ owner: 'unit', matched: 1, findings: [] });
    expect(compare([mine], [{ ...theirs, unit: 'v' }], BILL)).toMatchObject({ owner: null, matched: 1 });
  });

  test('days of a bill are those of its issuer', () => {
    const day = { at: Date.UTC(2026, 8, 30, 16), day: '2026-10-01', until: Date.UTC(2026, 9, 1, 16) }; // UTC+8
    const calls = [call('a', { at: day.at }), call('b', { at: day.until - 1 }), call('c', { at: day.until })];
    const pair = compare(calls, [billed({ ...day, tokens: tokens(2000, 200) })], BILL);
    expect(pair).toMatchObject({ by: 'day', matched: 1, difference: { input: 0n } });
    expect(told(pair)).toEqual(['late_bill: 0/0']); // c, of the day after
  });
});

describe('the money of a bucket whose tokens agree', () => {
  const priced = (amount: number) => call('a', { cost: cents(amount) });
  const other = (cause: 'price_table' | 'tier_rule', amount: number) => ({
    costOf: ({ cost }: { cost: ReturnType<typeof cny> | null }) => cost,
    others: [{ cause, text: 'the other', costOf: () => cents(amount) }],
  });
  const money = (of: Parameters<typeof compare>[2], bill: ReturnType<typeof cny>, amount = 100) =>
    compare([priced(amount)], [billed({ cost: bill })], { sides: ['app', 'bill'], ...of }).findings.map(
      ({ cause, cost, evidence }) => [cause, cost.get('CNY'), evidence[0]],
    );

  test('is explained by another price list, or another tier, that gives exactly the bill', () => {
    const at = '2026-10-01T15:00Z, m (the other)';
    expect(money({ prices: other('price_table', 250) }, cents(250))).toEqual([['price_table', cents(150).pico, at]]);
    expect(money({ prices: other('tier_rule', 250) }, cents(250))).toEqual([['tier_rule', cents(150).pico, at]]);
  });

  test('is unexplained where none does', () => {
    expect(money({ prices: other('price_table', 250) }, cents(290))).toEqual([
      [null, cents(190).pico, '2026-10-01T15:00Z, m'],
    ]);
  });

  test('is rounding below the last digit of the bill, in each of its lines', () => {
    // Two lines, input and output, to the hundredth: less than 0.02 in all.
    const exact = cny(cents(100).pico + 19_999_999_999n);
    const found = compare([call('a', { cost: exact })], [billed({ cost: cents(100) })], {
      ...{ sides: ['app', 'bill'], prices: other('price_table', 0) },
    });
    expect(found.findings).toMatchObject([{ cause: 'rounding', cost: new Map([['CNY', -19_999_999_999n]]) }]);
    expect(money({ prices: other('price_table', 0) }, cents(102))).toMatchObject([
      [null, cents(2).pico, expect.anything()],
    ]);
  });

  test('names the list of the bill though its currency is another', () => {
    const usd = call('a', { cost: { currency: 'USD', pico: 1n } });
    const pair = compare([usd], [billed({ cost: cents(250) })], {
      ...{ sides: ['app', 'bill'], prices: other('price_table', 250) },
    });
    expect(pair.cost).toEqual(new Map()); // currencies are never added
    expect(pair.findings.map(({ cause }) => cause)).toContain('price_table');
  });
});

test('the tier is told beside a record that comes and goes, and has no price', () => {
  const unknown = call('x', { tokens: tokens(null, null) });
  const prices = {
    costOf: () => null,
    others: [
      {
        cause: 'tier_rule' as const,
        text: 'the other',
        costOf: (one: CallRecord) => (one === unknown ? null : cents(250)),
      },
    ],
  };
  const money = { currency: 'CNY', difference: cents(150).pico, billed: cents(250).pico };
  const of = (gone: readonly CallRecord[]) =>
    costCause(
      money,
      { come: [call('a'), unknown], gone },
      { prices, digit: { tokens: 1n, money: () => 0n }, lines: 2n },
    );
  expect(of([unknown])).toEqual({ cause: 'tier_rule', text: 'the other' });
  expect(of([])).toBeNull();
});

describe('images on the bill that the gateway never saw', () => {
  const image = (amount: bigint) => ({ tokens: NO_TOKENS, name: 'i', quantities: { image: amount * 1_000_000n } });
  const past = (onBill: bigint) => {
    const found = reconcile({
      recordings: [
        { side: 'app', records: [call('a'), call('b', image(2n)), call('c', image(1n))] },
        { side: 'gateway', records: [call('a', { cost: cents(1) })] },
        { side: 'bill', records: [billed({ cost: cents(1) }), billed({ ...image(onBill), cost: cents(60) })] },
      ],
      ...{ asked: { from: null, to: null }, timeZone: 'UTC', bucket: null, prices: NO_PRICES },
      ...{ declared: { tokenizers: new Set<never>() }, isPreliminary: () => false },
    });
    if (!('pairs' in found)) throw new Error(JSON.stringify(found));
    return found.pairs[1]!.findings.map(({ cause, evidence, cost }) => [cause, evidence, cost.get('CNY')]);
  };

  test('are those of the application, where as many are on record', () => {
    expect(past(3n)).toEqual([['missing_in_gateway', ['b', 'c'], cents(60).pico]]);
  });

  test('are unexplained where the bill has more of them', () => {
    expect(past(4n)).toEqual([[null, ['2026-10-01T15:00Z, i'], cents(60).pico]]);
  });
});

describe('a bill that tells no finer than a month', () => {
  const [october, november] = [Date.UTC(2026, 9, 1), Date.UTC(2026, 10, 1)];
  const month = billed({ at: october, until: november, day: '2026-10-01', tokens: tokens(2000, 200) });
  const calls = [call('a'), call('b', { at: november - 1 }), call('c', { at: november })];

  test('is compared with the calls of the month, also where the month is asked for', () => {
    for (const asked of [
      { from: null, to: null },
      { from: october, to: november },
    ]) {
      const pair = compare(calls, [month], { sides: ['app', 'bill'], asked });
      expect(pair).toMatchObject({ by: 'period', matched: 1, unmatched: 0 });
      expect(pair.difference).toMatchObject({ input: 0n, output: 0n }); // 2 x 1,000 and 2 x 100; c is of November
    }
  });

  test('has no time in common with a period that does not hold the month whole', () => {
    const asked = { from: october + 1, to: november };
    expect(() => compare(calls, [month], { sides: ['app', 'bill'], asked })).toThrow('apart');
  });
});

test('records without a request id are one finding, of as many calls', () => {
  const pair = compare([call('a'), call(null), call(null)], [call('a')]);
  expect(pair).toMatchObject({ matched: 1, unmatched: 2 });
  expect(pair.findings).toMatchObject([{ cause: null, requests: 2, evidence: ['(no request id)'] }]);
});

test.each([
  ['aborted', true],
  ['client_disconnect', true],
  ['cancelled', true],
  ['499', true],
  ['0 DC', true],
  ['200', false],
  ['ok', false],
  ['4990', false],
])('status %s tells of a call that ended early: %s', (status, isOne) => {
  expect(isAborted({ status })).toBe(isOne);
});

test("a gateway's own cache is told by status or plan", () => {
  expect(isCacheHit({ status: 'cache_hit', plan: null })).toBe(true);
  expect(isCacheHit({ status: null, plan: 'gateway cache' })).toBe(true);
  expect(isCacheHit({ status: 'ok', plan: 'free quota' })).toBe(false);
});

test('a hundred thousand requests are compared one by one', () => {
  const calls = Array.from({ length: 100_000 }, (_, i) => call(`${i}`, { at: HOUR + i }));
  const pair = compare(calls, calls.slice(1).reverse());
  expect(pair).toMatchObject({ matched: 99_999, unmatched: 1 });
  expect(told(pair)).toEqual(['missing_in_gateway: -1000/-100']);
});
