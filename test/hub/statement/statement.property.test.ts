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

test('the lines of a statement add up to its total, which is the cost that is read, in every currency', () => {
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 12 }), fc.boolean(), (meter, isKnown) => {
      const ratesOf = () => (isKnown ? [RATES] : []);
      const part = { from: 'gateway', to: null, name: 'gateway', currency: 'USD', pico: 7n, how: 'even' };
      const statement = statementOf({ lines: meter, before: [], ratesOf, allocations: [part], corrections: [] });
      const sums: Record<string, bigint> = {};
      for (const { currency, pico } of statement.lines) sums[currency] = (sums[currency] ?? 0n) + pico;
      expect(sums).toEqual(statement.total);
      const { USD = 0n, CNY = 0n } = statement.now.cost;
      expect([statement.total.USD ?? 0n, statement.total.CNY ?? 0n]).toEqual([USD + 7n, CNY]);
    }),
    { numRuns: 300 },
  );
});
