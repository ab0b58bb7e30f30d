import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { get_encoding } from 'tiktoken';
import { buildEncodings } from '../../scripts/encodings.js';
import { type Encoding, openEncoding } from '../../src/tokenizer/encoding.js';
import { ENCODING_NAMES, type EncodingName } from '../../src/tokenizer/encoding-names.js';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'dist', 'encodings');

/** Folder of material that may lie beside the project; tests that read it skip where it is absent. */
export const shared = resolve(root, '..', 'shared');

/** Tables of an encoding as the build writes them; built first where they are absent. */
export function tablesOf(name: EncodingName): Uint8Array {
  if (!ENCODING_NAMES.every((each) => existsSync(join(folder, `${each}.bin`)))) buildEncodings(folder);
  return readFileSync(join(folder, `${name}.bin`));
}

const ours = new Map<EncodingName, Encoding>();

export function encodingOf(name: EncodingName): Encoding {
  const encoding = ours.get(name) ?? openEncoding(name, tablesOf(name));
  ours.set(name, encoding);
  return encoding;
}

const references = new Map<EncodingName, ReturnType<typeof get_encoding>>();

/** The reference: tiktoken compiled to WASM, special tokens read as ordinary text. */
export function referenceOf(name: EncodingName): ReturnType<typeof get_encoding> {
  const reference = references.get(name) ?? get_encoding(name);
  references.set(name, reference);
  return reference;
}
