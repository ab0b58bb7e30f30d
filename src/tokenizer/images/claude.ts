import type { ImageFormula, ImageSize } from './image-formula.js';
import { scaled } from './scaled.js';
import { ceilDivide, roundDivide } from './whole-numbers.js';

/** Largest native resolution: longest side in pixels, most patches. */
export interface ClaudeLimit {
  readonly side: number;
  readonly tokens: number;
}

export const CLAUDE_STANDARD: ClaudeLimit = { side: 1568, tokens: 1568 };
export const CLAUDE_HIGH_RESOLUTION: ClaudeLimit = { side: 2576, tokens: 4784 };

const PATCH = 28;

/**
 * Claude's patches: ceil(w / 28) × ceil(h / 28), of the largest size of the same proportions that keeps both limits.
 *
 * That size is found by its long side in whole pixels, the short one rounded to the nearest.
 *
 * Source: platform.claude.com, Vision, and Coordinates and bounding boxes ("How Claude resizes and pads images"), 2026.
 *
 * @example claudeTokens({ width: 1000, height: 1000 }, CLAUDE_STANDARD) // 1296: 36 × 36
 */
export function claudeTokens({ width, height }: ImageSize, { side, tokens }: ClaudeLimit): number {
  const [long, short] = width > height ? [width, height] : [height, width];
  const patches = (length: number): number =>
    ceilDivide(length, PATCH) * ceilDivide(Math.max(1, roundDivide(length * short, long)), PATCH);
  let fits = 1;
  for (let above = Math.min(long, side) + 1; above - fits > 1; ) {
    const middle = Math.floor((fits + above) / 2);
    if (patches(middle) <= tokens) fits = middle;
    else above = middle;
  }
  return patches(fits);
}

/**
 * The rule of Claude 3's time: w × h / 750, to the nearest, of an image scaled to at most 1568 pixels and about 1,600 tokens.
 *
 * Source: docs.anthropic.com, Vision, 2025.
 */
export function claudeAreaTokens(size: ImageSize): number {
  const long = Math.max(size.width, size.height);
  const { width, height } = long > CLAUDE_STANDARD.side ? scaled(size, CLAUDE_STANDARD.side, long) : size;
  return Math.max(1, Math.min(1600, roundDivide(width * height, 750)));
}

const WRAPPER = 'a few tokens around each image are not published (8 were measured)';

export const claudePatches = (limit: ClaudeLimit): ImageFormula => ({
  name: `claude patches, at most ${limit.tokens}`,
  tokens: (size) => claudeTokens(size, limit),
  method: 'approximate',
  source: `platform.claude.com, Vision, 2026; ${WRAPPER}`,
});

export const claudeArea: ImageFormula = {
  name: 'claude area / 750',
  tokens: (size) => claudeAreaTokens(size),
  method: 'approximate',
  source: 'docs.anthropic.com, Vision, 2025: about width × height / 750',
};
