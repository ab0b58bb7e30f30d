/** From packed tables to an encoding: with the compiled engine where it runs, else with the script engine. */

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { encodingDamaged, encodingMissing } from '../errors/models.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import type { CharacterClasses } from '../tokenizer/character-classes.js';
import { type Encoding, type EncodingParts, openEncoding } from '../tokenizer/encoding.js';
import type { EncodingFacts } from '../tokenizer/encodings.js';
import type { PatternName } from '../tokenizer/patterns/all.js';
import { openScriptEngine } from '../tokenizer/script-engine.js';
import { openVocabulary } from '../tokenizer/vocabulary.js';
import { isCompiled, openWasmEngine } from '../tokenizer/wasm-engine.js';
import { shippedFile } from './encoding-ref.js';
import { engineModule } from './engine-module.js';

/** The encoding over tables in memory. @throws ENCODING_DAMAGED when they are not whole */
export const encodingOver = (name: string, facts: EncodingFacts, tables: Uint8Array): Encoding =>
  openEncoding(
    name,
    facts,
    partsOf(facts.pattern, tables.length, (room) => room.set(tables)),
  );

/** The encoding over tables in a file, read with one call. @throws ENCODING_MISSING, ENCODING_DAMAGED */
export function readEncoding(name: string, facts: EncodingFacts, file: string): Encoding {
  try {
    return openEncoding(name, facts, readParts(facts.pattern, file));
  } catch (error) {
    throw error instanceof TokenhubError ? error.at({ file }) : encodingMissing(file, error);
  }
}

function readParts(pattern: PatternName, path: string): EncodingParts {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    return partsOf(pattern, size, (room) => {
      if (readSync(file, room, 0, size, 0) !== size) throw encodingDamaged('it ends early');
    });
  } finally {
    closeSync(file);
  }
}

/** @param fill  writes the tables to where the engine uses them */
function partsOf(pattern: PatternName, size: number, fill: (room: Uint8Array) => void): EncodingParts {
  const module = isCompiled(pattern) ? engineModule() : null;
  if (module !== null) return openWasmEngine(module, pattern, size, fill);
  const tables = new Uint8Array(size);
  fill(tables);
  const vocabulary = openVocabulary(tables);
  return { engine: openScriptEngine(vocabulary, pattern), vocabulary: () => vocabulary };
}

/** Every table holds the classes of characters; the smallest file is the quickest to read. @throws ENCODING_MISSING, ENCODING_DAMAGED */
export function shippedCharacters(): CharacterClasses {
  const file = shippedFile('r50k_base');
  try {
    return openVocabulary(readFileSync(file)).characters;
  } catch (error) {
    throw error instanceof TokenhubError ? error.at({ file }) : encodingMissing(file, error);
  }
}
