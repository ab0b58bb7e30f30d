import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { get_encoding } from 'tiktoken';
import { buildEncodings } from '../../scripts/encodings.js';
import { type Encoding, openEncoding } from '../../src/tokenizer/encoding.js';
import {
  type EncodingName,
  encodingNamed,
  SHIPPED_VOCABULARIES,
  type ShippedVocabulary,
} from '../../src/tokenizer/encodings.js';
import { openScriptEngine } from '../../src/tokenizer/script-engine.js';
import { openVocabulary } from '../../src/tokenizer/vocabulary.js';

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
  const vocabulary = openVocabulary(tablesOf(facts.vocabulary));
  const engine = openScriptEngine(vocabulary, facts.pattern);
  const encoding = openEncoding(name, facts, { engine, vocabulary: () => vocabulary });
  ours.set(name, encoding);
  return encoding;
}

const references = new Map<Referenced, ReturnType<typeof get_encoding>>();

/** The reference: tiktoken compiled to WASM, special tokens read as ordinary text. */
export function referenceOf(name: Referenced): ReturnType<typeof get_encoding> {
  const reference = references.get(name) ?? get_encoding(name);
  references.set(name, reference);
  return reference;
}
