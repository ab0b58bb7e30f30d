import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MeterLine } from '../../../src/hub/statement/meter-line.js';
import { statementOf } from '../../../src/hub/statement/statement.js';
import type { Rates } from '../../../src/pricing/price.js';

const PRICE = { source: 'list', asOf: '2026-10-01', model: 'm', region: null, mode: 'standard', tier: null };
const RATES: Rates = {
  ...{ input: '0.7', cacheRead: '0.1', cacheReadExplicit: null, cacheWrite5m: null, cacheWrite1h: null, output: '3' },
  ...{ outputThinking: '6', inputAudio: null, outputAudio: null },
};

const count = fc.option(fc.bigInt({ min: 0n, max: 10n ** 15n }), { nil: null });

const lines: fc.Arbitrary<MeterLine> = fc
  .record({
    recording: fc.record({
      role: fc.constantFrom('app', 'bill'),
      source: fc.constantFrom('a', 'b'),
      account: fc.constantFrom('x', 'y'),
    }),
    ...{ unit: fc.constantFrom('wukong', 'agents'), model: fc.constantFrom('qwen3-max', 'qwen-plus') },
    charge: fc.constantFrom('usage', 'usage', 'tax', 'credit'),
    isPriced: fc.boolean(),
    input: count,
    output: count,
    reasoning: count,
    cost: fc.option(
      fc.record({
        kind: fc.constantFrom('billed', 'computed'),
        currency: fc.constantFrom('USD', 'CNY'),
        pico: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
      }),
      { nil: null },
    ),
    reads: fc.record({ isReadForTokens: fc.boolean(), isReadForMoney: fc.boolean(), isCovered: fc.boolean() }),
  })
  .map(({ isPriced, input, output, reasoning, reads, ...line }) => ({
    ...line,
    ...reads,
    ...{ provider: 'alibaba', mode: 'standard', price: isPriced ? PRICE : null, unpriced: null },
    ...{ events: 3n, requests: 3n, quantities: {} },
    tokens: { input, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, output, reasoning },
  }));

const amount = fc.record({
  currency: fc.constantFrom('USD', 'CNY'),
  pico: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
});
const allocations = amount.map((of) => ({ from: 'gateway', to: 'wukong', by: 'evenly', ...of }));
const corrections = fc
  .record({ amount, tokens: count, kind: fc.constantFrom('billed', 'computed') })
  .map(({ amount: of, ...line }) => ({
    ...{ period: '2026-09', model: 'qwen3-max', charge: 'usage' as const, cause: 'imported: late.csv' },
    ...{ ...of, ...line },
  }));

const sumsOf = (amounts: readonly { readonly currency: string; readonly pico: bigint }[]): Record<string, bigint> => {
  const sums: Record<string, bigint> = {};
  for (const { currency, pico } of amounts) sums[currency] = (sums[currency] ?? 0n) + pico;
  return sums;
};

test('the lines of a statement add up to its total: the cost that is read, shared cost and corrections, by currency', () => {
  fc.assert(
    fc.property(
      fc.array(lines, { maxLength: 12 }),
      fc.array(allocations, { maxLength: 3 }),
      fc.array(corrections, { maxLength: 3 }),
      fc.boolean(),
      (meter, parts, changes, isKnown) => {
        const ratesOf = () => (isKnown ? [RATES] : []);
        const statement = statementOf({
          ...{ lines: meter, before: [], ratesOf, allocations: parts, corrections: changes },
        });
        expect(sumsOf(statement.lines)).toEqual(statement.total);
        const { USD = 0n, CNY = 0n } = statement.now.cost;
        const beside = sumsOf([...parts, ...changes]);
        expect([statement.total.USD ?? 0n, statement.total.CNY ?? 0n]).toEqual([
          USD + (beside.USD ?? 0n),
          CNY + (beside.CNY ?? 0n),
        ]);
      },
    ),
    { numRuns: 300 },
  );
});
