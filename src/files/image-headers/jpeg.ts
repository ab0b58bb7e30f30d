import type { Reader } from './byte-source.js';
import { type Dimensions, liesOnSide, turned } from './dimensions.js';
import { exifOrientation } from './tiff.js';

/** Segments looked at; real files have a few dozen before their frame. */
const MOST_SEGMENTS = 10_000;

const APP1 = 0xe1;

/**
 * The frame's size, as displayed: turned when EXIF says so.
 *
 * Segments are skipped by their length, so that megabytes of metadata cost nothing. A frame that leaves its height to a later segment
 * says 0, which is no size.
 *
 * Source: ITU-T T.81, B.1.1 and B.2.2.
 */
export function jpegSize(reader: Reader): Dimensions | null {
  let orientation: number | null = null;
  let at = 2;
  for (let segments = 0; segments < MOST_SEGMENTS; segments++) {
    const marker = markerAt(reader, at);
    if (marker === null) return null;
    const { code, after } = marker;
    const length = reader.u16(after);
    if (length === null || length < 2) return null;
    if (isFrame(code)) return frame(reader, after, orientation);
    if (code === APP1 && reader.text(after + 2, 6) === 'Exif\0\0') orientation ??= exifOrientation(reader, after + 8);
    at = after + length;
  }
  return null;
}

function frame({ u16 }: Reader, at: number, orientation: number | null): Dimensions | null {
  const [height, width] = [u16(at + 3), u16(at + 5)];
  if (height === null || width === null) return null;
  return liesOnSide(orientation) ? turned({ width, height }) : { width, height };
}

/** The marker at a place, fill bytes before it skipped; `null`: there is none, or it begins the pixels or ends the file. */
function markerAt({ u8 }: Reader, start: number): { code: number; after: number } | null {
  if (u8(start) !== 0xff) return null;
  for (let at = start + 1; at < start + 1 + MOST_SEGMENTS; at++) {
    const code = u8(at);
    if (code === null || code === 0xd9 || code === 0xda) return null;
    if (code !== 0xff) return { code, after: at + 1 };
  }
  return null;
}

/** SOF0 to SOF15; C4, C8 and CC among them are other segments. */
const isFrame = (code: number): boolean =>
  code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc;
