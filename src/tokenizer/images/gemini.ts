import type { Detail, ImageFormula, ImageSize } from './image-formula.js';
import { ceilDivide } from './whole-numbers.js';

const SMALL = 384;
const TILE_TOKENS = 258;

/**
 * Gemini 2's tiles: 258 when both sides are at most 384; else 258 for every square of a unit that is the short side / 1.5, rounded
 * down, from 256 to 768.
 *
 * Source: ai.google.dev, Understand and count tokens, and Image understanding; the unit's bounds from the Vertex AI guide; 2026.
 *
 * @example geminiTileTokens({ width: 960, height: 540 }) // 1548: unit 360, 3 × 2 tiles
 */
export function geminiTileTokens({ width, height }: ImageSize): number {
  if (width <= SMALL && height <= SMALL) return TILE_TOKENS;
  const unit = Math.min(768, Math.max(256, Math.floor((2 * Math.min(width, height)) / 3)));
  return TILE_TOKENS * ceilDivide(width, unit) * ceilDivide(height, unit);
}

export const geminiTiles: ImageFormula = {
  name: 'gemini tiles of 258',
  tokens: (size) => geminiTileTokens(size),
  method: 'approximate',
  source: 'ai.google.dev, Understand and count tokens, 2026: the unit of a tile is described as rough',
};

/** Gemini 3 spends a budget by `media_resolution`, whatever the size. */
const BUDGETS: Readonly<Record<Detail, number>> = { low: 280, high: 1120, original: 1120, auto: 1120 };

export const geminiBudget: ImageFormula = {
  name: 'gemini media resolution',
  tokens: (_size, { detail = 'auto' } = {}) => BUDGETS[detail],
  method: 'approximate',
  source: 'ai.google.dev, Media resolution, 2026: at most 280 low, 560 medium, 1,120 high and by default',
};
