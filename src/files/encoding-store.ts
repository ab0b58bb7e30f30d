import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodingMissing, TokenhubError } from '../errors.js';
import { type Encoding, openEncoding } from '../tokenizer/encoding.js';
import type { EncodingName } from '../tokenizer/encoding-names.js';
import { packageRoot } from './package-root.js';

const opened = new Map<EncodingName, Encoding>();

/**
 * The encoding of this name, read once from `dist/encodings` of the package and kept.
 * @throws ENCODING_MISSING when its tables were not built, ENCODING_DAMAGED when they are not whole
 */
export function loadEncoding(name: EncodingName): Encoding {
  const known = opened.get(name);
  if (known !== undefined) return known;
  const encoding = readEncoding(name, join(packageRoot(), 'dist', 'encodings', `${name}.bin`));
  opened.set(name, encoding);
  return encoding;
}

/** The encoding over the tables in a file; `loadEncoding` without the memory. */
export function readEncoding(name: EncodingName, file: string): Encoding {
  try {
    return openEncoding(name, readFileSync(file));
  } catch (error) {
    if (error instanceof TokenhubError) throw error.at({ file });
    throw encodingMissing(file, error);
  }
}
