import { describe, expect, test } from 'vitest';
import { contextWindows } from '../../src/tokenizer/context-window-table.js';
import { contextWindowOf, windowShare } from '../../src/tokenizer/context-windows.js';

const tokensOf = (model: string, region: 'cn' | 'intl' = 'intl') => contextWindowOf(model, region)?.tokens ?? null;

describe('the context window of a model', () => {
  test('is known by its name, with its route, in any case, and with a dot or a hyphen in its version', () => {
    expect(contextWindowOf('gpt-4o', 'intl')).toMatchObject({ tokens: 128_000, maxOutput: 16_384 });
    expect(tokensOf('azure/GPT-4o')).toBe(128_000);
    expect(tokensOf('claude-sonnet-4-5')).toBe(200_000);
    expect(tokensOf('claude-sonnet-4.5')).toBe(200_000);
    expect(tokensOf('us.anthropic.claude-sonnet-4-5-20250929-v1:0')).toBe(200_000);
  });

  test('is that of the model for a snapshot, but not where snapshots differ', () => {
    expect(tokensOf('gpt-4o-2024-08-06')).toBe(128_000);
    expect(contextWindowOf('gpt-4o-2024-05-13', 'intl')?.maxOutput).toBe(4096);
    expect(tokensOf('gpt-4')).toBe(8192);
    expect(tokensOf('gpt-4-1106-preview')).toBe(128_000);
    expect(tokensOf('gpt-4-0801')).toBeNull();
    expect(tokensOf('qwen-plus')).toBe(1_000_000);
    expect(tokensOf('qwen-plus-2025-04-28')).toBe(131_072);
    expect(tokensOf('qwen-plus-2024-12-20')).toBeNull();
    expect(tokensOf('o1-preview-2024-09-12')).toBe(128_000);
  });

  test('depends on the region where Alibaba serves a model differently', () => {
    expect(tokensOf('qwen-max', 'intl')).toBe(32_768);
    expect(tokensOf('qwen-max', 'cn')).toBe(131_072);
    expect(tokensOf('qwen-long', 'intl')).toBeNull();
  });

  test('is not known for a name nobody listed, a name that floats, and a host with windows of its own', () => {
    for (const model of ['gpt-4oo', 'gpt-7', 'mistral-large-latest', 'ollama/llama-3.1-8b', 'groq/llama-3.3-70b', ''])
      expect(tokensOf(model), model).toBeNull();
  });

  test('is listed once per name and region, with a source, and is no smaller than the largest output', () => {
    const keys = contextWindows.flatMap(({ names, region }) =>
      (region === null ? ['cn', 'intl'] : [region]).flatMap((each) =>
        names.map((name) => `${each} ${name.replaceAll('.', '-')}`),
      ),
    );
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    for (const { tokens, maxOutput, names, source } of contextWindows) {
      expect(maxOutput ?? 0, names[0]).toBeLessThanOrEqual(tokens);
      expect(source).toMatch(/20\d\d-\d\d|model cards/);
    }
  });

  test('is taken in part: the share has at most six decimals', () => {
    const window = contextWindowOf('gpt-4o', 'intl')!;
    // 4,870 / 128,000 = 0.038046875
    expect(windowShare(4870, window)).toBe('0.038047');
    expect(windowShare(128_000, window)).toBe('1');
    expect(windowShare(0, window)).toBe('0');
  });
});
