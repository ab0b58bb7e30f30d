import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { encodingDamaged, encodingMissing, encodingNotInstalled, TokenhubError } from '../errors.js';
import { type Encoding, type EncodingParts, openEncoding } from '../tokenizer/encoding.js';
import {
  type EncodingFacts,
  type EncodingName,
  encodingNamed,
  type ShippedVocabulary,
} from '../tokenizer/encodings.js';
import type { PatternName } from '../tokenizer/patterns/all.js';
import { openScriptEngine } from '../tokenizer/script-engine.js';
import { openVocabulary } from '../tokenizer/vocabulary.js';
import { openWasmEngine } from '../tokenizer/wasm-engine.js';
import { engineModule } from './engine-module.js';
import { packageRoot } from './package-root.js';

export type EncodingRef = EncodingName;

const opened = new Map<EncodingName, Encoding>();

/**
 * The encoding of this name, read once from `dist/encodings` of the package and kept.
 * @throws ENCODING_MISSING when its tables were not built, ENCODING_DAMAGED when they are not whole, ENCODING_NOT_INSTALLED
 *   when its vocabulary does not ship and its data package is not there
 */
export function loadEncoding(name: EncodingName, _surroundings?: unknown): Encoding {
  const known = opened.get(name);
  if (known !== undefined) return known;
  const facts = encodingNamed(name);
  const { vocabulary } = facts;
  if (typeof vocabulary !== 'string') throw encodingNotInstalled(name, vocabulary.package);
  const encoding = readEncoding(name, facts, shippedFile(vocabulary));
  opened.set(name, encoding);
  return encoding;
}

/** The tables of an encoding that ships; `null`: it does not. */
export function shippedTables(ref: EncodingRef): string | null {
  const { vocabulary } = encodingNamed(ref);
  return typeof vocabulary === 'string' ? shippedFile(vocabulary) : null;
}

const shippedFile = (vocabulary: ShippedVocabulary): string =>
  join(packageRoot(), 'dist', 'encodings', `${vocabulary}.bin`);

/** The encoding over the tables in a file; `loadEncoding` without the memory. */
export function readEncoding(name: string, facts: EncodingFacts, file: string): Encoding {
  try {
    return openEncoding(name, facts, readParts(facts.pattern, file));
  } catch (error) {
    if (error instanceof TokenhubError) throw error.at({ file });
    throw encodingMissing(file, error);
  }
}

/** Reads the tables with one call, straight to where the engine uses them. */
function readParts(pattern: PatternName, path: string): EncodingParts {
  const module = engineModule();
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const fill = (room: Uint8Array): void => {
      if (readSync(file, room, 0, size, 0) !== size) throw encodingDamaged('it ends early');
    };
    if (module !== null) return openWasmEngine(module, pattern, size, fill);
    const tables = new Uint8Array(size);
    fill(tables);
    const vocabulary = openVocabulary(tables);
    return { engine: openScriptEngine(vocabulary, pattern), vocabulary: () => vocabulary };
  } finally {
    closeSync(file);
  }
}
