import { expect, test } from 'vitest';
import { totalTokens } from '../../../src/pricing/token-classes.js';
import { qwenCode } from '../../../src/usage/sources/qwen-code.js';
import { decodeAll, eventOf, onlyRecognisedBy, rejection, UTC } from '../decode.js';
import { jsonLines, sampleLines } from '../fixtures.js';

const lines = jsonLines('qwen-code.jsonl');

test('a response is one event; its telemetry, which states the same usage, is none', () => {
  const { events, skipped } = decodeAll(qwenCode, lines);
  expect(events).toMatchObject([
    {
      ...{ id: 'qu-3', at: Date.UTC(2026, 9, 7, 2, 0, 1, 500), model: 'qwen3-coder-plus', provider: 'alibaba' },
      ...{ session: 'qs-1', agent: 'qwen-code', origin: { path: '/srv/portal', project: 'portal' } },
      // 5,000 - 3,000; 120 + 30
      tokens: { input: 2000, cacheRead: 3000, output: 150, reasoning: 30 },
    },
  ]);
  expect(skipped).toEqual(['not a response', 'not a response', 'no usage']);
});

const line = (changes: object) => ({
  ...{ uuid: 'u', sessionId: 's', timestamp: '2026-10-07T02:00:00Z', type: 'assistant', model: 'qwen3-coder-plus' },
  ...{ usageMetadata: { promptTokenCount: 1 }, ...changes },
});

test.each([
  ['no model', { model: undefined }, 'model'],
  ['no time', { timestamp: undefined }, 'timestamp'],
  [
    'more cached than prompt',
    { usageMetadata: { promptTokenCount: 1, cachedContentTokenCount: 2 } },
    'cachedContentTokenCount',
  ],
  ['a fractional count', { usageMetadata: { promptTokenCount: 1.5 } }, 'promptTokenCount'],
])('%s is rejected by name', (_, changes, field) =>
  expect(rejection(() => eventOf(qwenCode, line(changes))).field).toBe(field),
);

test('--at gives a time to lines without one', () =>
  expect(eventOf(qwenCode, line({ timestamp: null }), { ...UTC, at: 9 }).at).toBe(9));

test('its lines are recognised, and by no other source', () => onlyRecognisedBy(qwenCode, lines));

const sample = sampleLines('qwen-code/splitrail_qwen_code.jsonl');

test.skipIf(sample === null)('the shared sample has two responses, counted once each', () => {
  const { events } = decodeAll(qwenCode, sample ?? []);
  // 500 + 20; 600 + 5, of it 50 cached
  expect(events.map(({ tokens }) => totalTokens(tokens))).toEqual([520, 605]);
  expect(events.map(({ tokens }) => tokens.cacheRead)).toEqual([0, 50]);
});
