import { dirname, resolve } from 'node:path';
import { base64Source } from '../../files/image-headers/byte-source.js';
import { imageSizeOf, type NoImageSize, readImageSize } from '../../files/image-size.js';
import type { ChatRequest, ImagePart, ImageSource } from '../../tokenizer/chat/request.js';
import type { ImageFormula, ImageSize } from '../../tokenizer/images/image-formula.js';
import type { ApartOptions } from './count-apart-options.js';

/** Sizes of a request's images, and what could not be counted and why, with how often. */
export interface MessageImages {
  readonly tokens: (image: ImagePart, formula: ImageFormula | null) => number | null;
  readonly reasons: ReadonlyMap<string, number>;
  readonly assumed: () => number;
}

/**
 * Looks up images once, whatever models they are counted for.
 *
 * @param folder  what paths in the request are relative to
 */
export function messageImages(folder: string, { detail, assumeImage }: ApartOptions): MessageImages {
  const sizes = new Map<ImagePart, ImageSize | NoImageSize>();
  const reasons = new Map<string, number>();
  let assumed = 0;
  const sizeFor = (image: ImagePart): ImageSize | NoImageSize => {
    const known = sizes.get(image);
    if (known !== undefined) return known;
    const read = sizeOf(image.source, folder);
    const isAssumed = 'unknown' in read && assumeImage !== undefined;
    if (isAssumed) assumed++;
    sizes.set(image, isAssumed ? assumeImage : read);
    if ('unknown' in read && !isAssumed) add(reasons, `image: ${read.unknown}`);
    return sizes.get(image)!;
  };
  return {
    reasons,
    assumed: () => assumed,
    tokens: (image, formula) => {
      const size = sizeFor(image);
      if ('unknown' in size || formula === null) return null;
      return formula.tokens(size, { ...image.options, detail: image.options.detail ?? detail });
    },
  };
}

const sizeOf = (source: ImageSource, folder: string): ImageSize | NoImageSize => {
  if (source.kind === 'remote') return { unknown: 'lies elsewhere and is never fetched' };
  if (source.kind === 'base64') return imageSizeOf(base64Source(source.text));
  return source.path.includes('\0')
    ? { unknown: 'no such file or folder' }
    : readImageSize(resolve(folder, source.path));
};

export const folderOf = (absolute: string | null, cwd: string): string => (absolute === null ? cwd : dirname(absolute));

/** Parts of a request there is no rule for, by what they are. */
export function uncountedParts({ messages }: ChatRequest): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { parts } of messages)
    for (const part of parts)
      if (part.kind === 'uncounted') add(found, `part of type ${part.what}: there is no rule for it`);
  return found;
}

const add = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
