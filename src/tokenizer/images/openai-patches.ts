import type { Detail, ImageFormula, ImageSize } from './image-formula.js';
import { scaled } from './scaled.js';
import { ceilDivide, floorRoot } from './whole-numbers.js';

/** How far an image is scaled down before it is cut into patches; `null`: not at all. */
export interface PatchBudget {
  readonly patches: number;
  /** Longest side, pixels. */
  readonly side: number;
}

export interface PatchPrice {
  /** Tokens of a patch in hundredths: 162 is 1.62. */
  readonly hundredths: number;
  readonly high: PatchBudget;
  /** `null`: sent as it is. Models that know no `original` take it for `high`. */
  readonly original: PatchBudget | null;
  readonly auto: 'high' | 'original';
}

const PATCH = 32;

/**
 * OpenAI's patches: squares of 32 pixels that cover the image, scaled down to a budget of patches and a longest side.
 *
 * Over the budget both sides shrink by sqrt(budget / patches as real numbers), then by as little more as makes one side a
 * whole number of patches. In whole numbers: x = floor(sqrt(budget·w/h)) patches wide or y = floor(sqrt(budget·h/w)) high, whichever
 * shrinks the image more, and the other side rounded up.
 *
 * Source: OpenAI, Images and vision guide, "Calculating costs", 2026-09. That the longest side comes first is borne out by a bill of
 * gpt-4.1-mini: 4000 × 1474 was 1,536 patches, 64 × 24 of 2048 × 755 (OpenAI forum, topic 1281361, 2025).
 *
 * @example openaiPatches({ width: 1800, height: 2400 }, { patches: 1536, side: 2048 }) // 1452: 33 × 44
 */
export function openaiPatches(size: ImageSize, budget: PatchBudget | null): number {
  if (budget === null) return covering(size);
  const long = Math.max(size.width, size.height);
  const { width, height } = long > budget.side ? scaled(size, budget.side, long) : size;
  const patches = covering({ width, height });
  if (patches <= budget.patches) return patches;
  const wide = Math.max(1, floorRoot(Math.floor((budget.patches * width) / height)));
  const high = Math.max(1, floorRoot(Math.floor((budget.patches * height) / width)));
  const fitted =
    wide * height <= high * width ? wide * ceilDivide(wide * height, width) : high * ceilDivide(high * width, height);
  return Math.min(fitted, budget.patches);
}

const covering = ({ width, height }: ImageSize): number => ceilDivide(width, PATCH) * ceilDivide(height, PATCH);

/** Patches times the factor, rounded up: 256 patches at 1.20 were billed as 308. `low` is billed as `high` (measured 2026-03). */
export function openaiPatchTokens(size: ImageSize, price: PatchPrice, detail: Detail = 'auto'): number {
  const asked = detail === 'auto' ? price.auto : detail;
  const patches = openaiPatches(size, asked === 'original' ? price.original : price.high);
  return ceilDivide(patches * price.hundredths, 100);
}

export const openaiPatchFormula = (price: PatchPrice, source: string): ImageFormula => ({
  name: `openai patches × ${(price.hundredths / 100).toFixed(2)}`,
  tokens: (size, { detail } = {}) => openaiPatchTokens(size, price, detail),
  method: 'approximate',
  source: `OpenAI, Images and vision guide, 2026-09; ${source}`,
});
