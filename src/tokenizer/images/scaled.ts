import type { ImageSize } from './image-formula.js';
import { roundDivide } from './whole-numbers.js';

/** The size times `to / from`, whole pixels, halves up, at least 1. */
export const scaled = ({ width, height }: ImageSize, to: number, from: number): ImageSize => ({
  width: Math.max(1, roundDivide(width * to, from)),
  height: Math.max(1, roundDivide(height * to, from)),
});
