import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLimit, parseWarn } from '../../src/budget/limit.js';

const usd = (pico: bigint) => ({ cost: { currency: 'USD', pico, text: null } });

test('a limit of tokens is a whole number, thousands by letter', () => {
  expect(parseLimit('2000 tokens')).toEqual({ tokens: 2000 });
  expect(parseLimit('2k tokens')).toEqual({ tokens: 2000 });
  expect(parseLimit(' 1.5M  tokens ')).toEqual({ tokens: 1_500_000 });
  expect(parseLimit('0.25k tokens')).toEqual({ tokens: 250 });
  expect(parseLimit('1 token')).toEqual({ tokens: 1 });
  expect(parseLimit('0 tokens')).toEqual({ tokens: 0 });
  expect(parseLimit('1.0000 tokens')).toEqual({ tokens: 1 });
  expect(parseLimit('9007199254740991 tokens')).toEqual({ tokens: Number.MAX_SAFE_INTEGER });
});

test('a limit of money is exact in pico-units', () => {
  expect(parseLimit('1200 USD')).toEqual(usd(1_200_000_000_000_000n)); // 1.2e3 x 1e12
  expect(parseLimit('0.05 USD')).toEqual(usd(50_000_000_000n)); // 5e-2 x 1e12
  expect(parseLimit('0.1k USD')).toEqual(usd(100_000_000_000_000n));
  expect(parseLimit('0.000000000001 USD')).toEqual(usd(1n));
  expect(parseLimit('0.0000000000010 USD')).toEqual(usd(1n));
});

test.each([
  ['500 images', 'image', 500_000_000n],
  ['1 image', 'image', 1_000_000n],
  ['2000.5 grains', 'grain', 2_000_500_000n],
  ['3600 seconds', 'second', 3_600_000_000n],
  ['10 video_seconds', 'video_second', 10_000_000n],
  ['100k characters', 'character', 100_000_000_000n],
  ['10k requests', 'request', 10_000_000_000n],
  ['10k calls', 'request', 10_000_000_000n],
  ['50 calls:web_search', 'call:web_search', 50_000_000n],
  ['1M image_input_tokens', 'image_input_tokens', 10n ** 12n],
])('a limit of %s is exact in millionths', (text, quantity, millionths) => {
  expect(parseLimit(text)).toEqual({ quantity, millionths });
});

test('a mistyped quantity is told the nearest', () => {
  expect(() => parseLimit('500 imags')).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('did you mean image?') }),
  );
});

test.each([
  ['2k', 'is no limit'],
  ['0.5 requests', 'is no whole number of requests'],
  ['0.0000001 grains', 'is finer than 6 decimals'],
  ['2000', 'is no limit'],
  ['2ktokens', 'is no limit'],
  ['-1 tokens', 'is no limit'],
  ['1e3 tokens', 'is no limit'],
  ['1,000 tokens', 'is no limit'],
  ['', 'is no limit'],
  ['80%', 'is no limit'],
  [`${'9'.repeat(31)} tokens`, 'has more than 30 digits before or after the point'],
  [`0.${'1'.repeat(31)} USD`, 'has more than 30 digits before or after the point'],
  ['0.5 tokens', 'is no whole number of tokens'],
  ['1.0005k tokens', 'is no whole number of tokens'],
  ['9007199254740992 tokens', 'is more tokens than can be counted'],
  ['5 usd', 'is in neither tokens, a currency nor a quantity'],
  ['5 dollars', 'is in neither tokens, a currency nor a quantity'],
  ['0.0000000000005 USD', 'is finer than 12 decimals'],
])('%j is no limit, and the message says why', (text, why) => {
  expect(() => parseLimit(text)).toThrow(
    expect.objectContaining({ code: 'BAD_LIMIT', message: expect.stringContaining(why), exitCode: 2 }),
  );
});

test('a warning is a share of the limit or a limit', () => {
  expect(parseWarn('80%')).toEqual({ percent: 80 });
  expect(parseWarn('12.5 %')).toEqual({ percent: 12.5 });
  expect(parseWarn('100%')).toEqual({ percent: 100 });
  expect(parseWarn('1k tokens')).toEqual({ tokens: 1000 });
  for (const text of ['0%', '101%', '%', '-5%', '80', '1k%'])
    expect(() => parseWarn(text)).toThrow(expect.objectContaining({ code: 'BAD_LIMIT' }));
});

test('every amount of money is read to the last pico-unit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), (pico) => {
      const digits = pico.toString().padStart(13, '0');
      expect(parseLimit(`${digits.slice(0, -12)}.${digits.slice(-12)} USD`)).toEqual(usd(pico));
    }),
  );
});
