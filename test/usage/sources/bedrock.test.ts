import { expect, test } from 'vitest';
import { bedrock } from '../../../src/usage/sources/bedrock.js';
import { eventOf, recognisedBy, record, rejection, UTC } from '../decode.js';
import { jsonLines } from '../fixtures.js';

const [invoke, error, converse] = jsonLines('bedrock.jsonl') as [
  Record<string, unknown>,
  object,
  Record<string, unknown>,
];

test('an entry is a call of its AWS account, whose classes add up', () =>
  expect(eventOf(bedrock, invoke)).toMatchObject({
    ...{ id: 'br-1', at: Date.UTC(2026, 9, 5, 8), account: '111122223333', provider: 'aws' },
    model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    // 300 written: 100 for five minutes, 200 for an hour
    tokens: { input: 25, cacheRead: 512, cacheWrite5m: 100, cacheWrite1h: 200, output: 150, reasoning: null },
    origin: { user: 'arn:aws:sts::111122223333:assumed-role/portal/run-1', tags: { team: 'search' } },
    ...{ mode: 'standard', status: null },
  }));

test('a failed call without counts is skipped', () =>
  expect(bedrock.decoder(UTC)(record(error))).toEqual({ skipped: 'an error without token counts' }));

test('a converse call tells its tier and latency in the body', () =>
  expect(eventOf(bedrock, converse)).toMatchObject({
    ...{ model: 'apac.amazon.nova-lite-v1:0', mode: 'flex', latencyMs: 412 },
    tokens: { input: 80, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, output: 9 },
  }));

test('without bodies, cache writes are those of five minutes', () => {
  const { outputBodyJson: _, ...output } = invoke.output as Record<string, unknown>;
  expect(eventOf(bedrock, { ...invoke, output }).tokens).toMatchObject({ cacheWrite5m: 300, cacheWrite1h: null });
});

test('converse tells lifetimes as a list, a stream in the event that begins it', () => {
  const written = (outputBodyJson: unknown) =>
    eventOf(bedrock, { ...invoke, output: { outputTokenCount: 1, outputBodyJson } }).tokens;
  // 300 written, 120 of them for an hour
  expect(written({ usage: { cacheDetails: [{ ttl: '1h', inputTokens: 120 }] } })).toMatchObject({
    ...{ cacheWrite5m: 180, cacheWrite1h: 120 },
  });
  const usage = { cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 300 } };
  expect(written([{ type: 'message_start', message: { usage } }, { type: 'message_stop' }])).toMatchObject({
    ...{ cacheWrite5m: 0, cacheWrite1h: 300 },
  });
});

test.each([
  ['arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0', 'amazon.nova-pro-v1:0'],
  ['amazon.nova-pro-v1:0', 'amazon.nova-pro-v1:0'],
  [
    'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2',
    'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/a1b2',
  ],
])('model %s is %s', (modelId, model) => expect(eventOf(bedrock, { ...converse, modelId }).model).toBe(model));

test('a page of CloudWatch events has the entries as text', () => {
  const events = [invoke, error, { ...converse, timestamp: 'x' }].map((entry) => ({ message: JSON.stringify(entry) }));
  const decoded = bedrock.decoder(UTC)(record({ events: [...events, { message: '{' }] }));
  expect(decoded).toMatchObject({
    events: [{ id: 'br-1' }],
    rejects: [{ place: { field: 'events.2.timestamp' } }, { place: { field: 'events.3.message' } }],
  });
  expect(recognisedBy({ value: { events } })).toEqual(['bedrock']);
});

test('a reserved tier is a plan', () => {
  const output = { outputTokenCount: 1, outputBodyJson: { serviceTier: { type: 'reserved' } } };
  expect(eventOf(bedrock, { ...converse, output }).plan).toBe('reserved tier');
});

test.each([
  ['a negative count', { input: { inputTokenCount: -1 } }, 'input.inputTokenCount'],
  ['a fraction of the output', { output: { outputTokenCount: 1.5 } }, 'output.outputTokenCount'],
  ['no model', { modelId: null }, 'modelId'],
  ['no time', { timestamp: undefined }, 'timestamp'],
  ['less written than its parts', { input: { cacheWriteInputTokenCount: 10 } }, 'input.cacheWriteInputTokenCount'],
])('%s is rejected by name', (_, changes, field) =>
  expect(rejection(() => eventOf(bedrock, { ...invoke, ...changes })).field).toBe(field),
);

test('no other source takes the file', () => {
  for (const value of [invoke, error, converse]) expect(recognisedBy({ value })).toEqual(['bedrock']);
});
