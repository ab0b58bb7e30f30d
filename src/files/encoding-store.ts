import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodingMissing, encodingNotInstalled, TokenhubError } from '../errors.js';
import { type Encoding, openEncoding } from '../tokenizer/encoding.js';
import { type EncodingName, encodingNamed } from '../tokenizer/encodings.js';
import { openScriptEngine } from '../tokenizer/script-engine.js';
import { openVocabulary } from '../tokenizer/vocabulary.js';
import { packageRoot } from './package-root.js';

const opened = new Map<EncodingName, Encoding>();

/**
 * The encoding of this name, read once from `dist/encodings` of the package and kept.
 * @throws ENCODING_MISSING when its tables were not built, ENCODING_DAMAGED when they are not whole, ENCODING_NOT_INSTALLED
 *   when its vocabulary does not ship and its data package is not there
 */
export function loadEncoding(name: EncodingName): Encoding {
  const known = opened.get(name);
  if (known !== undefined) return known;
  const { vocabulary } = encodingNamed(name);
  if (typeof vocabulary !== 'string') throw encodingNotInstalled(name, vocabulary.package);
  const encoding = readEncoding(name, join(packageRoot(), 'dist', 'encodings', `${vocabulary}.bin`));
  opened.set(name, encoding);
  return encoding;
}

/** The encoding over the tables in a file; `loadEncoding` without the memory. */
export function readEncoding(name: EncodingName, file: string): Encoding {
  try {
    const facts = encodingNamed(name);
    const vocabulary = openVocabulary(readFileSync(file));
    return openEncoding(name, facts, vocabulary, openScriptEngine(vocabulary, facts.pattern));
  } catch (error) {
    if (error instanceof TokenhubError) throw error.at({ file });
    throw encodingMissing(file, error);
  }
}
