import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_TOKENS } from '../../src/pricing/token-classes.js';
import { bucketKeyOf, isBucketWithoutId, sumOfBuckets } from '../../src/usage/bucket.js';
import { NO_ORIGIN, type UsageEvent } from '../../src/usage/event.js';
import { anEvent, rejection } from './decode.js';

const aBucket = (changes: Partial<UsageEvent> = {}) =>
  anEvent({ id: null, day: '2026-10-05', until: Date.UTC(2026, 9, 6), ...changes });
const usd = (pico: bigint, text: string | null = null) => ({ currency: 'USD', pico, text });

test('a daily bucket without an id is known by its dimensions; with an id by that', () => {
  expect(isBucketWithoutId(aBucket())).toBe(true);
  expect(isBucketWithoutId(aBucket({ id: 'b1' }))).toBe(false);
  expect(isBucketWithoutId(aBucket({ until: null }))).toBe(false);
});

test('no figure is part of the key of a bucket, and neither is the zone its day began in', () => {
  const grown: readonly Partial<UsageEvent>[] = [
    { at: Date.UTC(2026, 9, 4, 16), until: Date.UTC(2026, 9, 5, 16) },
    { requests: 2 },
    { tokens: { ...NO_TOKENS, input: 1 } },
    { quantities: { image: 1n } },
    { status: '200' },
    { latencyMs: 1 },
    { statedCost: usd(1n) },
  ];
  expect(new Set(grown.map((changes) => bucketKeyOf(aBucket(changes))))).toEqual(new Set([bucketKeyOf(aBucket())]));
});

test('every dimension is part of the key of a bucket', () => {
  const others: readonly Partial<UsageEvent>[] = [
    { day: '2026-10-06' },
    { model: 'qwen-plus' },
    { provider: 'alibaba-cn' },
    { account: 'acme' },
    { origin: { ...NO_ORIGIN, user: 'li' } },
    { origin: { ...NO_ORIGIN, team: 'li' } },
    { origin: { ...NO_ORIGIN, tags: { app: 'a' } } },
    { agent: 'a' },
    { session: 'a' },
    { cacheKind: 'implicit' },
    { mode: 'batch' },
  ];
  const keys = [aBucket(), ...others.map(aBucket)].map(bucketKeyOf);
  expect(new Set(keys).size).toBe(others.length + 1);
});

test('the form of the key does not change: keys of stored buckets are made of it', () =>
  expect(bucketKeyOf(aBucket({ origin: { ...NO_ORIGIN, tags: { b: '2', a: '1' } } }))).toBe(
    '["bucket-v1","2026-10-05","qwen3-max","alibaba",null,' +
      '[["consumer",null],["key",null],["path",null],["project",null],["service",null],["tags",[["a","1"],["b","2"]]],["team",null],["unit",null],["user",null],["workspace",null]],' +
      'null,null,null,"standard"]',
  ));

test('the rows of a bucket are added; a figure is not reported only when no row reports it', () => {
  const a = aBucket({
    ...{ requests: 2, tokens: { ...NO_TOKENS, input: 100, output: 10 }, quantities: { image: 1n } },
    ...{ statedCost: usd(3n), status: '200', latencyMs: 10 },
  });
  const b = aBucket({
    ...{ requests: 3, tokens: { ...NO_TOKENS, input: 150, cacheRead: 7 }, quantities: { image: 2n, second: 5n } },
    ...{ statedCost: usd(-1n), status: '200', latencyMs: 20 },
  });
  expect(sumOfBuckets(a, b)).toEqual({
    ...a,
    requests: 5, // 2 + 3
    tokens: { ...NO_TOKENS, input: 250, cacheRead: 7, output: 10 }, // 100 + 150
    quantities: { image: 3n, second: 5n }, // 1 + 2
    statedCost: usd(2n), // 3 - 1
    latencyMs: null, // 10 and 20 are not one latency
  });
});

test('costs finer than a pico-unit are added exactly', () => {
  const half = aBucket({ statedCost: usd(0n, '0.0000000000005') });
  expect(sumOfBuckets(half, half).statedCost).toEqual(usd(1n)); // 0.5 + 0.5 pico
  expect(sumOfBuckets(half, aBucket({ statedCost: usd(1n) })).statedCost).toEqual(usd(2n, '0.0000000000015')); // half-even
});

test.each([
  [
    'input_tokens',
    { tokens: { ...NO_TOKENS, input: Number.MAX_SAFE_INTEGER } },
    { tokens: { ...NO_TOKENS, input: 1 } },
  ],
  ['requests', { requests: Number.MAX_SAFE_INTEGER }, { requests: 1 }],
  ['image', { quantities: { image: 2n ** 63n - 1n } }, { quantities: { image: 1n } }],
  ['cost', { statedCost: usd(2n ** 63n - 1n) }, { statedCost: usd(1n) }],
  ['currency', { statedCost: usd(1n) }, { statedCost: { currency: 'CNY', pico: 1n, text: null } }],
] as const)('a row that cannot be added is rejected by its %s', (field, sum, row) =>
  expect(rejection(() => sumOfBuckets(aBucket(sum), aBucket(row)))).toMatchObject({ code: 'BAD_FIELD', field }),
);

test('the order of the rows does not matter', () => {
  const count = fc.option(fc.nat(), { nil: null });
  const rows = fc
    .record({ input: count, output: count, pico: fc.bigInt({ min: -99n, max: 99n }), requests: fc.nat() })
    .map(({ input, output, pico, requests }) =>
      aBucket({ tokens: { ...NO_TOKENS, input, output }, statedCost: usd(pico), requests }),
    );
  fc.assert(
    fc.property(rows, rows, rows, (a, b, c) => {
      expect(sumOfBuckets(sumOfBuckets(a, b), c)).toEqual(sumOfBuckets(sumOfBuckets(c, b), a));
    }),
  );
});
