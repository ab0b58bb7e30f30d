import { expect, test } from 'vitest';
import { NO_TOKENS } from '../../src/pricing/token-classes.js';
import { contentOf } from '../../src/usage/content-key.js';
import { NO_ORIGIN, type UsageEvent } from '../../src/usage/event.js';
import { anEvent } from './decode.js';

const CHANGES: readonly Partial<UsageEvent>[] = [
  { at: 5 },
  { day: '2026-10-05' },
  { model: 'qwen-plus' },
  { provider: 'alibaba-cn' },
  { account: 'acme' },
  { origin: { ...NO_ORIGIN, user: 'li' } },
  { origin: { ...NO_ORIGIN, team: 'li' } },
  { origin: { ...NO_ORIGIN, tags: { app: 'a' } } },
  { agent: 'a' },
  { session: 'a' },
  { requests: 2 },
  { tokens: { ...NO_TOKENS, input: 0 } },
  { tokens: { ...NO_TOKENS, output: 0 } },
  { quantities: { image: 1n } },
  { cacheKind: 'implicit' },
  { mode: 'batch' },
  { status: '200' },
  { latencyMs: 1 },
  { statedCost: { currency: 'USD', pico: 1n, text: null } },
  { statedCost: { currency: 'CNY', pico: 1n, text: null } },
];

test('events that differ in any field but the id have different contents', () => {
  const contents = [anEvent(), ...CHANGES.map(anEvent)].map(contentOf);
  expect(new Set(contents).size).toBe(CHANGES.length + 1);
});

test('the id and the order of tags, quantities and fields do not matter', () => {
  const a = anEvent({
    id: 'x',
    origin: { ...NO_ORIGIN, tags: { a: '1', b: '2' } },
    quantities: { image: 1n, video: 2n },
  });
  const b = anEvent({
    id: null,
    origin: { tags: { b: '2', a: '1' }, ...withoutTags() },
    quantities: { video: 2n, image: 1n },
  });
  expect(contentOf(a)).toBe(contentOf(b));
});

test('the form of the text does not change: keys of stored events are made of it', () =>
  expect(
    contentOf(anEvent({ at: 7, quantities: { image: 2n }, statedCost: { currency: 'USD', pico: 3n, text: null } })),
  ).toBe(
    '["v1",7,null,"qwen3-max","alibaba",null,' +
      '[["consumer",null],["key",null],["path",null],["project",null],["service",null],["tags",[]],["team",null],["unit",null],["user",null],["workspace",null]],' +
      'null,null,1,[["cacheRead",null],["cacheWrite1h",null],["cacheWrite5m",null],["input",null],["output",null],["reasoning",null]],' +
      '[["image","2"]],null,"standard",null,null,["USD","3",null]]',
  ));

function withoutTags() {
  const { tags, ...fields } = NO_ORIGIN;
  return { ...fields, ...(Object.keys(tags).length > 0 ? { tags } : {}) };
}
