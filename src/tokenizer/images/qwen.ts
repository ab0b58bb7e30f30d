import type { ImageFormula, ImageOptions, ImageSize } from './image-formula.js';
import { ceilDivide, ceilRoot, floorRoot, roundDivideEven } from './whole-numbers.js';

/** A generation of Qwen-VL: one token is a square of `side` pixels; budgets in tokens, before `+ 2`. */
export interface QwenGrid {
  readonly side: 28 | 32;
  readonly fewest: number;
  readonly most: number;
  /** With `vl_high_resolution_images`. */
  readonly mostHighResolution: number;
}

/** Qwen2-VL, Qwen2.5-VL, QVQ on DashScope. */
export const QWEN_28: QwenGrid = { side: 28, fewest: 4, most: 1280, mostHighResolution: 16_384 };
/** Qwen3-VL and later on DashScope. */
export const QWEN_32: QwenGrid = { side: 32, fewest: 4, most: 2560, mostHighResolution: 16_384 };

/** `<|vision_start|>` and `<|vision_end|>`. */
const AROUND = 2;

/**
 * Qwen's grid: both sides to the nearest multiple of `side` (halves to the even one); over or under the budget of pixels, scaled into it
 * and rounded down or up. Without the two tokens around the image.
 *
 * The square roots are taken of exact quotients: w / (beta·side) is sqrt(w·most / (h·side²)).
 *
 * Source: `smart_resize` of QwenLM/Qwen2.5-VL, qwen-vl-utils; Alibaba Cloud Model Studio, Visual understanding; 2026.
 *
 * @example qwenGridTokens({ width: 1920, height: 1080 }, QWEN_32) // 2040: 60 × 34
 */
export function qwenGridTokens({ width, height }: ImageSize, grid: QwenGrid, options: ImageOptions = {}): number {
  const square = grid.side ** 2;
  const most = options.maxPixels ?? square * (options.highResolution ? grid.mostHighResolution : grid.most);
  const fewest = options.minPixels ?? square * grid.fewest;
  const [wide, high] = [cells(width, grid.side), cells(height, grid.side)];
  if (wide * high * square > most)
    return fittedDown(width, height, square, most) * fittedDown(height, width, square, most);
  if (wide * high * square < fewest)
    return fittedUp(width, height, square, fewest) * fittedUp(height, width, square, fewest);
  return wide * high;
}

const cells = (length: number, side: number): number => Math.max(1, roundDivideEven(length, side));

const fittedDown = (length: number, other: number, square: number, pixels: number): number =>
  Math.max(1, floorRoot(Math.floor((length * pixels) / (other * square))));

const fittedUp = (length: number, other: number, square: number, pixels: number): number =>
  ceilRoot(ceilDivide(length * pixels, other * square));

export const qwenGrid = (grid: QwenGrid, source: string): ImageFormula => ({
  name: `qwen grid of ${grid.side} px`,
  tokens: (size, options) => qwenGridTokens(size, grid, options) + AROUND,
  method: 'exact',
  source: `smart_resize of qwen-vl-utils; Alibaba Cloud Model Studio, Visual understanding, 2026; ${source}`,
});
