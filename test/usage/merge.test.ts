import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_TOKENS } from '../../src/pricing/token-classes.js';
import { NO_ORIGIN, type UsageEvent } from '../../src/usage/event.js';
import { mergeResent } from '../../src/usage/merge.js';
import { anEvent } from './decode.js';

const merged = (a: UsageEvent, b: UsageEvent) => mergeResent(a, b) ?? a;

test('of the input the larger is kept as a whole, of the output per field, and the earlier time', () => {
  const kept = anEvent({ at: 2_000, tokens: { ...NO_TOKENS, input: 4, output: 260, cacheRead: 0 } });
  const incoming = anEvent({ at: 1_000, tokens: { ...NO_TOKENS, input: 9, output: 1, reasoning: 0 } });
  expect(mergeResent(kept, incoming)).toEqual({
    ...kept,
    at: 1_000,
    tokens: { ...NO_TOKENS, input: 9, output: 260, reasoning: 0 }, // 9 > 4 + 0
  });
});

test('a record that tells cached from fresh input counts the same tokens, not more', () => {
  const plain = anEvent({ tokens: { ...NO_TOKENS, input: 1000 } });
  const detailed = anEvent({ tokens: { ...NO_TOKENS, input: 200, cacheRead: 800 }, cacheKind: 'implicit' }); // 1000 in all
  expect(mergeResent(plain, detailed)).toEqual(detailed);
  expect(mergeResent(detailed, plain)).toBeNull();
});

test('of equal inputs the one that reports more classes is kept', () => {
  const cached = anEvent({ tokens: { ...NO_TOKENS, input: 200, cacheRead: 800 } });
  const whole = anEvent({
    tokens: { input: 1000, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: null, reasoning: null },
  });
  expect([merged(cached, whole), merged(whole, cached)]).toEqual([whole, whole]);
});

test('of equal inputs with as many classes the one with more of it cached is kept', () => {
  const less = anEvent({ tokens: { ...NO_TOKENS, input: 900, cacheRead: 100 } });
  const more = anEvent({ tokens: { ...NO_TOKENS, input: 200, cacheRead: 800 } });
  expect([merged(less, more), merged(more, less)]).toEqual([more, more]);
});

test('parts of the input go where its classes go, and a part that goes is a change', () => {
  const audio = anEvent({ tokens: { ...NO_TOKENS, input: 1000 }, quantities: { audio_input_tokens: 900n, image: 1n } });
  const text = anEvent({ tokens: { ...NO_TOKENS, input: 1200 } });
  const whole = { ...text, quantities: { image: 1n } };
  expect([mergeResent(audio, text), mergeResent(text, audio)]).toEqual([whole, whole]);
});

test('a response written again as its output grows keeps its input and its largest output', () => {
  const written = (output: number) =>
    anEvent({ tokens: { ...NO_TOKENS, input: 4, cacheRead: 12_000, cacheWrite5m: 300, output } });
  expect(merged(merged(written(1), written(260)), written(31))).toEqual(written(260));
});

test('reasoning is never more than the output', () => {
  const reasoned = anEvent({ tokens: { ...NO_TOKENS, reasoning: 5 } });
  const answered = anEvent({ tokens: { ...NO_TOKENS, output: 3 } });
  expect(merged(reasoned, answered).tokens).toMatchObject({ output: 5, reasoning: 5 });
});

test('the record the input comes from also says what it is priced by', () => {
  const kept = anEvent({ model: 'qwen-plus', provider: 'alibaba', tokens: { ...NO_TOKENS, input: 1 } });
  const incoming = anEvent({
    ...{ model: 'qwen-plus-2025-09-11', provider: 'alibaba-cn', mode: 'batch', cacheKind: 'explicit' },
    tokens: { ...NO_TOKENS, input: 1, cacheRead: 1 },
  });
  expect(mergeResent(kept, incoming)).toEqual(incoming);
  expect(mergeResent(incoming, kept)).toBeNull();
});

test('a reported 0 is more than not reported', () =>
  expect(mergeResent(anEvent(), anEvent({ tokens: { ...NO_TOKENS, output: 0 } }))?.tokens.output).toBe(0));

test('larger requests, quantities and costs are kept; of different currencies the first by its code', () => {
  const usd = (pico: bigint) => ({ currency: 'USD', pico, text: null });
  const kept = anEvent({ requests: 1, quantities: { image: 2n, second: 5n }, statedCost: usd(3n) });
  const incoming = anEvent({ requests: 4, quantities: { image: 3n, video: 1n }, statedCost: usd(7n) });
  expect(mergeResent(kept, incoming)).toMatchObject({
    requests: 4,
    quantities: { image: 3n, second: 5n, video: 1n },
    statedCost: usd(7n),
  });
  const yuan = { currency: 'CNY', pico: 900n, text: null };
  const inYuan = anEvent({ ...kept, statedCost: yuan });
  expect([merged(kept, inYuan), merged(inYuan, kept)]).toEqual([inYuan, inYuan]); // CNY before USD
});

test('of other fields that differ the first in code-unit order is kept, and what was empty is filled', () => {
  const kept = anEvent({
    model: 'qwen3-max',
    session: 's',
    origin: { ...NO_ORIGIN, team: 'core', tags: { app: 'a' } },
  });
  const incoming = anEvent({
    ...{ session: 't', agent: 'planner', status: '200' },
    origin: { ...NO_ORIGIN, team: 'other', user: 'li', tags: { app: 'b', tier: '2' } },
  });
  expect(mergeResent(kept, incoming)).toEqual({
    ...kept,
    ...{ agent: 'planner', status: '200' },
    origin: { ...NO_ORIGIN, team: 'core', user: 'li', tags: { app: 'a', tier: '2' } },
  });
});

test('a tag named __proto__ is a tag like any other', () => {
  const tags = JSON.parse('{"__proto__": "x"}');
  const result = mergeResent(anEvent(), anEvent({ origin: { ...NO_ORIGIN, tags } }));
  expect(Object.entries(result?.origin.tags ?? {})).toEqual([['__proto__', 'x']]);
});

const count = fc.option(fc.nat({ max: 5 }), { nil: null });
const tokens = fc
  .record({ input: count, cacheRead: count, cacheWrite5m: count, cacheWrite1h: count, output: count, reasoning: count })
  .map(({ reasoning, ...classes }) => ({
    ...classes,
    reasoning: reasoning === null || classes.output === null ? reasoning : Math.min(reasoning, classes.output),
  }));
const events = fc
  .record({
    at: fc.nat({ max: 9 }),
    day: fc.constantFrom(null, '2026-10-01', '2026-10-02'),
    until: fc.option(fc.integer({ min: 10, max: 12 }), { nil: null }),
    tierUpTo: fc.constantFrom(null, 32_000, 128_000),
    charge: fc.constantFrom('usage', 'refund'),
    plan: fc.constantFrom(null, 'free', 'pack'),
    status: fc.constantFrom(null, '200', '500'),
    latencyMs: fc.option(fc.nat({ max: 3 }), { nil: null }),
    origin: fc.record({
      user: fc.constantFrom(null, 'li', 'wang'),
      tags: fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('1', '2'), { noNullPrototype: true }),
    }),
    model: fc.constantFrom('a', 'b'),
    provider: fc.constantFrom('alibaba', 'alibaba-cn'),
    mode: fc.constantFrom('standard', 'batch'),
    cacheKind: fc.constantFrom(null, 'implicit', 'explicit'),
    requests: fc.integer({ min: 0, max: 3 }),
    tokens,
    quantities: fc.dictionary(
      fc.constantFrom('image', 'second', 'audio_input_tokens'),
      fc.bigInt({ min: 0n, max: 9n }),
      { noNullPrototype: true },
    ),
    statedCost: fc.option(
      fc.record({
        currency: fc.constantFrom('USD', 'CNY'),
        pico: fc.bigInt({ min: -2n, max: 2n }),
        text: fc.constantFrom(null, '0.0000000000001', '0.0000000000002'),
      }),
      { nil: null },
    ),
    session: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
  })
  .map((changes) => anEvent({ ...changes, origin: { ...NO_ORIGIN, ...changes.origin } } as Partial<UsageEvent>));

test('a larger bucket that does not say how many requests it is of is not of the one that a smaller one was of', () => {
  const one = anEvent({ requests: 1, tokens: { ...NO_TOKENS, input: 1000 } });
  const untold = anEvent({ requests: 0, tokens: { ...NO_TOKENS, input: 100_000 } });
  expect(merged(one, untold).requests).toBe(0);
  expect(merged(untold, one).requests).toBe(0);
  expect(merged(anEvent({ requests: 2, tokens: { ...NO_TOKENS, input: 1000 } }), untold).requests).toBe(2);
  expect(merged(anEvent({ requests: 0 }), anEvent({ requests: 1 })).requests).toBe(1); // of the same input
});

test('recording the same event again changes nothing, also after a merge', () => {
  fc.assert(
    fc.property(events, events, (a, b) => {
      expect(mergeResent(a, a)).toBeNull();
      expect(mergeResent(merged(a, b), b)).toBeNull();
    }),
  );
});

test('the order of records does not matter', () => {
  fc.assert(
    fc.property(events, events, (a, b) => {
      expect(merged(a, b)).toEqual(merged(b, a));
    }),
  );
});

test('a daily bucket exported under two zones stays a bucket of one day', () => {
  const [utc, shanghai] = [Date.parse('2026-10-01T00:00:00Z'), Date.parse('2026-10-01T00:00:00+08:00')];
  const dayFrom = (at: number) => anEvent({ id: null, at, day: '2026-10-01', until: at + 86_400_000 });
  expect(merged(dayFrom(utc), dayFrom(shanghai))).toEqual(dayFrom(shanghai)); // not 24 + 8 hours
});

test('merging is associative', () => {
  fc.assert(
    fc.property(events, events, events, (a, b, c) => {
      expect(merged(merged(a, b), c)).toEqual(merged(a, merged(b, c)));
    }),
  );
});
