/** Small vocabulary files, made by hand. */

import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type EncodingName, encodingNamed, type PackagedVocabulary } from '../../src/tokenizer/encodings.js';

/** During a test, takes a vocabulary made by hand for that of a data package, which is too large to stand here. */
export function vouchFor(name: EncodingName, content: string): void {
  const vocabulary = encodingNamed(name).vocabulary as { -readonly [key in keyof PackagedVocabulary]: string };
  const { sha256 } = vocabulary;
  vocabulary.sha256 = createHash('sha256').update(content).digest('hex');
  onTestFinished(() => {
    vocabulary.sha256 = sha256;
  });
}

/** The letter that byte-level vocabularies write for a byte. Source: openai/gpt-2, encoder.py, bytes_to_unicode. */
const letters: readonly string[] = (() => {
  const isPrintable = (byte: number) => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
})();

/** A text as its bytes' letters. */
export const lettersOf = (text: string): string => Array.from(Buffer.from(text), (byte) => letters[byte]!).join('');

export const GPT2 = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };

/** A pre-tokenizer that splits by one expression. */
export const splitBy = (expression: string, more: object = {}) => ({
  type: 'Sequence',
  pretokenizers: [
    { type: 'Split', pattern: { Regex: expression }, behavior: 'Isolated', invert: false, ...more },
    { ...GPT2, use_regex: false },
  ],
});

/**
 * A `tokenizer.json`: the 256 bytes as ids 0 to 255, then what these merges make, in order.
 *
 * @param merges  `['a b', 'ab c']`: ids 256 and 257
 * @param changed keys of the file and of its model to replace
 */
export function tokenizerJson(merges: readonly string[], changed: { file?: object; model?: object } = {}) {
  const pairs = merges.map((merge) => merge.split(' ').map(lettersOf));
  const made = [...new Set(pairs.map(([left, right]) => left! + right!))];
  return {
    version: '1.0',
    added_tokens: [{ id: 1000, content: '<|end|>', special: true }],
    normalizer: null,
    pre_tokenizer: GPT2,
    model: {
      type: 'BPE',
      vocab: Object.fromEntries([...letters, ...made].map((text, id) => [text, id])),
      merges: pairs.map(([left, right]) => `${left} ${right}`),
      ...changed.model,
    },
    ...changed.file,
  };
}

/** Lines of a `.tiktoken` file: the 256 bytes, then these tokens. */
export const tiktokenLines = (words: readonly string[]): string =>
  [...Array.from({ length: 256 }, (_, byte) => Buffer.of(byte)), ...words.map((word) => Buffer.from(word))]
    .map((bytes, rank) => `${bytes.toString('base64')} ${rank}\n`)
    .join('');
