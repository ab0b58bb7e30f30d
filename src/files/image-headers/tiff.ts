import type { Order, Reader } from './byte-source.js';
import { type Dimensions, liesOnSide, turned } from './dimensions.js';

const WIDTH = 256;
const HEIGHT = 257;
const ORIENTATION = 274;
/** Entries looked at; real directories have a few dozen. */
const MOST_ENTRIES = 1000;

/** The first image of the file. Source: Adobe, TIFF 6.0, sections 2 and 8. */
export function tiffSize(reader: Reader): Dimensions | null {
  const tags = firstDirectory(reader, 0);
  const [width, height] = [tags.get(WIDTH), tags.get(HEIGHT)];
  if (width === undefined || height === undefined) return null;
  return liesOnSide(tags.get(ORIENTATION) ?? null) ? turned({ width, height }) : { width, height };
}

/** The orientation of an EXIF block, which is a TIFF file of its own; `null`: it says none. */
export const exifOrientation = (reader: Reader, start: number): number | null =>
  firstDirectory(reader, start).get(ORIENTATION) ?? null;

/** Tags of one number each, by tag. `start`: where the file's own offsets count from. */
function firstDirectory({ u16, u32, text }: Reader, start: number): ReadonlyMap<number, number> {
  const tags = new Map<number, number>();
  const order: Order = text(start, 2) === 'MM' ? 'big' : 'little';
  const offset = u32(start + 4, order);
  if (offset === null || u16(start + 2, order) !== 42) return tags;
  const entries = Math.min(u16(start + offset, order) ?? 0, MOST_ENTRIES);
  for (let at = start + offset + 2, left = entries; left > 0; at += 12, left--) {
    const [tag, type] = [u16(at, order), u16(at + 2, order)];
    const value = type === 3 ? u16(at + 8, order) : type === 4 ? u32(at + 8, order) : null;
    if (tag !== null && value !== null) tags.set(tag, value);
  }
  return tags;
}
