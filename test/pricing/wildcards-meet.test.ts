import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileWildcard, wildcardsMeet } from '../../src/pricing/wildcard.js';

test.each([
  ['qwen*', '*-max', true],
  ['qwen*', 'gpt*', false],
  ['a', 'a', true],
  ['a', 'b', false],
  ['', '', true],
  ['', '*', true],
  ['*', '*', true],
  ['a*b', 'a*c', false],
  ['ab', 'a', false],
  ['a*', 'a', true],
  ['**', '', true],
])('whether %j and %j match a text in common is %s', (a, b, expected) => {
  expect([wildcardsMeet(a, b), wildcardsMeet(b, a)]).toEqual([expected, expected]);
});

test('patterns that match one text always meet', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });
  fc.assert(
    fc.property(pattern, pattern, text, (a, b, one) => {
      if (compileWildcard(a)(one) && compileWildcard(b)(one)) expect(wildcardsMeet(a, b)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('patterns meet only when a text of their own letters matches both', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 4 });
  const texts = ['', ...['a', 'b'].flatMap((x) => [x, ...['a', 'b'].flatMap((y) => [x + y])])];
  const all = texts.flatMap((head) =>
    texts.flatMap((mid) => texts.flatMap((tail) => texts.map((end) => head + mid + tail + end))),
  );
  const upTo8 = [...new Set(all)];
  fc.assert(
    fc.property(pattern, pattern, (a, b) => {
      const isMet = upTo8.some((one) => compileWildcard(a)(one) && compileWildcard(b)(one));
      expect(wildcardsMeet(a, b)).toBe(isMet);
    }),
  );
});
