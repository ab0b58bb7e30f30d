import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CorrectionLine, correctionsOf, lessBooked } from '../../../src/hub/closing/correction.js';
import type { MeterLine } from '../../../src/hub/statement/meter-line.js';
import { line, NO_TOKENS, usd } from './lines.js';

const bill = { recording: { role: 'bill', source: 'alibaba-bill', account: 'alibaba' } } as const;

describe('corrections', () => {
  test('are none where nothing is different', () => {
    expect(correctionsOf([line()], [line()])).toEqual([]);
  });

  test('are the difference, signed, of one unit, model, role, charge, kind and currency', () => {
    const now = line({ tokens: { input: 130n, output: 15n }, cost: usd(7n), events: 3n, requests: 2n });
    expect(correctionsOf([line()], [now])).toEqual([
      {
        ...{ unit: 'wukong', model: 'qwen3-max', role: 'app', charge: 'usage', kind: 'computed', currency: 'USD' },
        ...{ events: 2n, requests: 1n, quantities: {}, pico: 2n },
        tokens: { ...NO_TOKENS, input: 30n, output: -5n },
      },
    ]);
  });

  test('take what moved from one unit to another back there and give it here', () => {
    const moved = correctionsOf([line()], [line({ unit: null })]);
    expect(moved.map(({ unit, tokens, pico }) => [unit, tokens.input, pico])).toEqual([
      ['wukong', -100n, -5n],
      [null, 100n, 5n],
    ]);
  });

  test('are of what is read alone: tokens of one role, money of another', () => {
    const app = line({ isReadForMoney: false });
    const billed = line({
      ...bill,
      isReadForTokens: false,
      cost: { kind: 'billed', currency: 'CNY', pico: 9n },
      quantities: { image: 1n },
    });
    expect(correctionsOf([], [app, billed, line({ isReadForTokens: false, isReadForMoney: false })])).toMatchObject([
      { role: 'app', kind: null, currency: null, pico: 0n, tokens: { input: 100n } },
      { role: 'bill', kind: 'billed', currency: 'CNY', pico: 9n, events: 0n, tokens: NO_TOKENS, quantities: {} },
    ]);
  });

  test('tell a class that nobody reported apart from one that is as it was', () => {
    const [only] = correctionsOf(
      [line({ tokens: { cacheRead: 3n } })],
      [line({ tokens: { input: 1n, cacheRead: 3n } })],
    );
    expect(only?.tokens).toEqual({ ...NO_TOKENS, input: 1n, cacheRead: 0n });
  });

  test('name quantities beside tokens', () => {
    const [only] = correctionsOf(
      [line({ quantities: { image: 2n, second: 1n } })],
      [line({ quantities: { second: 1n } })],
    );
    expect(only?.quantities).toEqual({ image: -2n });
  });
});

// --- properties -------------------------------------------------------------------------------------------------

const figure = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const anyLine: fc.Arbitrary<MeterLine> = fc
  .record({
    unit: fc.constantFrom('wukong', 'qianwen', null),
    model: fc.constantFrom('a', 'b'),
    isReadForTokens: fc.boolean(),
    isReadForMoney: fc.boolean(),
    charge: fc.constantFrom('usage' as const, 'tax' as const),
    recording: fc.constantFrom(line().recording, bill.recording),
    cost: fc.option(
      fc.record({
        kind: fc.constantFrom('billed' as const, 'computed' as const),
        currency: fc.constantFrom('USD', 'CNY', '__proto__'),
        pico: figure,
      }),
    ),
    events: figure,
    requests: figure,
    tokens: fc.record({ input: fc.option(figure), output: fc.option(figure) }),
    quantities: fc.dictionary(fc.constantFrom('image', 'second'), figure),
  })
  .map(line);
const anyLines = fc.array(anyLine, { maxLength: 12 });

/** The slow obvious version: every figure by what it is of. */
function totalsOf(lines: readonly CorrectionLine[]): Map<string, bigint> {
  const totals = new Map<string, bigint>();
  const add = (name: string, value: bigint) => totals.set(name, (totals.get(name) ?? 0n) + value);
  for (const { unit, model, role, charge, kind, currency, events, requests, tokens, quantities, pico } of lines) {
    const of = JSON.stringify([unit, model, role, charge]);
    add(`${of} ${kind} ${currency}`, pico);
    add(`${of} events`, events);
    add(`${of} requests`, requests);
    for (const [name, value] of Object.entries(tokens)) add(`${of} ${name}`, value ?? 0n);
    for (const [name, value] of Object.entries(quantities)) add(`${of} quantity ${name}`, value);
  }
  return new Map([...totals].filter(([, value]) => value !== 0n).sort());
}

const read = (lines: readonly MeterLine[]) => totalsOf(correctionsOf([], lines));

const minus = (a: Map<string, bigint>, b: Map<string, bigint>) =>
  new Map(
    [...new Set([...a.keys(), ...b.keys()])].sort().flatMap((name) => {
      const value = (a.get(name) ?? 0n) - (b.get(name) ?? 0n);
      return value === 0n ? [] : [[name, value] as const];
    }),
  );

describe('corrections, whatever the lines,', () => {
  test('add up to the difference exactly', () => {
    fc.assert(
      fc.property(anyLines, anyLines, (frozen, now) => {
        expect(totalsOf(correctionsOf(frozen, now))).toEqual(minus(read(now), read(frozen)));
      }),
    );
  });

  test('do not depend on the order of the lines, nor on how they are cut', () => {
    fc.assert(
      fc.property(anyLines, anyLines, (frozen, now) => {
        const whole = correctionsOf(frozen, now);
        expect(correctionsOf([...frozen].reverse(), [...now].reverse())).toEqual(whole);
      }),
    );
  });

  test('taken up once and once more are those of the whole time', () => {
    fc.assert(
      fc.property(anyLines, anyLines, anyLines, (frozen, then, now) => {
        const booked = correctionsOf(frozen, then);
        const pending = lessBooked(correctionsOf(frozen, now), booked);
        expect(totalsOf([...booked, ...pending])).toEqual(totalsOf(correctionsOf(frozen, now)));
        expect(totalsOf(pending)).toEqual(totalsOf(correctionsOf(then, now)));
      }),
    );
  });
});
