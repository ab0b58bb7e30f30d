import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDecimals,
  formatDecimal,
  formatFixed,
  multiplyDecimals,
  parseDecimal,
  roundHalfEven,
} from '../../src/pricing/decimal.js';

describe('reading decimal text', () => {
  test.each([
    ['0.0034', '0.0034'],
    ['-1.5', '-1.5'],
    ['+2', '2'],
    ['.5', '0.5'],
    ['7.', '7'],
    ['-0', '0'],
    ['007.700', '7.7'],
    ['8.333333333333334e-8', '0.00000008333333333333334'],
    ['0.08333333333333334', '0.08333333333333334'],
    ['1.5E3', '1500'],
  ])('%s is %s', (text, canonical) => {
    expect(formatDecimal(parseDecimal(text))).toBe(canonical);
  });

  test.each([
    '',
    '.',
    '-',
    'e5',
    '1,5',
    '1 000',
    '$3',
    '0x10',
    'Infinity',
    'NaN',
    '1_000',
    '1e999999999',
    '1e401',
    '٣',
  ])('"%s" is refused', (text) => {
    expect(() => parseDecimal(text)).toThrow(expect.objectContaining({ code: 'BAD_FIELD' }));
  });

  test('text longer than 200 characters is refused', () => {
    expect(() => parseDecimal('9'.repeat(201))).toThrow(/no decimal number/);
    expect(formatDecimal(parseDecimal('9'.repeat(200)))).toBe('9'.repeat(200));
  });

  test("every float's shortest text is read exactly", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (float) => {
        const text = formatDecimal(parseDecimal(String(float)));
        expect(Number(text)).toBe(float === 0 ? 0 : float);
        expect(text).not.toMatch(/[eE]/);
      }),
    );
  });
});

test('adding and multiplying are exact where floats are not', () => {
  // 0.1 + 0.2 = 0.3 and 1.2 x 0.2 = 0.24
  expect(formatDecimal(addDecimals(parseDecimal('0.1'), parseDecimal('0.2')))).toBe('0.3');
  expect(formatDecimal(multiplyDecimals(parseDecimal('1.2'), parseDecimal('0.2')))).toBe('0.24');
});

test.each([
  ['0.5', 0n],
  ['1.5', 2n],
  ['2.5', 2n],
  ['-0.5', 0n],
  ['-1.5', -2n],
  ['-2.5', -2n],
  ['2.50000000000000000000000000000001', 3n],
  ['-2.49999', -2n],
])('%s rounds half-even to %s', (text, whole) => {
  expect(roundHalfEven(parseDecimal(text), 0)).toBe(whole);
});

test('a fixed number of decimals is printed with its zeros', () => {
  expect(formatFixed(-150n, 2)).toBe('-1.50');
  expect(formatFixed(5n, 2)).toBe('0.05');
  expect(formatFixed(0n, 0)).toBe('0');
});
