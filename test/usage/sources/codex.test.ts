import { describe, expect, test } from 'vitest';
import { totalTokens } from '../../../src/pricing/token-classes.js';
import type { UsageEvent } from '../../../src/usage/event.js';
import type { DecodeContext } from '../../../src/usage/source.js';
import { codex } from '../../../src/usage/sources/codex.js';
import { decodeAll, onlyRecognisedBy, record, rejection, UTC } from '../decode.js';
import { jsonLines, sampleLines } from '../fixtures.js';

const ID = '0199f000-aaaa-7000-8000-000000000001';
const lines = jsonLines('codex.jsonl');
const [meta, turn] = lines;
const named = (name: string): DecodeContext => ({ ...UTC, file: { ...UTC.file, name } });

interface Figures {
  readonly input: number;
  readonly cached?: number;
  readonly output?: number;
}

const figures = ({ input, cached = 0, output = 0 }: Figures) => ({
  ...{ input_tokens: input, cached_input_tokens: cached, output_tokens: output, reasoning_output_tokens: 0 },
  total_tokens: input + output,
});

const count = (timestamp: string, total: Figures | null, last: Figures | null = null) => ({
  ...{ timestamp, type: 'event_msg' },
  payload: {
    type: 'token_count',
    info: {
      ...(total === null ? {} : { total_token_usage: figures(total) }),
      ...(last === null ? {} : { last_token_usage: figures(last) }),
    },
  },
});

const inputs = (events: readonly UsageEvent[]) => events.map(({ tokens }) => tokens.input);

test('usage is the difference of running totals, with the model, tier and folder of its turn', () => {
  const { events, skipped } = decodeAll(codex, lines);
  expect(events).toHaveLength(3);
  expect(events[0]).toMatchObject({
    ...{ id: `${ID}:9000-2000--400-150`, at: Date.UTC(2026, 9, 5, 8, 0, 9), session: ID, agent: 'codex' },
    ...{ model: 'gpt-5.2-codex', provider: 'openai', mode: 'standard', account: null },
    origin: { path: '/srv/portal', project: 'portal' },
    // 9,000 with 2,000 cached
    tokens: { input: 7000, cacheRead: 2000, output: 400, reasoning: 150, cacheWrite5m: null },
  });
  expect(events[1]).toMatchObject({
    ...{ model: 'gpt-5.3-codex', mode: 'priority' },
    // 21,000 - 9,000 = 12,000 with 10,500 - 2,000 = 8,500 cached; 1,000 - 400
    tokens: { input: 3500, cacheRead: 8500, output: 600, reasoning: 0 },
  });
  expect(skipped).toEqual([
    ...['not a response', 'not a response', 'not a response', 'no usage', 'repeats the total before'],
    ...['not a response', 'not a response', 'not a response'],
  ]);
});

test('a total that falls began anew, and is told apart from the totals before it', () => {
  const { events } = decodeAll(codex, lines);
  expect(events[2]).toMatchObject({
    ...{ id: `${ID}:restart-1:5000-0--300-20`, mode: 'standard' },
    tokens: { input: 5000, cacheRead: 0, output: 300, reasoning: 20 },
  });
  const withLast = [
    turn,
    count('2026-10-05T09:00:00Z', { input: 90 }),
    count('2026-10-05T09:01:00Z', { input: 50 }, { input: 30 }),
  ];
  expect(inputs(decodeAll(codex, withLast).events)).toEqual([90, 30]);
});

test('an overflow that resets the total to nothing is no usage', () => {
  const overflow = [
    turn,
    count('2026-10-05T09:00:00Z', { input: 90 }, { input: 90 }),
    count('2026-10-05T09:01:00Z', { input: 0 }, { input: 0 }),
    count('2026-10-05T09:02:00Z', { input: 40 }, { input: 40 }),
  ];
  expect(inputs(decodeAll(codex, overflow).events)).toEqual([90, 40]);
});

test('the first total counts as its response, as the session may have begun in another file', () => {
  const continued = [
    turn,
    count('2026-10-05T09:00:00Z', { input: 800 }, { input: 30 }),
    count('2026-10-05T09:01:00Z', { input: 850 }),
  ];
  expect(inputs(decodeAll(codex, continued).events)).toEqual([30, 50]);
});

test('where there are no totals each response counts, without a key of its own', () => {
  const { events } = decodeAll(codex, [turn, count('2026-10-05T09:00:00Z', null, { input: 12, cached: 2 })]);
  expect(events).toMatchObject([{ id: null, tokens: { input: 10, cacheRead: 2 } }]);
});

test('a longer copy of a file has the same ids at its beginning', () => {
  const ids = (upTo: number) => decodeAll(codex, lines.slice(0, upTo)).events.map(({ id }) => id);
  expect(ids(lines.length).slice(0, 2)).toEqual(ids(9));
});

describe('the session', () => {
  const usage = [turn, count('2026-10-05T09:00:00Z', { input: 1 })];
  test.each([
    [`/home/li/.codex/sessions/2026/10/05/rollout-2026-10-05T08-00-00-${ID}.jsonl`, ID],
    ['C:\\logs\\alpha.jsonl', 'alpha'],
    ['alpha.jsonl.gz', 'alpha'],
  ])('of %s is %s where no line names it', (name, session) =>
    expect(decodeAll(codex, usage, named(name)).events[0]).toMatchObject({ session, id: `${session}:1-0--0-0` }),
  );
});

describe('a fork', () => {
  const fork = (source: object) => ({
    ...{ timestamp: '2026-10-05T10:00:00.000Z', type: 'session_meta' },
    payload: { id: 'fork', ...source },
  });
  const copied = [
    meta,
    turn,
    count('2026-10-05T10:00:00.030Z', { input: 9000 }, { input: 9000 }),
    count('2026-10-05T10:00:00.900Z', { input: 21000 }, { input: 12000 }),
    count('2026-10-05T10:00:01.700Z', { input: 22000 }, { input: 1000 }),
  ];
  const own = count('2026-10-05T10:00:09.000Z', { input: 22500 }, { input: 500 });
  test.each([
    ['of a session', { forked_from_id: ID }],
    ['of a thread that spawned it', { source: { subagent: { thread_spawn: { parent_thread_id: ID } } } }],
  ])('%s does not count the history it copied, and goes on from its total', (_, source) => {
    const { events, skipped } = decodeAll(codex, [fork(source), ...copied, own]);
    // 22,500 - 22,000
    expect(events).toMatchObject([{ id: 'fork:22500-0--0-0', session: 'fork', tokens: { input: 500 } }]);
    expect(skipped.filter((why) => why.startsWith('history'))).toHaveLength(3);
  });
  test('ends its history at the first pause, and takes it up no more', () => {
    const later = count('2026-10-05T10:00:09.500Z', { input: 22600 });
    expect(inputs(decodeAll(codex, [fork({ forked_from_id: ID }), ...copied, own, later]).events)).toEqual([500, 100]);
  });
  test('is no fork without a parent', () =>
    expect(inputs(decodeAll(codex, [fork({}), turn, count('2026-10-05T10:00:00.030Z', { input: 7 })]).events)).toEqual([
      7,
    ]));
});

describe('a compaction', () => {
  const request = (id: string, used: Figures, more: object = {}) => ({
    ...{ timestamp: '2026-10-05T09:01:00Z', type: 'token_usage_record' },
    payload: { response_id: id, usage: figures(used), ...more },
  });
  const compacted = (id: string) => ({ type: 'compacted', payload: { compaction_response_id: id } });
  const first = count('2026-10-05T09:00:00Z', { input: 100 });
  test('that the running total leaves out counts by its own record', () => {
    const { events } = decodeAll(codex, [
      turn,
      first,
      request('resp_1', { input: 240, output: 9 }),
      compacted('resp_1'),
    ]);
    expect(events[1]).toMatchObject({
      ...{ id: 'resp_1', at: Date.UTC(2026, 9, 5, 9, 1), model: 'gpt-5.2-codex' },
      tokens: { input: 240, output: 9 },
    });
    expect(inputs(decodeAll(codex, [turn, compacted('r'), request('r', { input: 5 })]).events)).toEqual([5]);
  });
  test.each([
    ['the response before', request('r', { input: 240 }), count('2026-10-05T09:02:00Z', { input: 340 })],
    [
      'the session, whose total it states',
      request('r', { input: 7 }, { thread_token_usage: figures({ input: 340 }) }),
      count('2026-10-05T09:02:00Z', { input: 340 }),
    ],
  ])('that a running total counts with %s counts once', (_, record, total) => {
    // 340 - 100
    expect(inputs(decodeAll(codex, [turn, first, record, total, compacted('r')]).events)).toEqual([100, 240]);
  });
  test('is what is counted, not every request with a record', () =>
    expect(decodeAll(codex, [turn, request('a', { input: 1 }), compacted('b'), compacted('a')]).events).toEqual([]));
});

test.each([
  ['no model', [count('2026-10-05T09:00:00Z', { input: 1 })], 'turn_context.model'],
  ['no time', [turn, count('', { input: 1 })], 'timestamp'],
  [
    'more cached than input',
    [turn, count('2026-10-05T09:00:00Z', { input: 1, cached: 2 })],
    'total_token_usage.cached_input_tokens',
  ],
  ['a negative count', [turn, count('2026-10-05T09:00:00Z', { input: -1 })], 'total_token_usage.input_tokens'],
  [
    'a tier nobody knows',
    [
      turn,
      { type: 'event_msg', payload: { type: 'thread_settings_applied', thread_settings: { service_tier: 'warp' } } },
      count('2026-10-05T09:00:00Z', { input: 1 }),
    ],
    'service_tier',
  ],
])('%s is rejected by name', (_, values, field) => {
  const decode = codex.decoder(UTC);
  for (const value of values.slice(0, -1)) decode(record(value));
  expect(rejection(() => decode(record(values.at(-1)))).field).toBe(field);
});

test('its lines are recognised, and by no other source', () => onlyRecognisedBy(codex, lines));

const sample = sampleLines('codex-cli/ccusage_session-alpha.jsonl');

test.skipIf(sample === null)('the shared sample has two responses of two models', () => {
  const { events } = decodeAll(codex, sample ?? []);
  expect(events.map(({ model }) => model)).toEqual(['gpt-5.2-codex', 'gpt-5.3-codex']);
  // 1,000 - 250; 3,500 - 1,000 = 2,500 less 750 - 250 = 500 cached
  expect(events.map(({ tokens }) => tokens)).toMatchObject([
    { input: 750, cacheRead: 250, output: 125, reasoning: 75 },
    { input: 2000, cacheRead: 500, output: 300, reasoning: 200 },
  ]);
  // 750 + 250 + 125; 2,000 + 500 + 300: its total_tokens of 1,200 and 3,000 add reasoning a second time
  expect(events.map(({ tokens }) => totalTokens(tokens))).toEqual([1125, 2800]);
});
