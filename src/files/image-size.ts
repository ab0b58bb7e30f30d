/**
 * Width and height of an image, from its header alone: PNG, JPEG, GIF, WebP, BMP, TIFF, AVIF, HEIC. No pixel is decoded, so that no
 * picture is a bomb. Not SVG, which has no size of its own in pixels.
 */

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { type ImageSize, LARGEST_SIDE } from '../tokenizer/images/image-formula.js';
import { failureReason } from './failure-reason.js';
import { type ByteSource, type Reader, readerOf } from './image-headers/byte-source.js';
import type { Dimensions } from './image-headers/dimensions.js';
import { isobmffSize } from './image-headers/isobmff.js';
import { jpegSize } from './image-headers/jpeg.js';
import { bmpSize, gifSize, pngSize, webpSize } from './image-headers/simple.js';
import { tiffSize } from './image-headers/tiff.js';

/** Why there is no size, in words that go on after the name of the image. */
export interface NoImageSize {
  readonly unknown: string;
}

interface Kind {
  readonly name: string;
  readonly is: (head: string) => boolean;
  readonly size: (reader: Reader) => Dimensions | null;
}

const BRANDS = new Set(['avif', 'avis', 'heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'miaf']);

const kinds: readonly Kind[] = [
  { name: 'PNG', is: (head) => head.startsWith('\x89PNG\r\n\x1a\n'), size: pngSize },
  { name: 'JPEG', is: (head) => head.startsWith('\xff\xd8\xff'), size: jpegSize },
  { name: 'GIF', is: (head) => /^GIF8[79]a/.test(head), size: gifSize },
  { name: 'WebP', is: (head) => /^RIFF.{4}WEBP/s.test(head), size: webpSize },
  {
    name: 'AVIF or HEIC',
    is: (head) => head.slice(4, 8) === 'ftyp' && BRANDS.has(head.slice(8, 12)),
    size: isobmffSize,
  },
  { name: 'TIFF', is: (head) => head.startsWith('II*\0') || head.startsWith('MM\0*'), size: tiffSize },
  { name: 'BMP', is: (head) => head.startsWith('BM') && head.slice(6, 10) === '\0\0\0\0', size: bmpSize },
];

/** The size as displayed, or why there is none. Never throws, whatever the bytes are. */
export function imageSizeOf(source: ByteSource): ImageSize | NoImageSize {
  const reader = readerOf(source);
  const head = reader.text(0, 12);
  const kind = kinds.find(({ is }) => is(head));
  if (kind === undefined)
    return { unknown: isSvg(reader) ? 'SVG has no size in pixels' : 'no image format that is known' };
  const size = kind.size(reader);
  if (size === null) return { unknown: `damaged or cut short before its size (${kind.name})` };
  return isSide(size.width) && isSide(size.height) && size.width * size.height <= LARGEST_AREA
    ? size
    : { unknown: `says it is ${size.width} x ${size.height} pixels (${kind.name})` };
}

/** Pixels; WebP forbids more (its container specification, 2.7), and nobody sends so many of another format. */
const LARGEST_AREA = 2 ** 32 - 1;

const isSide = (pixels: number): boolean => pixels >= 1 && pixels <= LARGEST_SIDE;

const isSvg = ({ text }: Reader): boolean => /^\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml.*)?<svg\b/is.test(text(0, 1000));

/** The size of an image file. Never waits: pipes, sockets and devices are not opened. */
export function readImageSize(absolute: string): ImageSize | NoImageSize {
  try {
    if (!statSync(absolute).isFile()) return { unknown: 'not a regular file' };
    const file = openSync(absolute, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return imageSizeOf(fileSource(file));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    return { unknown: failureReason(cause) };
  }
}

/** Bytes read at a time: headers lie close together. */
const WINDOW = 4096;

/** Reads where it is looked at; the last place stays in memory. */
function fileSource(file: number): ByteSource {
  const buffer = Buffer.alloc(WINDOW);
  let [start, end] = [0, 0];
  const read = (offset: number, length: number): Uint8Array => {
    if (offset < start || offset + length > end) {
      start = offset;
      end = offset + readSync(file, buffer, 0, WINDOW, offset);
    }
    return buffer.subarray(offset - start, Math.min(offset - start + length, end - start));
  };
  return { length: fstatSync(file).size, read };
}
