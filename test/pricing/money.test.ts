import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPico, parseAmount } from '../../src/pricing/money.js';

test('amounts in pico-units are printed as canonical exact decimals', () => {
  expect(formatPico(3_400_000_000n)).toBe('0.0034');
  expect(formatPico(-1_500_000_000_000n)).toBe('-1.5');
  expect(formatPico(0n)).toBe('0');
  expect(formatPico(1n)).toBe('0.000000000001');
});

test('printing and reading an amount round-trips', () => {
  fc.assert(
    fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (pico) => {
      expect(parseAmount(formatPico(pico), 'USD')).toEqual({ currency: 'USD', pico, text: null });
    }),
  );
});

test('an amount finer than a pico-unit keeps its text and is rounded half-even', () => {
  // 30 decimals, as bills state them: 0.000000000000 5 -> halfway between 0 and 1 pico -> 0
  expect(parseAmount('0.000000000000500000000000000000', 'cny')).toEqual({
    currency: 'CNY',
    pico: 0n,
    text: '0.0000000000005',
  });
  expect(parseAmount('0.012345678901234567890123456789', 'CNY')).toEqual({
    currency: 'CNY',
    pico: 12_345_678_901n, // 0.012345678901|23...
    text: '0.012345678901234567890123456789',
  });
});

test('thirty decimals that end in zeros are no finer than a pico-unit', () => {
  expect(parseAmount('1.500000000000000000000000000000', 'CNY').text).toBeNull();
});

test('refunds are negative amounts', () => {
  expect(parseAmount('-0.25', 'USD').pico).toBe(-250_000_000_000n);
});

test('an amount past the signed 64-bit pico-units is an error', () => {
  // 2^63 - 1 pico-units are 9223372.036854775807
  expect(parseAmount('9223372.036854775807', 'USD').pico).toBe(2n ** 63n - 1n);
  expect(() => parseAmount('9223372.036854775808', 'USD')).toThrow(/is more than a ledger holds/);
  const hint = 'check its unit and decimal mark, or split the row';
  expect(() => parseAmount('1e300', 'USD')).toThrow(expect.objectContaining({ hint }));
  expect(() => parseAmount('1e999999999', 'USD')).toThrow(expect.objectContaining({ code: 'BAD_FIELD' }));
});

test('a currency is three letters, and is named when it is not', () => {
  for (const currency of ['', 'US', 'USDT', '$', 'U1D', 'usd\n']) {
    expect(() => parseAmount('1', currency)).toThrow(expect.objectContaining({ place: { field: 'currency' } }));
  }
});
