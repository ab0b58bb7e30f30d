import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstLimit, limitText } from '../../../src/budget/files/first-limit.js';
import { parseFileLimit } from '../../../src/budget/limit.js';

describe('the first limit', () => {
  test.each([
    [0, 200, '200 tokens'],
    [181, 200, '200 tokens'], // 199.1
    [182, 210, '210 tokens'], // 200.2
    [295, 330, '330 tokens'], // 324.5
    [909, 1000, '1k tokens'], // 999.9
    [1234, 1400, '1.4k tokens'], // 1,357.4
    [10_000, 11_000, '11k tokens'],
    [1_000_000, 1_100_000, '1.1M tokens'],
  ])('of %i tokens is %i, written %s', (largest, limit, text) => {
    expect(firstLimit(largest)).toBe(limit);
    expect(limitText(limit)).toBe(text);
  });

  test('is never below what is there, and is read as what it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (largest) => {
        const limit = firstLimit(largest);
        expect(limit).toBeGreaterThanOrEqual(largest);
        expect(parseFileLimit(limitText(limit))).toEqual({ tokens: limit });
      }),
    );
  });
});
