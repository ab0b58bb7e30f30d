import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../random.js';
import { borderParts } from '../../../src/hub/allocation/border-parts.js';
import type { ToldSplit } from '../../../src/hub/allocation/told-split.js';

const UNITS = ['gateway', 'wukong', 'qianwen', 'agents'];

const cost = fc.dictionary(fc.constantFrom('USD', 'CNY'), fc.bigInt({ min: -100n, max: 100n }));
const split: fc.Arbitrary<ToldSplit> = fc
  .record({
    from: fc.constantFrom(...UNITS, null),
    isInvoice: fc.boolean(),
    parts: fc.uniqueArray(fc.record({ unit: fc.constantFrom(...UNITS), by: fc.constant('evenly'), cost }), {
      selector: ({ unit }) => unit,
    }),
    unallocated: cost,
  })
  .map(({ isInvoice, from, ...rest }) => ({
    ...{ kind: isInvoice ? 'invoice' : 'unit', from: isInvoice ? null : from, what: 'x' },
    ...rest,
  }));

const sumIn = (splits: readonly ToldSplit[], units: readonly (string | null)[], currency: string): bigint =>
  borderParts(splits, new Set(units))
    .filter((part) => part.currency === currency)
    .reduce((sum, { pico }) => sum + pico, 0n);

test('what crosses the border of several units is the sum of what crosses that of each', () => {
  fc.assert(
    fc.property(fc.array(split, { maxLength: 4 }), fc.subarray([...UNITS, null]), (splits, units) => {
      for (const currency of ['USD', 'CNY'])
        expect(sumIn(splits, units, currency)).toBe(
          units.reduce((sum, unit) => sum + sumIn(splits, [unit], currency), 0n),
        );
    }),
    { numRuns: 300 },
  );
});

test('an invoice comes from outside, what is of no unit may be split, and what nobody is given is given away', () => {
  const part = (unit: string, pico: bigint) => ({ unit, by: '60%', cost: { CNY: pico } });
  const splits: ToldSplit[] = [
    { kind: 'invoice', from: null, what: 'support', parts: [part('wukong', 6n)], unallocated: { CNY: 4n } },
    { kind: 'unit', from: null, what: '(unassigned)', parts: [part('wukong', 3n)], unallocated: { CNY: 2n } },
  ];
  const told = (unit: string | null) =>
    borderParts(splits, new Set([unit])).map(({ from, to, pico }) => [from, to, pico]);
  expect(told('wukong')).toEqual([
    ['support', 'wukong', 6n],
    ['(unassigned)', 'wukong', 3n],
  ]);
  expect(told(null)).toEqual([
    ['(unassigned)', 'wukong', -3n],
    ['(unassigned)', '(unallocated)', -2n],
  ]);
});
