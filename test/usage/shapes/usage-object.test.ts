import { describe, expect, test } from 'vitest';
import { NO_TOKENS, totalTokens } from '../../../src/pricing/token-classes.js';
import { type DecodedUsage, decodeUsage } from '../../../src/usage/shapes/usage-object.js';
import { rejection, sampleLines } from '../fixture.js';

const one = (usage: unknown): DecodedUsage => {
  const decoded = decodeUsage(usage);
  expect(decoded).toHaveLength(1);
  return decoded[0]!;
};
const field = (usage: unknown) => rejection(() => decodeUsage(usage)).field;

describe('cached tokens are part of the input', () => {
  test('in Chat Completions', () =>
    expect(
      one({
        ...{ prompt_tokens: 900, completion_tokens: 210, total_tokens: 1110 },
        prompt_tokens_details: { cached_tokens: 512, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 130 },
      }),
    ).toEqual({
      // 900 - 512 = 388
      tokens: { ...NO_TOKENS, input: 388, cacheRead: 512, output: 210, reasoning: 130 },
      ...{ quantities: {}, cacheKind: 'implicit', model: null, mode: null },
    }));

  test('and so are cache writes, in Bailian: an explicit cache', () => {
    const details = {
      cached_tokens: 200,
      cache_creation: { ephemeral_5m_input_tokens: 300 },
      cache_creation_input_tokens: 300,
    };
    const decoded = one({
      prompt_tokens: 1000,
      completion_tokens: 5,
      prompt_tokens_details: { ...details, cache_type: 'ephemeral' },
    });
    // 1000 - 200 - 300 = 500
    expect(decoded.tokens).toEqual({ ...NO_TOKENS, input: 500, cacheRead: 200, cacheWrite5m: 300, output: 5 });
    expect(decoded.cacheKind).toBe('explicit');
  });

  test('in DeepSeek, where hits and misses make the prompt', () =>
    expect(
      one({ prompt_tokens: 90, prompt_cache_hit_tokens: 60, prompt_cache_miss_tokens: 30, completion_tokens: 8 })
        .tokens,
    ).toEqual({
      ...{ ...NO_TOKENS, input: 30, cacheRead: 60, output: 8 }, // 90 - 60
    }));

  test('in Gemini, whose thoughts are output beside the candidates and whose tool prompts are input beside the prompt', () =>
    expect(
      one({
        ...{ promptTokenCount: 120, cachedContentTokenCount: 20, toolUsePromptTokenCount: 7 },
        ...{ candidatesTokenCount: 30, thoughtsTokenCount: 50, totalTokenCount: 207 },
        promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 32 }],
      }),
    ).toMatchObject({
      // input 120 - 20 + 7 = 107, output 30 + 50 = 80
      tokens: { ...NO_TOKENS, input: 107, cacheRead: 20, output: 80, reasoning: 50 },
      quantities: { audio_input_tokens: 32_000_000n },
    }));
});

describe('cached tokens are counted beside the input', () => {
  test('in Anthropic, with cache writes split by lifetime', () =>
    expect(
      one({
        ...{ input_tokens: 70, cache_read_input_tokens: 2000, cache_creation_input_tokens: 640, output_tokens: 95 },
        cache_creation: { ephemeral_5m_input_tokens: 600, ephemeral_1h_input_tokens: 40 },
        ...{ speed: 'fast', server_tool_use: { web_search_requests: 3 } },
      }),
    ).toEqual({
      tokens: { input: 70, cacheRead: 2000, cacheWrite5m: 600, cacheWrite1h: 40, output: 95, reasoning: null },
      quantities: { 'call:web_search': 3_000_000n },
      ...{ cacheKind: 'explicit', model: null, mode: 'fast' },
    }));

  test('and what no lifetime explains was written for five minutes', () => {
    const writes = (usage: object) => {
      const { cacheWrite5m, cacheWrite1h } = one({ input_tokens: 1, ...usage }).tokens;
      return [cacheWrite5m, cacheWrite1h];
    };
    expect(writes({ cache_creation_input_tokens: 25 })).toEqual([25, null]);
    expect(writes({ cache_creation: { ephemeral_1h_input_tokens: 9 } })).toEqual([null, 9]);
    expect(writes({ cache_creation_input_tokens: 9, cache_creation: { ephemeral_1h_input_tokens: 9 } })).toEqual([
      null,
      9,
    ]);
    expect(
      writes({
        cache_creation_input_tokens: 10,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 4 },
      }),
    ).toEqual([6, 4]); // 10 - 4
  });
});

describe('what is not tokens', () => {
  test('is a quantity in millionths', () => {
    expect(one({ image_count: 2, width: 1328 }).quantities).toEqual({ image: 2_000_000n });
    expect(one({ video_duration: 7.5, video_count: 1, SR: 720 }).quantities).toEqual({
      video_second: 7_500_000n,
      video: 1_000_000n,
    });
    expect(one({ duration: 5, video_count: 1 }).quantities).toEqual({ video_second: 5_000_000n, video: 1_000_000n });
    expect(one({ duration: 12 }).quantities).toEqual({ second: 12_000_000n });
    expect(one({ seconds: 3 }).quantities).toEqual({ second: 3_000_000n });
    expect(one({ characters: 58 }).quantities).toEqual({ character: 58_000_000n });
    expect(one({ input_tokens: 5, plugins: { search: { count: 1 } } }).quantities).toEqual({
      'call:search': 1_000_000n,
    });
    expect(one({ input_tokens: 5, plugins: { search: { count: 2, strategy: 'agent' } } }).quantities).toEqual({
      'call:search:agent': 2_000_000n,
    });
  });

  test('and parts of the tokens with prices of their own are quantities too', () => {
    const usage = {
      input_tokens: 1277,
      output_tokens: 55,
      image_tokens: 1247,
      input_tokens_details: { text_tokens: 30, image_tokens: 1247 },
    };
    expect(one(usage).quantities).toEqual({ image_input_tokens: 1_247_000_000n });
    expect(
      one({
        ...{ prompt_tokens: 207, completion_tokens: 103 },
        prompt_tokens_details: { audio_tokens: 120, video_tokens: 3 },
        completion_tokens_details: { audio_tokens: 83 },
      }).quantities,
    ).toEqual({ audio_input_tokens: 120_000_000n, video_input_tokens: 3_000_000n, audio_output_tokens: 83_000_000n });
  });
});

test('an application call gives one entry per model', () => {
  const models = [
    { model_id: 'qwen-max', input_tokens: 120, output_tokens: 18 },
    { model_id: 'qwen-turbo', input_tokens: 33, output_tokens: 4 },
  ];
  expect(decodeUsage({ models }).map(({ model, tokens }) => [model, tokens.input, tokens.output])).toEqual([
    ['qwen-max', 120, 18],
    ['qwen-turbo', 33, 4],
  ]);
  expect(field({ models: [{ input_tokens: 1 }] })).toBe('models.0.model_id');
  expect(field({ models: ['qwen-max'] })).toBe('models.0');
  expect(field({ models: Array(101).fill(models[0]) })).toBe('models');
});

test('a rerank states a total alone, which is input', () => {
  expect(one({ total_tokens: 79 }).tokens).toEqual({ ...NO_TOKENS, input: 79 });
  expect(one({ prompt_tokens: 23, total_tokens: 23 }).tokens).toEqual({ ...NO_TOKENS, input: 23 });
});

test('reasoning that the total counts beside the output is output (xAI)', () =>
  // 32 + 9 + 94 = 135, so output is 9 + 94 = 103
  expect(
    one({
      prompt_tokens: 32,
      completion_tokens: 9,
      total_tokens: 135,
      completion_tokens_details: { reasoning_tokens: 94 },
    }).tokens,
  ).toMatchObject({ input: 32, output: 103, reasoning: 94 }));

test('a server that fills the fields of another dialect with zeros is read by the figures that are there', () =>
  expect(
    one({ prompt_tokens: 40, completion_tokens: 6, input_tokens: 0, output_tokens: 0, input_tokens_details: null })
      .tokens,
  ).toMatchObject({
    ...{ input: 40, output: 6 },
  }));

describe('figures that contradict each other are rejected by name', () => {
  test.each([
    [
      'more cached than input',
      { prompt_tokens: 10, prompt_tokens_details: { cached_tokens: 11 } },
      'prompt_tokens_details.cached_tokens',
    ],
    ['more cached than prompt', { promptTokenCount: 10, cachedContentTokenCount: 11 }, 'cachedContentTokenCount'],
    [
      'cached and written more than input',
      { prompt_tokens: 10, prompt_tokens_details: { cached_tokens: 6, cache_creation_input_tokens: 5 } },
      'prompt_tokens',
    ],
    [
      'hits and misses more than the prompt',
      { prompt_tokens: 10, prompt_cache_hit_tokens: 6, prompt_cache_miss_tokens: 5 },
      'prompt_cache_miss_tokens',
    ],
    [
      'more reasoning than output',
      { completion_tokens: 10, completion_tokens_details: { reasoning_tokens: 11 } },
      'completion_tokens_details.reasoning_tokens',
    ],
    ['more input than the total', { prompt_tokens: 10, total_tokens: 9 }, 'prompt_tokens'],
    ['more output than the total', { completion_tokens: 10, total_tokens: 9 }, 'completion_tokens'],
    [
      'more audio than input',
      { prompt_tokens: 10, prompt_tokens_details: { audio_tokens: 11 } },
      'prompt_tokens_details.audio_tokens',
    ],
    ['two different inputs', { prompt_tokens: 10, input_tokens: 12 }, 'input_tokens'],
    [
      'a split beyond its total',
      { input_tokens: 1, cache_creation_input_tokens: 5, cache_creation: { ephemeral_1h_input_tokens: 6 } },
      'cache_creation_input_tokens',
    ],
    [
      'a kind of cache not known',
      { prompt_tokens: 1, prompt_tokens_details: { cache_type: 'magic' } },
      'prompt_tokens_details.cache_type',
    ],
  ])('%s', (_, usage, name) => expect(field(usage)).toBe(name));

  test('but a total that is more than input and output is kept', () =>
    expect(one({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 40 }).tokens).toMatchObject({
      input: 10,
      output: 5,
    }));
});

test.each([-1, 3.5, '12abc', 2 ** 53, true, [5], { n: 5 }])('a count of %j is rejected by name', (count) => {
  expect(field({ prompt_tokens: count })).toBe('prompt_tokens');
  expect(field({ prompt_tokens: 1, prompt_tokens_details: { cached_tokens: count } })).toBe(
    'prompt_tokens_details.cached_tokens',
  );
  expect(field({ input_tokens: count, cache_read_input_tokens: 1 })).toBe('input_tokens');
});

test('usage that reports nothing gives nothing, usage without a known field is rejected', () => {
  expect([null, undefined, {}, { prompt_tokens: null }, { image_count: 0 }].map(decodeUsage)).toEqual([
    [],
    [],
    [],
    [],
    [],
  ]);
  expect(rejection(() => decodeUsage({ tokens_used: 5 }))).toMatchObject({ code: 'BAD_RECORD' });
  expect(rejection(() => decodeUsage({ tokens_used: 5 })).message).toContain('"tokens_used"');
  expect(field([1])).toBe('usage');
  expect(field('12 tokens')).toBe('usage');
});

test('a list where details should be is rejected', () =>
  expect(field({ prompt_tokens: 1, prompt_tokens_details: [1] })).toContain('prompt_tokens_details.'));

test('inherited and prototype keys are not figures', () => {
  const usage = JSON.parse(
    '{"prompt_tokens": 5, "__proto__": {"completion_tokens": 9}, "constructor": {"cached_tokens": 3}}',
  );
  expect(one(usage).tokens).toEqual({ ...NO_TOKENS, input: 5 });
  expect(field(JSON.parse('{"input_tokens": 1, "plugins": {"__proto__": {"count": 1}}}'))).toBe('plugins');
});

test('classes that together pass 2^53 - 1 are rejected', () =>
  expect(field({ input_tokens: 2 ** 53 - 1, cache_read_input_tokens: 1 })).toBe('usage'));

interface Shape {
  readonly id: string;
  readonly usage: unknown;
  readonly expect: Record<string, number> & {
    readonly cache_type?: string;
    readonly calls?: Record<string, number>;
    readonly units?: Record<string, number>;
    readonly modality?: Record<string, number>;
  };
}

const shapes = sampleLines('usage_shapes.jsonl') as Shape[] | null;

describe.skipIf(shapes === null)('the shared shapes become what they must', () => {
  test.each((shapes ?? []).map((shape) => [shape.id, shape] as const))('%s', (_, { usage, expect: wanted }) => {
    const decoded = decodeUsage(usage);
    const sum = (figure: (usage: DecodedUsage) => number) => decoded.reduce((total, entry) => total + figure(entry), 0);
    expect({
      inputIncludingCache: sum((entry) => totalTokens({ ...entry.tokens, output: null })),
      input_uncached: sum((entry) => entry.tokens.input ?? 0),
      cache_read: sum((entry) => entry.tokens.cacheRead ?? 0),
      cache_write: sum((entry) => (entry.tokens.cacheWrite5m ?? 0) + (entry.tokens.cacheWrite1h ?? 0)),
      output: sum((entry) => entry.tokens.output ?? 0),
      reasoning: sum((entry) => entry.tokens.reasoning ?? 0),
    }).toEqual(
      pick(wanted, ['inputIncludingCache', 'input_uncached', 'cache_read', 'cache_write', 'output', 'reasoning']),
    );
    expect(decoded).toHaveLength(wanted.models ?? 1);
    expect(decoded[0]!.quantities).toEqual(quantitiesIn(wanted));
    if (wanted.cache_type !== undefined)
      expect(decoded[0]!.cacheKind).toBe(wanted.cache_type === 'ephemeral' ? 'explicit' : 'implicit');
  });
});

const pick = (from: Shape['expect'], names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, from[name]]));

const PARTS: Record<string, string> = {
  audio_in: 'audio_input_tokens',
  image_in: 'image_input_tokens',
  audio_out: 'audio_output_tokens',
};

function quantitiesIn({ units = {}, calls = {}, modality = {} }: Shape['expect']): Record<string, bigint> {
  const parts = Object.entries(modality).filter(([name]) => name in PARTS);
  const named = [
    ...Object.entries(units),
    ...Object.entries(calls).map(([name, count]) => [`call:${name}`, count] as const),
    ...parts.map(([name, count]) => [PARTS[name]!, count] as const),
  ];
  return Object.fromEntries(named.map(([name, count]) => [name, BigInt(count) * 1_000_000n]));
}
