import { describe, expect, test } from 'vitest';
import {
  CLAUDE_HIGH_RESOLUTION,
  CLAUDE_STANDARD,
  claudeAreaTokens,
  claudeTokens,
} from '../../../src/tokenizer/images/claude.js';
import { geminiBudget, geminiTileTokens } from '../../../src/tokenizer/images/gemini.js';
import { type ImageSize, LARGEST_SIDE } from '../../../src/tokenizer/images/image-formula.js';
import { IMAGE_MODEL_EXAMPLES, imageFormulaOf } from '../../../src/tokenizer/images/image-models.js';
import { openaiPatches, openaiPatchTokens } from '../../../src/tokenizer/images/openai-patches.js';
import { openaiTileTokens } from '../../../src/tokenizer/images/openai-tiles.js';
import { QWEN_28, QWEN_32, qwenGridTokens } from '../../../src/tokenizer/images/qwen.js';
import { ceilRoot, floorRoot, roundDivideEven } from '../../../src/tokenizer/images/whole-numbers.js';

const size = (width: number, height: number): ImageSize => ({ width, height });

describe('tiles of OpenAI', () => {
  const price = { base: 85, tile: 170 };
  test.each([
    [128, 64, 255], // not enlarged: 1 tile, 85 + 170
    [512, 512, 255], // 1 tile
    [513, 512, 425], // 2 × 1 tiles: 85 + 340
    [1024, 1024, 765], // 768 × 768: 2 × 2 tiles, 85 + 680
    [2048, 4096, 1105], // 1024 × 2048, then 768 × 1536: 2 × 3 tiles, 85 + 1020
    [2049, 513, 1445], // 2048 × 512.75 is 513: 4 × 2 tiles, 85 + 1360
    [2050, 513, 765], // 2048 × 512.4995 is 512: 4 × 1 tiles, 85 + 680
    [1, LARGEST_SIDE, 765], // 1 × 2048: 1 × 4 tiles
  ])('%i × %i costs %i', (width, height, tokens) => {
    expect(openaiTileTokens(size(width, height), price)).toBe(tokens);
    expect(openaiTileTokens(size(height, width), price)).toBe(tokens);
  });

  test('low detail costs the base alone', () => {
    expect(openaiTileTokens(size(4096, 8192), price, 'low')).toBe(85);
  });
});

describe('patches of OpenAI', () => {
  const budget = { patches: 1536, side: 2048 };
  test.each([
    [1, 1, 1],
    [32, 33, 2],
    [1024, 1024, 1024], // 32 × 32
    [2048, 768, 1536], // 64 × 24, just the budget
    [1800, 2400, 1452], // 33.9 × 45.3 patches fit; 33 wide, 33 × 2400 / 1800 = 44 high
    [4096, 64, 64], // over the longest side: 2048 × 32
    [4000, 1474, 1536], // 2048 × 755: 64 × 24, as it was billed
  ])('cover %i × %i with %i', (width, height, patches) => {
    expect(openaiPatches(size(width, height), budget)).toBe(patches);
  });

  test('are more than the budget of no image, however long and thin', () => {
    for (const long of [2049, 65_536, LARGEST_SIDE])
      expect(openaiPatches(size(long, 1), { patches: 1536, side: LARGEST_SIDE })).toBeLessThanOrEqual(1536);
  });

  test('times the factor are rounded up', () => {
    const price = { hundredths: 120, high: budget, original: budget, auto: 'high' } as const;
    expect(openaiPatchTokens(size(512, 512), price)).toBe(308); // 256 × 1.2 = 307.2
  });

  test('without a budget are those of the image itself', () => {
    expect(openaiPatches(size(8000, 8000), null)).toBe(62_500); // 250 × 250
  });
});

describe('Claude', () => {
  test.each([
    [1000, 1000, 1296], // 36 × 36
    [1092, 1092, 1521], // 39 × 39, the largest square
    [4000, 4000, 1521], // scaled to that
    [200, 200, 64], // 8 × 8
    [3000, 1, 56], // 1568 × 1: 56 × 1
    [1920, 1080, 1560], // 1456 × 819: 52 × 30; one pixel more is 53 × 30
  ])('counts %i × %i as %i', (width, height, tokens) => {
    expect(claudeTokens(size(width, height), CLAUDE_STANDARD)).toBe(tokens);
  });

  test('sees more on a high-resolution model', () => {
    expect(claudeTokens(size(1920, 1080), CLAUDE_HIGH_RESOLUTION)).toBe(2691); // 69 × 39
  });

  test('of the third generation counts by area', () => {
    expect(claudeAreaTokens(size(1000, 1000))).toBe(1333); // 1,000,000 / 750
    expect(claudeAreaTokens(size(8000, 8000))).toBe(1600); // at most
  });
});

describe('Gemini', () => {
  test.each([
    [384, 384, 258],
    [385, 384, 1032], // unit 256: 2 × 2 tiles
    [960, 540, 1548], // unit 360: 3 × 2
    [4000, 4000, 9288], // unit at most 768: 6 × 6
  ])('counts %i × %i as %i', (width, height, tokens) => {
    expect(geminiTileTokens(size(width, height))).toBe(tokens);
  });

  test('3 spends a budget whatever the size', () => {
    expect(geminiBudget.tokens(size(10, 10))).toBe(1120);
    expect(geminiBudget.tokens(size(9000, 9000), { detail: 'low' })).toBe(280);
  });
});

describe('Qwen', () => {
  test.each([
    [1024, 1024, 1024], // 32 × 32
    [1920, 1080, 2040], // 60 × 33.75, which is 34
    [4000, 3000, 2494], // over 2560: sqrt(2560 × 4 / 3) = 58.4, sqrt(2560 × 3 / 4) = 43.8: 58 × 43
    [20, 20, 4], // under 4: 2 × 2
    [80, 64, 4], // 2.5 goes to the even 2: 2 × 2
    [80, 32, 8], // 2 × 1 is under 4: ceil(sqrt(4 × 80 / 32) = 3.2) × ceil(sqrt(4 × 32 / 80) = 1.3)
  ])('counts %i × %i on squares of 32 as %i', (width, height, tokens) => {
    expect(qwenGridTokens(size(width, height), QWEN_32)).toBe(tokens);
  });

  test('keeps the whole image in high resolution', () => {
    expect(qwenGridTokens(size(4000, 3000), QWEN_32, { highResolution: true })).toBe(11_750); // 125 × 94
  });

  test('takes budgets in pixels', () => {
    expect(qwenGridTokens(size(1024, 1024), QWEN_28, { maxPixels: 12_845_056 })).toBe(1369); // 36.6 is 37: 37 × 37
    expect(qwenGridTokens(size(1024, 1024), QWEN_28)).toBe(1225); // over 1280: floor(sqrt(1280)) = 35, 35 × 35
  });
});

describe('models', () => {
  test.each([
    ['gpt-4o', 'openai tiles 85 + 170'],
    ['gpt-4o-2024-08-06', 'openai tiles 85 + 170'],
    ['gpt-4o-mini', 'openai tiles 2833 + 5667'],
    ['o3', 'openai tiles 75 + 150'],
    ['gpt-5', 'openai tiles 70 + 140'],
    ['gpt-5-mini', 'openai patches × 1.20'],
    ['gpt-4.1-nano', 'openai patches × 2.46'],
    ['claude-sonnet-4-5-20250929', 'claude patches, at most 1568'],
    ['anthropic/claude-opus-4-7', 'claude patches, at most 4784'],
    ['claude-3-5-sonnet-latest', 'claude area / 750'],
    ['gemini-2.5-flash', 'gemini tiles of 258'],
    ['gemini-3-pro-preview', 'gemini media resolution'],
    ['qwen2.5-vl-72b-instruct', 'qwen grid of 28 px'],
    ['qwen3-vl-plus', 'qwen grid of 32 px'],
    ['gpt-3.5-turbo', undefined],
    ['gpt-5.1', undefined],
    ['gpt-4o-mini-audio-preview', undefined],
    ['qwen3-max', undefined],
    ['deepseek-v3', undefined],
  ])('%s counts by %s', (model, name) => {
    expect(imageFormulaOf(model)?.name).toBe(name);
  });

  test('named in errors have a formula', () => {
    expect(IMAGE_MODEL_EXAMPLES.filter((model) => imageFormulaOf(model) === null)).toEqual([]);
  });
});

describe('whole numbers', () => {
  test('roots are exact up to 2^53', () => {
    for (const n of [0, 1, 2, 3, 94_906_265]) {
      expect([floorRoot(n * n), ceilRoot(n * n)]).toEqual([n, n]);
      expect([floorRoot(n * n + 1), ceilRoot(n * n + 1)]).toEqual(n === 0 ? [1, 1] : [n, n + 1]);
    }
  });

  test('halves go to the even number', () => {
    expect([1, 3, 5, 7].map((n) => roundDivideEven(n, 2))).toEqual([0, 2, 2, 4]);
  });
});
