/** Examples of the providers and measured ones, where they are at hand. */

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  CLAUDE_HIGH_RESOLUTION,
  CLAUDE_STANDARD,
  claudeAreaTokens,
  claudeTokens,
} from '../../../src/tokenizer/images/claude.js';
import { geminiTileTokens } from '../../../src/tokenizer/images/gemini.js';
import type { Detail, ImageSize } from '../../../src/tokenizer/images/image-formula.js';
import { openaiPatches, openaiPatchTokens } from '../../../src/tokenizer/images/openai-patches.js';
import { openaiTileTokens } from '../../../src/tokenizer/images/openai-tiles.js';
import { QWEN_28, QWEN_32, qwenGridTokens } from '../../../src/tokenizer/images/qwen.js';

const file = resolve(import.meta.dirname, '../../../../shared/samples/image_token_vectors.json');

interface Options {
  readonly detail?: Detail;
  readonly maxPixels?: number;
  readonly plus2?: boolean;
}
interface Vector {
  readonly formula: string;
  readonly args: [width: number, height: number, options?: Options];
  readonly tokens: number;
}

const SMALL = { patches: 1536, side: 2048 };
const grid = (size: ImageSize, of: typeof QWEN_32, { maxPixels, plus2 = true }: Options) =>
  qwenGridTokens(size, of, { maxPixels }) + (plus2 ? 2 : 0);

const FORMULAS: Record<string, (size: ImageSize, options: Options) => number> = {
  openai_tile: (size, { detail }) => openaiTileTokens(size, { base: 85, tile: 170 }, detail),
  openai_patch: (size) => openaiPatches(size, SMALL),
  'openai_patch_gpt5mini_x1.20': (size) =>
    openaiPatchTokens(size, { hundredths: 120, high: SMALL, original: SMALL, auto: 'high' }),
  anthropic_28px: (size) => claudeTokens(size, CLAUDE_STANDARD),
  anthropic_28px_hires: (size) => claudeTokens(size, CLAUDE_HIGH_RESOLUTION),
  anthropic_wh_750_legacy: (size) => claudeAreaTokens(size),
  gemini_tiles: (size) => geminiTileTokens(size),
  qwen_28px: (size, options) => grid(size, QWEN_28, options),
  qwen_32px_default2560: (size, options) => grid(size, QWEN_32, options),
  qwen_32px_highres: (size, options) => grid(size, QWEN_32, options),
};

describe.skipIf(!existsSync(file))('every example of the samples', () => {
  const vectors: Vector[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];

  test('has a formula', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(24);
    expect(vectors.filter(({ formula }) => FORMULAS[formula] === undefined)).toEqual([]);
  });

  test.each(vectors)('$formula of $args is $tokens', ({ formula, args: [width, height, options = {}], tokens }) => {
    expect(FORMULAS[formula]!({ width, height }, options)).toBe(tokens);
  });
});
