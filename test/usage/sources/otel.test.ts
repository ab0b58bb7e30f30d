import { describe, expect, test } from 'vitest';
import { otel } from '../../../src/usage/sources/otel.js';
import { decodeAll, onlyRecognisedBy, rejection, UTC } from '../decode.js';
import { jsonDocument, sampleDocument } from '../fixtures.js';

const TRACE = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const document = jsonDocument('otel.json');

test('calls count, and the agent and the chain that repeat them do not', () => {
  const { events, rejects } = decodeAll(otel, [document]);
  expect(rejects).toEqual([]);
  expect(events).toMatchObject([
    {
      ...{ id: `${TRACE}:0000000000000003`, at: 1_791_187_200_000, latencyMs: 2500, until: null, status: null },
      ...{ model: 'qwen3-max', provider: 'alibaba', account: null, requests: 1 },
      // 3,000 - 1,200 - 300
      tokens: { input: 1500, cacheRead: 1200, cacheWrite5m: 300, cacheWrite1h: null, output: 250, reasoning: 40 },
    },
    {
      ...{ id: `${TRACE}:0000000000000005`, model: 'qwen-max', provider: 'alibaba', status: 'error' },
      tokens: { input: 900, cacheRead: null, cacheWrite5m: null, output: 80, reasoning: null },
    },
  ]);
});

test('a call has the service of its resource, and agent, session and user of the nearest span that names them', () => {
  const { events } = decodeAll(otel, [document]);
  expect(events).toMatchObject([
    { agent: 'clerk', session: 'conv-7', origin: { service: 'portal-agent', user: null } },
    { agent: 'clerk', session: 's-5', origin: { service: 'portal-agent', user: 'u-5' } },
  ]);
});

interface Span {
  readonly id: string;
  readonly above?: string;
  readonly input?: number;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

const attribute = ([key, value]: readonly [string, unknown]) => ({
  key,
  value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
});

const spanOf = ({ id, above = '', input, attributes = {} }: Span) => ({
  ...{ traceId: 't', spanId: id, parentSpanId: above, startTimeUnixNano: '1791187200000000000' },
  attributes: [
    ...(input === undefined ? [] : [attribute(['gen_ai.usage.input_tokens', input])]),
    ...Object.entries({ 'gen_ai.request.model': 'm', ...attributes }).map(attribute),
  ],
});

const traces = (...spans: readonly Span[]) => ({ resourceSpans: [{ scopeSpans: [{ spans: spans.map(spanOf) }] }] });
const counted = (...documents: readonly unknown[]) => decodeAll(otel, documents).events.map(({ id }) => id);

describe('leaves', () => {
  const call = { id: 'call', above: 'step', input: 5 };
  const step = { id: 'step', above: 'agent' };
  const agent = { id: 'agent', input: 5 };
  test('are found in any order, through spans without usage', () => {
    expect(counted(traces(agent, step, call))).toEqual(['t:call']);
    expect(counted(traces(call, step, agent))).toEqual(['t:call']);
  });
  test('are found over the lines of a file, where a span comes after those beneath it', () =>
    expect(counted(traces(call), traces(step), traces({ id: 'other', input: 1 }), traces(agent))).toEqual([
      ...['t:call', 't:other'],
    ]));
  test('may be agents, when no call beneath them is recorded', () =>
    expect(counted(traces(agent))).toEqual(['t:agent']));
  test('of another trace are no matter', () => {
    const other = { resourceSpans: [{ scopeSpans: [{ spans: [{ ...spanOf(agent), traceId: 't2' }] }] }] };
    expect(counted(traces(call, step), other)).toEqual(['t:call', 't2:agent']);
  });
  test('end a circle of parents', () =>
    expect(
      counted(traces({ id: 'a', above: 'b' }, { id: 'b', above: 'a' }, { id: 'c', above: 'a', input: 1 })),
    ).toEqual(['t:c']));
});

test('the model is that of the response, else of the request', () => {
  const both = { 'gen_ai.request.model': 'gpt-4o', 'gen_ai.response.model': 'gpt-4o-2024-05-13' };
  const { events } = decodeAll(otel, [traces({ id: 'a', input: 1, attributes: both })]);
  expect(events[0]!.model).toBe('gpt-4o-2024-05-13');
});

test.each([
  ['aws.bedrock', 'aws'],
  ['azure.ai.openai', 'azure'],
  ['gcp.vertex_ai', 'google'],
  ['x_ai', 'xai'],
])('provider %s of the conventions is %s', (name, provider) => {
  const attributes = { 'gen_ai.provider.name': name };
  expect(decodeAll(otel, [traces({ id: 'a', input: 1, attributes })]).events[0]!.provider).toBe(provider);
});

test('a span without ids has none, and one without a time gets --at', () => {
  const bare = { attributes: spanOf({ id: '', input: 3 }).attributes, startTimeUnixNano: '0' };
  const value = { resourceSpans: [{ scopeSpans: [{ spans: [bare, bare] }] }] };
  expect(decodeAll(otel, [value], { ...UTC, at: 5 }).events).toMatchObject([
    { id: null, at: 5, latencyMs: null },
    { id: null, at: 5 },
  ]);
});

test('bad spans are rejected by their path and attribute, and the good ones beside them stay', () => {
  const { events, rejects } = decodeAll(otel, [
    traces(
      { id: 'a', input: 1, attributes: { 'gen_ai.request.model': '' } },
      { id: 'b', input: 1, attributes: { 'gen_ai.usage.cache_read.input_tokens': 2 } },
      { id: 'c', input: -1 },
      { id: 'd', input: 4 },
    ),
  ]);
  expect(events.map(({ id }) => id)).toEqual(['t:d']);
  const spans = 'resourceSpans.0.scopeSpans.0.spans';
  expect(rejects.map(({ place }) => place.field)).toEqual([
    `${spans}.0.gen_ai.request.model`,
    `${spans}.1.gen_ai.usage.cache_read.input_tokens`,
    `${spans}.2.gen_ai.usage.input_tokens`,
  ]);
});

test('a document without usage is skipped, and what is no document is rejected', () => {
  expect(decodeAll(otel, [{ resourceSpans: [] }, { resourceSpans: [5, { scopeSpans: {} }] }]).skipped).toEqual([
    ...['no span with usage', 'no span with usage'],
  ]);
  expect(rejection(() => decodeAll(otel, [5])).code).toBe('BAD_RECORD');
});

test('its documents are recognised, and by no other source', () => onlyRecognisedBy(otel, [document]));

const sample = sampleDocument('otel_genai_spans.json');

test.skipIf(sample === null)('the shared spans of an agent add up to their leaves', () => {
  const { events } = decodeAll(otel, [sample]);
  const sum = (of: (event: (typeof events)[number]) => number | null) =>
    events.reduce((total, event) => total + (of(event) ?? 0), 0);
  // input 2,400 + 2,800 + 100, of it 0 + 2,304 cached; output 210 + 200 + 20
  expect(sum(({ tokens }) => tokens.input) + sum(({ tokens }) => tokens.cacheRead)).toBe(5300);
  expect(sum(({ tokens }) => tokens.cacheRead)).toBe(2304);
  expect(sum(({ tokens }) => tokens.output)).toBe(430);
  expect(events.map(({ agent }) => agent)).toEqual(['wukong-hr', 'wukong-hr', null]);
  expect(events[2]).toMatchObject({ session: 's1', origin: { service: 'wukong-agent', user: 'u-lK8JddD' } });
});

const line = sampleDocument('otlp-genai/traces.json');

test.skipIf(line === null)('the shared chat span is one call', () =>
  // 500 - 100 - 30
  expect(decodeAll(otel, [line]).events).toMatchObject([
    {
      ...{ id: 'aaaa:1111', model: 'gpt-4o-2024-05-13', provider: 'openai', session: 'conv-1', latencyMs: 1000 },
      tokens: { input: 370, cacheRead: 100, cacheWrite5m: 30, output: 200, reasoning: 50 },
    },
  ]),
);
