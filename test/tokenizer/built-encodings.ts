import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { get_encoding } from 'tiktoken';
import { buildEncodings } from '../../scripts/encodings.js';
import { type Encoding, type EncodingParts, openEncoding } from '../../src/tokenizer/encoding.js';
import {
  type EncodingName,
  encodingNamed,
  SHIPPED_VOCABULARIES,
  type ShippedVocabulary,
} from '../../src/tokenizer/encodings.js';
import type { Engine } from '../../src/tokenizer/engine.js';
import type { PatternName } from '../../src/tokenizer/patterns/all.js';
import { openScriptEngine } from '../../src/tokenizer/script-engine.js';
import { openVocabulary } from '../../src/tokenizer/vocabulary.js';
import { isCompiled, openWasmEngine } from '../../src/tokenizer/wasm-engine.js';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'dist', 'encodings');
/** The project's own data, such as the delta of Qwen. */
export const data = join(root, 'data');

/** Folder of material that may lie beside the project; tests that read it skip where it is absent. */
export const shared = resolve(root, '..', 'shared');

/** Encodings that tiktoken has, so that there is a reference to compare with. */
export const REFERENCED = ['o200k_base', 'cl100k_base', 'p50k_base', 'p50k_edit', 'r50k_base', 'gpt2'] as const;
export type Referenced = (typeof REFERENCED)[number];

/** Tables of a vocabulary as the build writes them; built first where they are absent. */
export function tablesOf(name: ShippedVocabulary): Uint8Array {
  if (!SHIPPED_VOCABULARIES.every((each) => existsSync(join(folder, `${each}.bin`)))) buildEncodings(folder, data);
  return readFileSync(join(folder, `${name}.bin`));
}

const ours = new Map<EncodingName, Encoding>();

export function encodingOf(name: EncodingName): Encoding {
  const facts = encodingNamed(name);
  if (typeof facts.vocabulary !== 'string') throw new RangeError(`${name} does not ship`);
  const known = ours.get(name);
  if (known !== undefined) return known;
  const encoding = openEncoding(name, facts, twinsOver(tablesOf(facts.vocabulary), facts.pattern));
  ours.set(name, encoding);
  return encoding;
}

/**
 * Both engines as one: each text is given to both, and they must agree. Patterns that the compiled engine does not have are
 * the script engine's alone.
 */
export function twinsOver(tables: Uint8Array, pattern: PatternName): EncodingParts {
  const vocabulary = openVocabulary(tables);
  const script = openScriptEngine(vocabulary, pattern);
  if (!isCompiled(pattern)) return { engine: script, vocabulary: () => vocabulary };
  const compiled = openWasmEngine(engineModule(), pattern, tables.length, (room) => room.set(tables));
  return { engine: twins(script, compiled.engine), vocabulary: compiled.vocabulary };
}

const twins = (script: Engine, compiled: Engine): Engine => ({
  count: (text, limit) => {
    const [ours, theirs] = [script.count(text.slice(), limit), compiled.count(text, limit)];
    // beyond the limit each may stop where it likes
    if (ours !== theirs && (ours <= limit || theirs <= limit)) throw new Error(`script ${ours}, compiled ${theirs}`);
    return theirs;
  },
  encode: (text) => {
    const ours = script.encode(text.slice());
    const theirs = compiled.encode(text);
    const differs = ours.findIndex((id, i) => id !== theirs[i]);
    if (differs >= 0 || ours.length !== theirs.length) throw new Error(`the engines differ at token ${differs}`);
    return theirs;
  },
  room: compiled.room,
});

let compiledModule: WebAssembly.Module | null = null;

/** The engine as the build compiles it. */
function engineModule(): WebAssembly.Module {
  compiledModule ??= new WebAssembly.Module(new Uint8Array(readFileSync(join(root, 'dist', 'tokenizer.wasm'))));
  return compiledModule;
}

const references = new Map<Referenced, ReturnType<typeof get_encoding>>();

/** The reference: tiktoken compiled to WASM, special tokens read as ordinary text. */
export function referenceOf(name: Referenced): ReturnType<typeof get_encoding> {
  const reference = references.get(name) ?? get_encoding(name);
  references.set(name, reference);
  return reference;
}
