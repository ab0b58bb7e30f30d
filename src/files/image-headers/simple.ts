/** Formats whose size stands at a fixed place. */

import type { Reader } from './byte-source.js';
import type { Dimensions } from './dimensions.js';

/** Source: W3C, PNG (third edition), 11.2.1: IHDR comes first. */
export function pngSize({ u32, text }: Reader): Dimensions | null {
  const header = text(12, 4) === 'CgBI' ? 32 : 16; // Apple's variant has a chunk before it
  return text(header - 4, 4) === 'IHDR' ? dimensions(u32(header), u32(header + 4)) : null;
}

/** The logical screen. Source: CompuServe, GIF89a, 18. */
export const gifSize = ({ u16 }: Reader): Dimensions | null => dimensions(u16(6, 'little'), u16(8, 'little'));

/** A negative height means that rows run from the top. Source: Microsoft, BITMAPCOREHEADER and BITMAPINFOHEADER. */
export function bmpSize({ u16, u32 }: Reader): Dimensions | null {
  if (u32(14, 'little') === 12) return dimensions(u16(18, 'little'), u16(20, 'little'));
  const height = u32(22, 'little');
  return dimensions(u32(18, 'little'), height === null ? null : Math.abs(height | 0));
}

/** The canvas of VP8X, else the frame of VP8 or VP8L. Source: RFC 9649. */
export function webpSize({ u8, u16, u24, u32, text }: Reader): Dimensions | null {
  const kind = text(12, 4);
  if (kind === 'VP8X') return dimensions(plusOne(u24(24, 'little')), plusOne(u24(27, 'little')));
  if (kind === 'VP8 ' && text(23, 3) === '\x9d\x01\x2a')
    return dimensions(low14(u16(26, 'little')), low14(u16(28, 'little')));
  if (kind !== 'VP8L' || u8(20) !== 0x2f) return null;
  const bits = u32(21, 'little');
  return bits === null ? null : dimensions((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
}

const plusOne = (value: number | null): number | null => (value === null ? null : value + 1);
const low14 = (value: number | null): number | null => (value === null ? null : value & 0x3fff);

const dimensions = (width: number | null, height: number | null): Dimensions | null =>
  width === null || height === null ? null : { width, height };
