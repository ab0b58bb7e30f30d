import { describe, expect, test } from 'vitest';
import { totalTokens } from '../../../src/pricing/token-classes.js';
import { mergeResent } from '../../../src/usage/merge.js';
import { claudeCode } from '../../../src/usage/sources/claude-code.js';
import { eventOf, eventsOf, onlyRecognisedBy, record, rejection, UTC } from '../decode.js';
import { jsonLines, sampleLines } from '../fixtures.js';

const [summary, user, first, grown, synthetic] = jsonLines('claude-code.jsonl');

test('a response is an event with session, project, speed and the cost the log claims', () =>
  expect(eventOf(claudeCode, first)).toMatchObject({
    ...{
      id: 'msg_a:req_1',
      at: Date.UTC(2026, 9, 10, 6, 0, 5),
      model: 'claude-opus-4-5',
      provider: 'anthropic',
      account: null,
    },
    ...{ agent: 'claude-code', session: 'sess-1', mode: 'fast', requests: 1 },
    origin: { path: '/home/li/portal', project: 'portal' },
    tokens: { input: 4, cacheRead: 12000, cacheWrite5m: 0, cacheWrite1h: 900, output: 1, reasoning: null },
    statedCost: { currency: 'USD', pico: 21_000_000_000n, text: null },
  }));

test('its local logs are an account of their own', () => expect(claudeCode.account).toBe('claude-code'));

test('the same response written again has the same id, and merges to the larger figures at the first time', () => {
  const [a, b] = [eventOf(claudeCode, first), eventOf(claudeCode, grown)];
  expect(a.id).toBe(b.id);
  expect(mergeResent(a, b)).toMatchObject({
    at: a.at,
    tokens: { input: 4, output: 260 },
    statedCost: { pico: 34_000_000_000n },
  });
});

test('summaries, prompts and what Claude Code made up are skipped', () => {
  expect(claudeCode.decoder(UTC)(record(summary))).toEqual({ skipped: 'not a response' });
  expect(claudeCode.decoder(UTC)(record(user))).toEqual({ skipped: 'not a response' });
  expect(claudeCode.decoder(UTC)(record(synthetic))).toEqual({ skipped: 'made up by Claude Code, no call' });
  expect(claudeCode.decoder(UTC)(record({ type: 'assistant', message: { content: [] } }))).toEqual({
    skipped: 'no usage',
  });
});

const line = (changes: object, message: object = {}) => ({
  ...{ type: 'assistant', timestamp: '2026-10-10T06:00:00Z' },
  message: { id: 'm', model: 'claude-haiku-4-5', usage: { input_tokens: 1 }, ...message },
  ...changes,
});

test('the id is that of the message where the request has none, and there may be none at all', () => {
  expect(eventOf(claudeCode, line({})).id).toBe('m');
  expect(eventOf(claudeCode, line({ requestId: 'r' }, { id: undefined })).id).toBe('r');
  expect(eventOf(claudeCode, line({}, { id: undefined })).id).toBeNull();
});

test.each(['msg_01XFDUDYJgAACzvnptvVoYEL', 'msg_bdrk_01XFDUDYJgAACzvnptvVoYEL'])(
  'id %s is that of one response, whatever request a log of a side question repeats it under',
  (id) => {
    expect(eventOf(claudeCode, line({ requestId: 'r1' }, { id })).id).toBe(id);
    expect(eventOf(claudeCode, line({ requestId: 'r2', isSidechain: true }, { id })).id).toBe(id);
  },
);

test('any other id of a message may be that of several requests', () =>
  expect(eventOf(claudeCode, line({ requestId: 'r1' })).id).toBe('m:r1'));

test.each([
  ['/srv/a/b/', 'b'],
  ['C:\\work\\portal', 'portal'],
  ['/', null],
  ['', null],
])('the project of %j is %j', (cwd, project) =>
  expect(eventOf(claudeCode, line({ cwd })).origin.project).toBe(project),
);

test('a line that names its day alone is no daily bucket', () => {
  const line = {
    type: 'assistant',
    timestamp: '2026-10-01',
    message: { id: 'm', model: 'claude-x', usage: { input_tokens: 1 } },
  };
  expect(rejection(() => eventOf(claudeCode, line))).toMatchObject({ code: 'BAD_FIELD', field: 'timestamp' });
  expect(eventOf(claudeCode, line, { ...UTC, at: 77 })).toMatchObject({ at: 77, day: null });
});

test('a line without a time is rejected, unless --at gives one', () => {
  expect(rejection(() => eventOf(claudeCode, line({ timestamp: undefined })))).toMatchObject({
    code: 'MISSING_FIELD',
    field: 'timestamp',
  });
  expect(eventOf(claudeCode, line({ timestamp: undefined }), { ...UTC, at: 9 }).at).toBe(9);
});

test.each([
  ['a model with escape sequences', line({}, { model: 'x\u001b[2J' }), 'message.model'],
  ['no model', line({}, { model: undefined }), 'message.model'],
  ['a negative count', line({}, { usage: { input_tokens: -1 } }), 'input_tokens'],
  ['usage that is a list', line({}, { usage: [1] }), 'usage'],
  ['a cost that is no number', line({ costUSD: 'free' }), 'costUSD'],
  ['a working directory with a line break', line({ cwd: '/a\n/b' }), 'cwd'],
])('%s is rejected by name', (_, value, field) =>
  expect(rejection(() => eventOf(claudeCode, value)).field).toBe(field),
);

describe('a model that advised during a response', () => {
  const iterations = [
    { type: 'message', model: 'claude-haiku-4-5', input_tokens: 1, output_tokens: 2 },
    {
      type: 'advisor_message',
      model: 'claude-opus-4-5',
      input_tokens: 700,
      output_tokens: 80,
      cache_read_input_tokens: 5,
    },
  ];
  const advised = line({ requestId: 'r', costUSD: 0.5 }, { usage: { input_tokens: 1, output_tokens: 2, iterations } });
  test('is an event of its own beside the response, which keeps the cost', () =>
    expect(eventsOf(claudeCode, advised)).toMatchObject([
      { id: 'm:r', model: 'claude-haiku-4-5', tokens: { input: 1, output: 2 }, statedCost: { currency: 'USD' } },
      {
        ...{ id: 'm:r:advisor-0', model: 'claude-opus-4-5', statedCost: null },
        tokens: { input: 700, cacheRead: 5, output: 80 },
      },
    ]));
  test('must be named', () => {
    const usage = { input_tokens: 1, iterations: [{ type: 'advisor_message', input_tokens: 1 }] };
    expect(rejection(() => eventsOf(claudeCode, line({}, { usage }))).field).toBe('message.usage.iterations.0.model');
  });
});

test('its lines are recognised, and by no other source', () =>
  onlyRecognisedBy(claudeCode, jsonLines('claude-code.jsonl')));

const bare = sampleLines('claude-code/ccusage_test-transcript.jsonl');

test.skipIf(bare === null)(
  'the shared transcript names neither time nor model, so that its responses are rejected',
  () => {
    const [, response] = bare ?? [];
    expect(rejection(() => eventOf(claudeCode, response)).field).toBe('message.model');
    const timed = {
      ...(response as object),
      message: { ...(response as { message: object }).message, model: 'claude-x' },
    };
    expect(rejection(() => eventOf(claudeCode, timed)).field).toBe('timestamp');
  },
);

const sample = sampleLines('claude-code/ccusage_project-alpha.jsonl');

describe.skipIf(sample === null)('the shared sample', () => {
  test('has three responses that add up', () => {
    const events = (sample ?? []).map((value) => eventOf(claudeCode, value));
    // (100 + 50 + 25 + 10) + (200 + 75 + 50 + 20) + (300 + 125 + 0 + 40) = 185 + 345 + 465
    expect(events.map(({ tokens }) => totalTokens(tokens))).toEqual([185, 345, 465]);
    expect(events.map(({ mode }) => mode)).toEqual(['standard', 'fast', 'standard']);
    expect(events[1]!.id).toBe('msg-alpha-2:req-alpha-2');
  });
});
