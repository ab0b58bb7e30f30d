import { describe, expect, test } from 'vitest';
import { NO_TOKENS, type TokenClasses } from '../../src/pricing/token-classes.js';
import type { UsageEvent } from '../../src/usage/event.js';
import { usageBetween } from '../../src/usage/readings.js';
import { vllm } from '../../src/usage/sources/vllm.js';
import { anEvent, eventOf, UTC } from './decode.js';
import { sampleText } from './fixtures.js';

const reading = (at: number, tokens: Partial<TokenClasses>, requests = 0): UsageEvent =>
  anEvent({ id: null, counter: 'c', at, requests, tokens: { ...NO_TOKENS, ...tokens } });

test('usage is what was counted between two readings, from the earlier to the later', () => {
  const buckets = usageBetween([
    reading(10, { input: 100, cacheRead: 40, output: 7 }, 2),
    reading(20, { input: 150, cacheRead: 40, output: 9 }, 3),
    reading(30, { input: 151, cacheRead: 45, output: 9 }, 3),
  ]);
  expect(buckets).toMatchObject([
    // 150 - 100, 40 - 40, 9 - 7
    {
      at: 10,
      until: 20,
      day: null,
      id: null,
      counter: null,
      status: null,
      requests: 1,
      tokens: { input: 50, cacheRead: 0, output: 2 },
    },
    { at: 20, until: 30, requests: 0, tokens: { input: 1, cacheRead: 5, output: 0 } },
  ]);
});

test('the first reading is where counting starts, and equal readings are no usage', () => {
  const same = { input: 5, output: 1 };
  expect(usageBetween([])).toEqual([]);
  expect(usageBetween([reading(10, same)])).toEqual([]);
  expect(usageBetween([reading(10, same, 1), reading(20, same, 1)])).toEqual([]);
});

describe('a figure that falls', () => {
  test.each([
    ['of input', { input: 9, output: 80 }, 5],
    ['of output', { input: 200, output: 3 }, 5],
    ['of requests', { input: 200, output: 80 }, 1],
  ])('%s tells of a restart: all of the later reading counts', (_, tokens, requests) =>
    expect(usageBetween([reading(10, { input: 100, output: 7 }, 4), reading(20, tokens, requests)])).toMatchObject([
      { at: 10, until: 20, status: 'restarted', tokens, requests },
    ]),
  );
  test('to nothing is no usage yet, and what follows counts from there', () =>
    expect(
      usageBetween([reading(10, { input: 100 }), reading(20, { input: 0 }), reading(30, { input: 6 })]),
    ).toMatchObject([{ at: 20, until: 30, status: null, tokens: { input: 6 } }]));
});

test('what a reading does not report stays not reported', () =>
  expect(
    usageBetween([reading(10, { input: 1 }), reading(20, { input: 3, output: 9 }), reading(30, { output: 10 })]),
  ).toMatchObject([{ tokens: { input: 2, output: null, cacheRead: null } }, { tokens: { input: null, output: 1 } }]));

test('an engine that begins to tell cached input apart did not restart', () =>
  expect(usageBetween([reading(10, { input: 100 }), reading(20, { input: 70, cacheRead: 50 })])).toMatchObject([
    // 70 + 50 - 100
    { status: null, tokens: { input: 20, cacheRead: null } },
  ]));

const samples = ['t0', 't1', 't2_restarted'].map((name) => sampleText(`vllm_metrics_${name}.prom`));

test.skipIf(samples.includes(null))('the shared snapshots: usage, then a restart', () => {
  const readings = samples.map((text, index) => eventOf(vllm, text, { ...UTC, at: index * 60_000 }));
  expect(usageBetween(readings)).toMatchObject([
    {
      ...{ at: 0, until: 60_000, status: null },
      // 8,328,902 - 8,128,902 = 200,000, of it 1,290,000 - 1,200,000 = 90,000 cached; 7,600,072 - 7,557,572
      tokens: { input: 110_000, cacheRead: 90_000, output: 42_500 },
      // 38,009 - 37,794
      requests: 215,
    },
    {
      at: 60_000,
      until: 120_000,
      status: 'restarted',
      tokens: { input: 5000, cacheRead: 0, output: 700 },
      requests: 6,
    },
  ]);
});
