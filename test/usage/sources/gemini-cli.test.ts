import { expect, test } from 'vitest';
import { geminiCli } from '../../../src/usage/sources/gemini-cli.js';
import { decodeAll, eventOf, onlyRecognisedBy, rejection, UTC } from '../decode.js';
import { jsonDocument, jsonLines, sampleLines } from '../fixtures.js';

const chat = jsonDocument('gemini-cli.json');
const lines = jsonLines('gemini-cli.jsonl');

test('a document has one event per response: cached input comes off, prompts of tools and thoughts come on', () => {
  const { events, rejects } = decodeAll(geminiCli, [chat]);
  expect(rejects).toEqual([]);
  expect(events).toMatchObject([
    {
      ...{ id: 'gm-2', at: Date.UTC(2026, 9, 6, 9, 0, 9), model: 'gemini-2.5-pro', provider: 'google', until: null },
      ...{ session: 'gs-1', agent: 'gemini-cli', origin: { project: 'portal-7f3a' } },
      // 8,000 - 6,000 + 40; 250 + 90
      tokens: { input: 2040, cacheRead: 6000, cacheWrite5m: null, output: 340, reasoning: 90 },
    },
    { id: 'gm-4', at: Date.UTC(2026, 9, 6, 9), tokens: { input: 500, cacheRead: 0, output: 20, reasoning: 0 } },
  ]);
});

test('a log of lines has one event per response, in the session its first line names', () => {
  const { events, skipped } = decodeAll(geminiCli, lines);
  expect(events).toMatchObject([
    // 1,000 - 400; 30 + 10
    { id: 'gj-2', session: 'gs-2', tokens: { input: 600, cacheRead: 400, output: 40, reasoning: 10 } },
    { id: 'gj-9', session: 'gs-2', tokens: { input: 7, output: 1 } },
  ]);
  expect(skipped).toHaveLength(5);
});

test('a message without a time gets --at, else the start of its session, else its last change', () => {
  const response = { type: 'gemini', model: 'gemini-2.5-pro', tokens: { input: 1 } };
  const session = { messages: [response], lastUpdated: '2026-10-06T12:00:00Z' };
  const timed = { ...session, startTime: '2026-10-06T11:00:00Z' };
  expect(eventOf(geminiCli, timed, { ...UTC, at: 5 }).at).toBe(5);
  expect(eventOf(geminiCli, timed).at).toBe(Date.UTC(2026, 9, 6, 11));
  expect(eventOf(geminiCli, session).at).toBe(Date.UTC(2026, 9, 6, 12));
  expect(rejection(() => eventOf(geminiCli, response))).toMatchObject({ code: 'MISSING_FIELD', field: 'timestamp' });
});

test('bad messages are rejected by their path, and the good ones beside them stay', () => {
  const message = (changes: object, tokens: object = { input: 1 }) => ({
    ...{ type: 'gemini', timestamp: '2026-10-06T11:00:00Z', model: 'gemini-2.5-pro', tokens, ...changes },
  });
  const messages = [
    ...[message({ model: '' }), message({ timestamp: 'noon' }), message({}, { input: 1, cached: 2 })],
    ...[message({}, { input: -1 }), message({}, { input: 5, total: 4 }), message({})],
  ];
  const { events, rejects } = decodeAll(geminiCli, [{ messages }]);
  expect(events).toMatchObject([{ tokens: { input: 1, cacheRead: null, output: null, reasoning: null } }]);
  expect(rejects.map(({ place }) => place.field)).toEqual([
    ...['messages.0.model', 'messages.1.timestamp', 'messages.2.tokens.cached'],
    ...['messages.3.tokens.input', 'messages.4.tokens.input'],
  ]);
});

test('a session without responses is skipped', () =>
  expect(decodeAll(geminiCli, [{ sessionId: 's', messages: [{ type: 'user' }, 5] }]).skipped).toEqual([
    'no response with usage',
  ]));

test('its files are recognised, and by no other source', () => {
  onlyRecognisedBy(geminiCli, [chat]);
  onlyRecognisedBy(geminiCli, lines);
});

const sample = sampleLines('gemini-cli/session.jsonl');

test.skipIf(sample === null)('the shared sample carries no time, so that it needs --at', () => {
  const [line] = sample ?? [];
  expect(rejection(() => eventOf(geminiCli, line)).field).toBe('timestamp');
  // 1,234 - 890; 567 + 123
  expect(eventOf(geminiCli, line, { ...UTC, at: 5 })).toMatchObject({
    ...{ id: null, at: 5, model: 'gemini-2.5-pro' },
    tokens: { input: 344, cacheRead: 890, output: 690, reasoning: 123 },
  });
});
