import type { Reader } from './byte-source.js';
import { type Dimensions, turned } from './dimensions.js';

/** Boxes looked at in all; real files have a few dozen properties, photos cut into tiles a few hundred. */
const MOST_BOXES = 10_000;

interface Box {
  readonly kind: string;
  /** Where its content lies. */
  readonly start: number;
  readonly end: number;
}

/**
 * AVIF and HEIC: the largest of the image sizes the file lists, since thumbnails and the tiles of a photo are smaller; turned when it says
 * to turn by a quarter.
 *
 * Source: ISO/IEC 14496-12 (boxes) and 23008-12 (`ispe`, `irot`).
 */
export function isobmffSize(reader: Reader): Dimensions | null {
  const left = { boxes: MOST_BOXES };
  const inside = (start: number, end: number, kind: string): Box | undefined =>
    boxes(reader, start, end, left).find((box) => box.kind === kind);
  const meta = inside(0, reader.length, 'meta');
  const properties = meta && inside(meta.start + 4, meta.end, 'iprp');
  const list = properties && inside(properties.start, properties.end, 'ipco');
  if (list === undefined) return null;
  const found = boxes(reader, list.start, list.end, left);
  const largest = largestOf(found.flatMap((box) => sizeIn(reader, box)));
  const turn = found.find(({ kind }) => kind === 'irot');
  const isTurned = turn !== undefined && ((reader.u8(turn.start) ?? 0) & 1) === 1;
  return largest !== null && isTurned ? turned(largest) : largest;
}

const largestOf = (sizes: readonly Dimensions[]): Dimensions | null =>
  sizes.reduce<Dimensions | null>(
    (most, size) => (most === null || size.width * size.height > most.width * most.height ? size : most),
    null,
  );

function sizeIn({ u32 }: Reader, { kind, start }: Box): Dimensions[] {
  const [width, height] = kind === 'ispe' ? [u32(start + 4), u32(start + 8)] : [null, null];
  return width === null || height === null ? [] : [{ width, height }];
}

function boxes(reader: Reader, start: number, end: number, left: { boxes: number }): Box[] {
  const found: Box[] = [];
  for (let at = start; at + 8 <= end && left.boxes > 0; left.boxes--) {
    const box = boxAt(reader, at, end);
    if (box === null) break;
    found.push(box);
    at = box.end;
  }
  return found;
}

/** A size of 0 reaches to the end; 1 means that 64 bits follow. */
function boxAt({ u32, text }: Reader, at: number, end: number): Box | null {
  const short = u32(at);
  const [upper, lower] = short === 1 ? [u32(at + 8), u32(at + 12)] : [0, short];
  if (upper === null || lower === null) return null;
  const size = short === 0 ? end - at : upper * 2 ** 32 + lower;
  const header = short === 1 ? 16 : 8;
  return size < header ? null : { kind: text(at + 4, 4), start: at + header, end: Math.min(end, at + size) };
}
