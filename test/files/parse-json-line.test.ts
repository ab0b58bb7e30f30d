import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJsonLine } from '../../src/files/parse-json-line.js';
import { formatDecimal, parseDecimal } from '../../src/pricing/decimal.js';
import { csvCountOf, quantityOf } from '../../src/usage/reading/count.js';
import { statedCostOf } from '../../src/usage/reading/stated-cost.js';
import { parseTime } from '../../src/usage/time/record-time.js';

const numberOf = (literal: string): unknown => (parseJsonLine(`{"n":${literal}}`) as { n: unknown }).n;

test.each([
  ['0.123456789012345678901234', '0.123456789012345678901234'],
  ['-0.1234567890123456', '-0.1234567890123456'],
  ['12345678.12345678', '12345678.12345678'], // 8 + 8 digits
  ['1.2345678901234567e-05', '0.000012345678901234567'],
  ['1.790000000123456E9', '1790000000.123456'],
  ['9007199254740992', '9007199254740992'], // 2^53
])('%s, which a float would round, becomes text', (literal, text) => expect(numberOf(literal)).toBe(text));

test.each([
  ['0.123456789012345', 0.123456789012345], // 15 digits
  ['0.0000000000000000000001', 1e-22], // one digit
  ['123.00000000000000000000', 123],
  ['1.000000000000000000e3', 1000],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['1e300', 1e300],
])('%s stays a number', (literal, value) => expect(numberOf(literal)).toBe(value));

test('a number of millions of digits does not take long', () => {
  expect(numberOf(`0.1${'0'.repeat(2_000_000)}1`)).toHaveLength(2_000_004);
  expect(numberOf(`1.${'1'.repeat(20)}e-99999999`)).toBe(`1.${'1'.repeat(20)}e-99999999`);
});

test('what reads numbers reads their text', () => {
  expect(statedCostOf(numberOf('0.123456789012345678901234'), 'USD')).toEqual({
    ...{ currency: 'USD', pico: 123_456_789_012n, text: '0.123456789012345678901234' },
  });
  expect(parseTime(numberOf('1.790000000123456E9'), 'UTC', 'ts')).toEqual({
    at: 1_790_000_000_123,
    day: null,
    until: null,
  });
  expect(quantityOf(numberOf('1.00000000000000000001'), 'second')).toBe(1_000_000n);
  expect(csvCountOf(numberOf('1.234567890123456e15'), 'input')).toBe(1_234_567_890_123_456);
});

const canonical = (text: string): string => formatDecimal(parseDecimal(text));

test('no decimal loses a digit, however long', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), fc.nat({ max: 40 }), (units, zeros) => {
      const literal = `0.${'0'.repeat(zeros)}${units}`;
      expect(canonical(String(numberOf(literal)))).toBe(canonical(literal));
    }),
  );
});
