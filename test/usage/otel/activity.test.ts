import { expect, test } from 'vitest';
import { otel } from '../../../src/usage/sources/otel.js';
import { decodeAll } from '../decode.js';

interface Span {
  readonly id: string;
  readonly above?: string;
  readonly input?: number;
  readonly does?: string;
  readonly kind?: string;
  readonly agent?: string;
  readonly start?: string;
}

const text = (key: string, value: string | undefined) =>
  value === undefined ? [] : [{ key, value: { stringValue: value } }];

const document = (...spans: readonly Span[]) => ({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: spans.map(({ id, above = '', input, does, kind, agent, start = '1791187200000000000' }) => ({
            ...{ traceId: 't', spanId: id, parentSpanId: above, startTimeUnixNano: start },
            attributes: [
              ...text('gen_ai.request.model', 'm'),
              ...text('gen_ai.operation.name', does),
              ...text('gen_ai.span.kind', kind),
              ...text('gen_ai.agent.name', agent),
              ...(input === undefined ? [] : [{ key: 'gen_ai.usage.input_tokens', value: { intValue: `${input}` } }]),
            ],
          })),
        },
      ],
    },
  ],
});

const activity = (...spans: readonly Span[]) =>
  Object.fromEntries(decodeAll(otel, [document(...spans)]).events.map(({ id, quantities }) => [id, quantities]));

const run = { id: 'run', does: 'invoke_agent', agent: 'clerk', input: 9 };
const ONE = 1_000_000n;

test('a run and its tool calls count with the first leaf of the run alone', () =>
  expect(
    activity(
      run,
      { id: 'late', above: 'run', input: 5, start: '1791187200000000009' },
      { id: 'early', above: 'run', input: 4 },
      { id: 'tool', above: 'run', does: 'execute_tool' },
      { id: 'other', above: 'run', kind: 'TOOL' },
    ),
  ).toEqual({ 't:late': {}, 't:early': { agent_run: ONE, tool_call: 2n * ONE } }));

test('an agent called by another is part of its run, which counts with a leaf of the caller where it has one', () =>
  expect(
    activity(
      run,
      { id: 'sub', above: 'run', kind: 'AGENT', agent: 'searcher' },
      { id: 'a', above: 'sub', input: 1 },
      { id: 'b', above: 'run', input: 1, start: '1791187200000000009' },
    ),
  ).toEqual({ 't:a': {}, 't:b': { agent_run: ONE } }));

test('an agent that is a leaf counts with itself; a tool outside of runs with the first leaf of its trace', () => {
  expect(activity(run)).toEqual({ 't:run': { agent_run: ONE } });
  expect(activity({ id: 'chat', input: 1 }, { id: 'tool', does: 'execute_tool' })).toEqual({
    't:chat': { tool_call: ONE },
  });
});

test('calls without agents and tools have no activity', () =>
  expect(activity({ id: 'chat', input: 1, does: 'chat' })).toEqual({ 't:chat': {} }));
