import type { Detail, ImageFormula, ImageSize } from './image-formula.js';
import { scaled } from './scaled.js';
import { ceilDivide } from './whole-numbers.js';

/** Tokens of the small version that is always seen, and of each tile. */
export interface TilePrice {
  readonly base: number;
  readonly tile: number;
}

const FIT = 2048;
const SHORT_SIDE = 768;
const TILE = 512;

/**
 * OpenAI's tiles: fitted into 2048 × 2048, then the short side brought down to 768, then `base` and `tile` for every square of 512.
 *
 * Small images are not enlarged. Each scaling rounds to whole pixels, halves up: 2049 × 513 was billed with two rows of tiles and
 * 2050 × 513 with one. `low` costs `base`; `auto` is taken for `high`.
 *
 * Source: OpenAI, Images and vision guide, "Calculating costs"; roundings as measured in the OpenAI forum, topic 1281361, 2025-06.
 *
 * @example openaiTileTokens({ width: 1024, height: 1024 }, { base: 85, tile: 170 }) // 765: 768 × 768 is 4 tiles
 */
export function openaiTileTokens(size: ImageSize, { base, tile }: TilePrice, detail: Detail = 'auto'): number {
  if (detail === 'low') return base;
  const fitted = Math.max(size.width, size.height) > FIT ? scaled(size, FIT, Math.max(size.width, size.height)) : size;
  const short = Math.min(fitted.width, fitted.height);
  const { width, height } = short > SHORT_SIDE ? scaled(fitted, SHORT_SIDE, short) : fitted;
  return base + tile * ceilDivide(width, TILE) * ceilDivide(height, TILE);
}

export const openaiTiles = (price: TilePrice): ImageFormula => ({
  name: `openai tiles ${price.base} + ${price.tile}`,
  tokens: (size, { detail } = {}) => openaiTileTokens(size, price, detail),
  method: 'exact',
  source:
    'OpenAI, Images and vision guide, 2026-09; bills compared in the OpenAI forum, topics 1262691 and 1281361, 2025',
});
