import type { ImageOptions } from '../images/image-formula.js';
import { DETAILS, type Detail } from '../images/image-formula.js';
import { isRecord, type JsonRecord } from '../json-record.js';
import { badShape, countOr, textAt } from './json-fields.js';
import type { ImagePart, ImageSource } from './request.js';

const REMOTE: ImageSource = { kind: 'remote' };

/**
 * Where an image lies, from the text a request gives: a data URL, a URL, or a path.
 *
 * A path with two slashes in front is a share on another machine for Windows, so it is as remote as a URL.
 */
export function imageSource(text: string, field: string): ImageSource {
  if (/^data:/i.test(text)) return dataUrl(text, field);
  const file = /^file:\/\/(?:localhost)?(?=\/(?!\/)|[a-z]:|\.)/i.exec(text);
  const path = file === null ? text : text.slice(file[0].length);
  if (/^[\\/]{2}/.test(path) || /^[a-z][a-z0-9+.-]+:/i.test(path)) return REMOTE;
  return { kind: 'file', path: path.replace(/^\/(?=[a-z]:[\\/])/i, '') };
}

function dataUrl(text: string, field: string): ImageSource {
  const comma = text.indexOf(',');
  if (comma < 0 || comma > 1000 || !/;base64$/i.test(text.slice(0, comma))) {
    throw badShape(field, 'is a data URL without ";base64,"');
  }
  return { kind: 'base64', text: text.slice(comma + 1) };
}

/** `fields`: the part itself, whose budgets and detail count; `image`: where its URL stands. */
export const imagePart = (source: ImageSource, fields: JsonRecord, field: string): ImagePart => ({
  kind: 'image',
  source,
  options: imageOptions(fields, field),
});

/** OpenAI: text, or an object with `url` and `detail`; `file_id`: an image stored with the provider. */
export function openaiImage(part: JsonRecord, field: string): ImagePart {
  const image = part.image_url;
  if (isRecord(image)) {
    const source = imageSource(textAt(image.url, `${field}.image_url.url`), `${field}.image_url.url`);
    return imagePart(source, { ...part, ...image }, field);
  }
  const source =
    image === undefined || image === null
      ? REMOTE
      : imageSource(textAt(image, `${field}.image_url`), `${field}.image_url`);
  return imagePart(source, part, field);
}

/** Anthropic: `source` of type `base64`, `url` or `file`. */
export function anthropicImage({ source }: JsonRecord, field: string): ImagePart {
  const inline = isRecord(source) &&
    source.type === 'base64' && { kind: 'base64' as const, text: textAt(source.data, `${field}.source.data`) };
  return imagePart(inline || REMOTE, {}, field);
}

function imageOptions(fields: JsonRecord, field: string): ImageOptions {
  const { detail } = fields;
  if (detail !== undefined && detail !== null && !DETAILS.some((known) => known === detail)) {
    throw badShape(`${field}.detail`, `is none of ${DETAILS.join(', ')}`);
  }
  return {
    detail: (detail ?? undefined) as Detail | undefined,
    minPixels: countOr(fields.min_pixels, `${field}.min_pixels`),
    maxPixels: countOr(fields.max_pixels, `${field}.max_pixels`),
  };
}
