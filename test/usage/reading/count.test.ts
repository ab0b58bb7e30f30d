import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOf, csvCountOf, quantityOf, sumOfCounts } from '../../../src/usage/reading/count.js';
import { rejection } from '../fixture.js';

test('a count may be a number, digits, or the float text of a whole number', () => {
  expect([countOf(12, 'n'), countOf('1234', 'n'), countOf('3.0', 'n'), countOf(' 7 ', 'n')]).toEqual([12, 1234, 3, 7]);
  expect(countOf(Number.MAX_SAFE_INTEGER, 'n')).toBe(9007199254740991);
});

test('an absent, null or blank count is not reported, which is not 0', () => {
  expect([countOf(undefined, 'n'), countOf(null, 'n'), countOf('', 'n'), countOf(' ', 'n')]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(Object.is(countOf(-0, 'n'), 0)).toBe(true);
});

test.each([
  -1,
  3.5,
  Number.NaN,
  Infinity,
  2 ** 53,
  '12abc',
  '-4',
  '3.5',
  '1e3',
  '9007199254740993',
  '0x10',
  true,
  [],
  {},
])('%j is rejected as a count, naming the field', (value) =>
  expect(rejection(() => countOf(value, 'output_tokens'))).toMatchObject({ code: 'BAD_FIELD', field: 'output_tokens' }),
);

test('thousands separators are read in CSV alone', () => {
  for (const text of ['1,234', '1 234', '1\u00a0234', '1\u202f234', "1'234", '1,234.0'])
    expect(csvCountOf(text, 'n')).toBe(1234);
  expect(csvCountOf('12,345,678', 'n')).toBe(12_345_678);
  expect(rejection(() => countOf('1,234', 'n')).code).toBe('BAD_FIELD');
});

test.each(['12,34', '1,2345', '1,234 567', ',123', '1.234', '1.000', '1.234.567'])('%j is rejected in CSV', (text) =>
  expect(rejection(() => csvCountOf(text, 'n')).field).toBe('n'),
);

test('"1.000" is rejected because it may be one or a thousand', () => {
  expect(rejection(() => csvCountOf('1.000', 'n')).message).toContain('two ways');
  expect(csvCountOf('1.0', 'n')).toBe(1);
});

test('every count survives being written with commas', () => {
  fc.assert(
    fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (count) => {
      expect(csvCountOf(count.toLocaleString('en-US'), 'n')).toBe(count);
    }),
  );
});

test('a sum past 2^53 - 1 is rejected', () => {
  expect(sumOfCounts([1, null, 2], 'n')).toBe(3);
  expect(rejection(() => sumOfCounts([Number.MAX_SAFE_INTEGER, 1], 'total')).field).toBe('total');
});

test('quantities are kept in millionths', () => {
  expect(quantityOf(7.5, 's')).toBe(7_500_000n);
  expect(quantityOf('0.0000005', 's')).toBe(0n); // half of a millionth goes to the even one
  expect(quantityOf(1e-7, 's')).toBe(0n);
  expect(rejection(() => quantityOf(-1, 's')).field).toBe('s');
  expect(rejection(() => quantityOf('1e300', 's')).field).toBe('s');
  expect(rejection(() => quantityOf('many', 's')).field).toBe('s');
});
