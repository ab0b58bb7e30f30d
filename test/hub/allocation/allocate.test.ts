import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate } from '../../../src/hub/allocation/allocate.js';

const sum = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);

const amounts = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 30n }), { minLength: 1, maxLength: 12 })
  .filter((each) => sum(each) > 0n);

test('what is left after rounding down goes to the largest remainders, the earlier first in a tie', () => {
  expect(allocate(10n, [1n, 1n, 1n])).toEqual([4n, 3n, 3n]);
  // 10 x 1/7 = 1.43, 10 x 2/7 = 2.86, 10 x 4/7 = 5.71: 1 + 2 + 5 = 8, two left for .86 and .71
  expect(allocate(10n, [1n, 2n, 4n])).toEqual([1n, 3n, 6n]);
  expect(allocate(1n, [0n, 1n, 1n])).toEqual([0n, 1n, 0n]);
});

test('a credit is split as its mirror', () => {
  expect(allocate(-10n, [1n, 1n, 1n])).toEqual([-4n, -3n, -3n]);
});

test('weights that are all 0 split nothing, and no weight is below 0', () => {
  expect(allocate(10n, [0n, 0n])).toBeNull();
  expect(allocate(10n, [])).toBeNull();
  expect(() => allocate(10n, [1n, -1n])).toThrow(RangeError);
});

test('parts add up to the amount, and none is off by a pico-unit or more', () => {
  fc.assert(
    fc.property(amounts, weights, (amount, each) => {
      const parts = allocate(amount, each)!;
      expect(sum(parts)).toBe(amount);
      const size = sum(each);
      for (const [i, part] of parts.entries()) {
        const off = part * size - amount * each[i]!;
        expect(off < size && off > -size).toBe(true);
      }
    }),
  );
});

test('a negative amount is the mirror of the positive one', () => {
  fc.assert(
    fc.property(amounts, weights, (amount, each) => {
      expect(allocate(-amount, each)).toEqual(allocate(amount, each)!.map((part) => -part));
    }),
  );
});

test('weights of one scale split as those of another', () => {
  fc.assert(
    fc.property(amounts, weights, fc.bigInt({ min: 1n, max: 10n ** 9n }), (amount, each, factor) => {
      expect(
        allocate(
          amount,
          each.map((weight) => weight * factor),
        ),
      ).toEqual(allocate(amount, each));
    }),
  );
});

test('the order of weights decides ties alone: whatever it is, the parts are the same', () => {
  const sorted = (parts: readonly bigint[]) => [...parts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  fc.assert(
    fc.property(amounts, weights, (amount, each) => {
      expect(sorted(allocate(amount, [...each].reverse())!)).toEqual(sorted(allocate(amount, each)!));
    }),
  );
});
