import { describe, expect, test } from 'vitest';
import { tokensOfQuantity, tokenUnitOf } from '../../../src/usage/bills/token-unit.js';
import { rejection } from '../fixture.js';

test.each([
  ['1M', 1_000_000n, false],
  ['1K', 1000n, false],
  ['Tokens', 1n, true],
  ['Token', 1n, true],
  ['1K tokens', 1000n, true],
  ['KTokens', 1000n, true],
  ['1000 Tokens', 1000n, true],
  ['1 Million Tokens', 1_000_000n, true],
])('the unit %j is %d', (text, size, saysTokens) => expect(tokenUnitOf(text)).toEqual({ size, saysTokens }));

test.each(['', '1 Hour', 'GB', '1M Characters', 'Execution'])('the unit %j counts no tokens', (text) =>
  expect(tokenUnitOf(text)).toBeNull(),
);

describe('a quantity', () => {
  test.each([
    ['1.25', 1_000_000n, 1_250_000],
    ['12.345', 1000n, 12_345],
    ['1,234', 1n, 1234],
    ['1.2E-05', 1_000_000n, 12],
    ['0.30000000000000004', 1000n, 300],
  ])('%s of %d', (text, size, tokens) => expect(tokensOfQuantity(text, size, 'q')).toBe(tokens));
  test.each(['-1', 'x', '', '0.4', '9007199254740993'])('%j is rejected', (text) =>
    expect(rejection(() => tokensOfQuantity(text, 1n, 'q'))).toMatchObject({ code: 'BAD_FIELD', field: 'q' }),
  );
});
