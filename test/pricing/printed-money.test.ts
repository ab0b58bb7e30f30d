import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { printShares } from '../../src/pricing/printed-money.js';

const CENT = 10_000_000_000n;
const sumOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + BigInt(line.replace('.', '')), 0n);

test('three thirds of a dollar are printed as 0.34, 0.33, 0.33: the earlier line wins the tie', () => {
  const third = 333_333_333_333n; // 0.333...; three of them are 0.999999999999, printed 1.00
  expect(printShares([third, third, third], 2)).toEqual({ lines: ['0.34', '0.33', '0.33'], total: '1.00' });
});

test('the line with the largest remainder is rounded up', () => {
  // 0.012 + 0.018 = 0.030 -> 0.03; floors 0.01 + 0.01; one cent is missing and 0.018 has the larger remainder
  expect(printShares([12_000_000_000n, 18_000_000_000n], 2)).toEqual({ lines: ['0.01', '0.02'], total: '0.03' });
});

test('negative lines take part', () => {
  // 0.105 - 0.105 = 0: floors 0.10 and -0.11, remainders 0.005 each; the one missing cent goes to the earlier line
  expect(printShares([105_000_000_000n, -105_000_000_000n], 2)).toEqual({ lines: ['0.11', '-0.11'], total: '0.00' });
});

test('no lines print a total of nothing', () => {
  expect(printShares([], 2)).toEqual({ lines: [], total: '0.00' });
});

test('whole units and all twelve decimals can be printed', () => {
  expect(printShares([1_500_000_000_000n, 500_000_000_000n], 0)).toEqual({ lines: ['2', '0'], total: '2' });
  expect(printShares([1n], 12).lines).toEqual(['0.000000000001']);
});

test('lines sum to the total, none is off by a last place, and exact lines stay', () => {
  const pico = fc.oneof(
    fc.bigInt(-(10n ** 15n), 10n ** 15n),
    fc.bigInt(-5n, 5n).map((cents) => cents * CENT),
    fc.constant(CENT / 2n),
  );
  fc.assert(
    fc.property(fc.array(pico, { maxLength: 30 }), fc.integer({ min: 0, max: 12 }), (picos, decimals) => {
      const { lines, total } = printShares(picos, decimals);
      const unit = 10n ** BigInt(12 - decimals);
      expect(sumOf(lines)).toBe(sumOf([total]));
      for (const [index, line] of lines.entries()) {
        const shown = sumOf([line]) * unit;
        const difference = shown - picos[index]!;
        expect(difference < unit && -difference < unit).toBe(true);
        if (picos[index]! % unit === 0n) expect(difference).toBe(0n);
      }
    }),
  );
});
