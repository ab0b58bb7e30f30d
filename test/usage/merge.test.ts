import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_TOKENS } from '../../src/pricing/token-classes.js';
import { NO_ORIGIN, type UsageEvent } from '../../src/usage/event.js';
import { mergeResent } from '../../src/usage/merge.js';
import { anEvent } from './fixture.js';

const merged = (a: UsageEvent, b: UsageEvent) => mergeResent(a, b) ?? a;

test('per token class the larger count is kept, and the earlier time', () => {
  const kept = anEvent({ at: 2_000, tokens: { ...NO_TOKENS, input: 4, output: 260, cacheRead: 0 } });
  const incoming = anEvent({ at: 1_000, tokens: { ...NO_TOKENS, input: 9, output: 1, reasoning: 0 } });
  expect(mergeResent(kept, incoming)).toEqual({
    ...kept,
    at: 1_000,
    tokens: { ...NO_TOKENS, input: 9, output: 260, cacheRead: 0, reasoning: 0 },
  });
});

test('a reported 0 is more than not reported', () =>
  expect(mergeResent(anEvent(), anEvent({ tokens: { ...NO_TOKENS, output: 0 } }))?.tokens.output).toBe(0));

test('larger requests, quantities and costs are kept; costs of another currency are not compared', () => {
  const usd = (pico: bigint) => ({ currency: 'USD', pico, text: null });
  const kept = anEvent({ requests: 1, quantities: { image: 2n, second: 5n }, statedCost: usd(3n) });
  const incoming = anEvent({ requests: 4, quantities: { image: 3n, video: 1n }, statedCost: usd(7n) });
  expect(mergeResent(kept, incoming)).toMatchObject({
    requests: 4,
    quantities: { image: 3n, second: 5n, video: 1n },
    statedCost: usd(7n),
  });
  const yuan = { currency: 'CNY', pico: 900n, text: null };
  expect(mergeResent(kept, anEvent({ ...kept, statedCost: yuan }))).toBeNull();
});

test('other fields stay as they were unless they were empty', () => {
  const kept = anEvent({
    model: 'qwen3-max',
    session: 's',
    origin: { ...NO_ORIGIN, team: 'core', tags: { app: 'a' } },
  });
  const incoming = anEvent({
    ...{ model: 'other', session: 't', agent: 'planner', status: '200' },
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

const count = fc.option(fc.nat({ max: 50 }), { nil: null });
const events = fc
  .record({
    at: fc.nat({ max: 9 }),
    requests: fc.integer({ min: 1, max: 5 }),
    tokens: fc.record({
      input: count,
      cacheRead: count,
      cacheWrite5m: count,
      cacheWrite1h: count,
      output: count,
      reasoning: count,
    }),
    quantities: fc.dictionary(fc.constantFrom('image', 'second'), fc.bigInt({ min: 0n, max: 9n }), {
      noNullPrototype: true,
    }),
    statedCost: fc.option(
      fc.record({ currency: fc.constant('USD'), pico: fc.bigInt({ min: -9n, max: 9n }), text: fc.constant(null) }),
      { nil: null },
    ),
    session: fc.option(fc.constantFrom('a', 'b'), { nil: null }),
  })
  .map((changes) => anEvent(changes));

test('recording the same event again changes nothing, also after a merge', () => {
  fc.assert(
    fc.property(events, events, (a, b) => {
      expect(mergeResent(a, a)).toBeNull();
      expect(mergeResent(merged(a, b), b)).toBeNull();
    }),
  );
});

const figures = ({ at, requests, tokens, quantities, statedCost }: UsageEvent) => ({
  ...{ at, requests, tokens, quantities, statedCost },
});

test('the figures do not depend on the order of records', () => {
  fc.assert(
    fc.property(events, events, (a, b) => {
      expect(figures(merged(a, b))).toEqual(figures(merged(b, a)));
    }),
  );
});

test('merging is associative', () => {
  fc.assert(
    fc.property(events, events, events, (a, b, c) => {
      expect(merged(merged(a, b), c)).toEqual(merged(a, merged(b, c)));
    }),
  );
});
