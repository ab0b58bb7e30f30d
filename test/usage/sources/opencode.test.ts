import { expect, test } from 'vitest';
import { detectSource } from '../../../src/usage/sources/all.js';
import { opencodeJson, opencodeTable } from '../../../src/usage/sources/opencode.js';
import { decodeAll, eventOf, onlyRecognisedBy, record, rejection, UTC } from '../decode.js';
import { jsonDocument } from '../fixtures.js';

const message = jsonDocument('opencode.json') as Record<string, unknown>;

const EXPECTED = {
  ...{ id: 'msg_oc1', session: 'ses_oc1', at: 1_791_187_200_000, latencyMs: 4500, agent: 'opencode', status: null },
  ...{ model: 'claude-sonnet-4-5', provider: 'anthropic', origin: { path: '/srv/portal', project: 'portal' } },
  // 300 + 45
  tokens: { input: 12, cacheRead: 9000, cacheWrite5m: 700, cacheWrite1h: null, output: 345, reasoning: 45 },
  statedCost: { currency: 'USD', pico: 42_100_000_000n },
};

test('a message file is one event, reasoning added to output', () =>
  expect(eventOf(opencodeJson, message)).toMatchObject(EXPECTED));

test('a row of the database is the same event, with the same id', () => {
  const { id, sessionID, ...data } = message;
  const row = {
    ...{ id, session_id: sessionID, time_created: '1791187200000', time_updated: '1791187204500' },
    data: JSON.stringify(data),
  };
  expect(eventOf(opencodeTable, row)).toEqual(eventOf(opencodeJson, message));
  expect(detectSource({ columns: Object.keys(row) })).toBe(opencodeTable);
  expect(rejection(() => eventOf(opencodeTable, { ...row, data: '{' })).field).toBe('data');
});

test('reasoning is not added where the total shows that output holds it', () => {
  // 12 + 300 + 9,000 + 700 = 10,012
  const tokens = { ...(message.tokens as object), total: 10_012 };
  expect(eventOf(opencodeJson, { ...message, tokens }).tokens).toMatchObject({ output: 300, reasoning: 45 });
  expect(eventOf(opencodeJson, { ...message, tokens: { ...tokens, total: 10_057 } }).tokens.output).toBe(345);
});

test('prompts, and responses that used nothing yet, are skipped', () => {
  const empty = { input: 0, output: 0, reasoning: 0, cache: { read: 0, write: 0 } };
  const { skipped } = decodeAll(opencodeJson, [
    { ...message, role: 'user' },
    { ...message, tokens: undefined },
    { ...message, tokens: empty, cost: 0 },
  ]);
  expect(skipped).toHaveLength(3);
});

test('an error is the status of its call', () =>
  expect(eventOf(opencodeJson, { ...message, error: { name: 'MessageAbortedError' } }).status).toBe(
    'MessageAbortedError',
  ));

test.each([
  ['no model', { modelID: '' }, 'modelID'],
  ['no time', { time: {} }, 'time.created'],
  ['a negative count', { tokens: { input: -1 } }, 'tokens.input'],
  ['a cost that is no number', { cost: 'free' }, 'cost'],
  ['a cache that is no object', { tokens: { input: 1, cache: 5 } }, 'tokens.cache.read'],
])('%s is rejected by name', (_, changes, field) =>
  expect(rejection(() => opencodeJson.decoder(UTC)(record({ ...message, ...changes }))).field).toBe(field),
);

test('its messages are recognised, and by no other source', () =>
  onlyRecognisedBy(opencodeJson, [message, { ...message, role: 'user' }]));
