/** Sizes of the images in messages, found once, whatever models they are counted for. */

import { resolve } from 'node:path';
import type { ChatRequest, ImagePart, ImageSource } from '../tokenizer/chat/request.js';
import type { Detail, ImageFormula, ImageSize } from '../tokenizer/images/image-formula.js';
import { base64Source } from './image-headers/byte-source.js';
import { imageSizeOf, type NoImageSize, readImageSize } from './image-size.js';

export interface ImageAssumptions {
  /** Of images that say none. */
  readonly detail?: Detail | undefined;
  /** Of images whose size cannot be read. */
  readonly size?: ImageSize | undefined;
}

export interface MessageImages {
  /** `null`: there is no formula, or no size. */
  readonly tokens: (image: ImagePart, formula: ImageFormula | null) => number | null;
  /** Why images have no size, and how often. */
  readonly reasons: ReadonlyMap<string, number>;
  /** Images whose size was assumed so far. */
  readonly assumed: () => number;
}

/** @param folder  what paths in the messages are relative to */
export function messageImages(folder: string, { detail, size: assumedSize }: ImageAssumptions = {}): MessageImages {
  const sizes = new WeakMap<ImagePart, ImageSize | NoImageSize>();
  const reasons = new Map<string, number>();
  let assumed = 0;
  const lookUp = (image: ImagePart): ImageSize | NoImageSize => {
    const read = sizeOf(image.source, folder);
    if (!('unknown' in read)) return read;
    if (assumedSize === undefined) addTo(reasons, `image ${read.unknown}`, 1);
    else assumed++;
    return assumedSize ?? read;
  };
  return {
    reasons,
    assumed: () => assumed,
    tokens: (image, formula) => {
      const size = sizes.get(image) ?? lookUp(image);
      sizes.set(image, size);
      if ('unknown' in size || formula === null) return null;
      return formula.tokens(size, { ...image.options, detail: image.options.detail ?? detail });
    },
  };
}

function sizeOf(source: ImageSource, folder: string): ImageSize | NoImageSize {
  if (source.kind === 'remote') return { unknown: 'elsewhere, never fetched' };
  if (source.kind === 'base64') return described(imageSizeOf(base64Source(unwrapped(source.text))));
  if (source.path.includes('\0')) return { unknown: 'in a file: no such file or folder' };
  return described(readImageSize(resolve(folder, source.path)));
}

const described = (size: ImageSize | NoImageSize): ImageSize | NoImageSize =>
  'unknown' in size ? { unknown: `without a size: ${size.unknown}` } : size;

/** Base64 in lines, as mail has it, is one text. */
const unwrapped = (text: string): string => (/\s/.test(text) ? text.replace(/\s+/g, '') : text);

/** Parts of a request there is no rule for, by what they are. */
export function uncountedParts({ messages }: ChatRequest): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { parts } of messages)
    for (const part of parts)
      if (part.kind === 'uncounted') addTo(found, `${part.what}, for which there is no rule`, 1);
  return found;
}

export const addTo = (counts: Map<string, number>, key: string, times: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + times);
};
