/** Reads a `tokenizer.json` of Hugging Face's library, if byte-level BPE is what it holds. */

import { badEncodingFile } from '../errors/models.js';
import { addedTokensOf, specialOf } from './added-tokens.js';
import { bytesOfLetters } from './byte-level.js';
import { ID_LIMIT, type TokenList } from './compile.js';
import type { EncodingDefinition } from './definition.js';
import { NO_SUCH_ENGINE, normalizationOf, splitsOf } from './hugging-face-splits.js';
import { isRecord, type JsonRecord } from './json-record.js';
import { type ChosenPattern, patternFor } from './pattern-choice.js';

const DOWNLOAD = 'download tokenizer.json of the model again';

/**
 * An encoding from the object in a `tokenizer.json`.
 *
 * Added tokens are not merged and not looked for in text.
 *
 * @param asked  the pattern to take when the file's own is not recognised
 * @throws BAD_ENCODING_FILE when it is another kind of tokenizer, or damaged
 */
export function readTokenizerJson(file: unknown, asked: ChosenPattern): EncodingDefinition {
  if (!isRecord(file) || !isRecord(file.model)) throw badEncodingFile('it is JSON, but no tokenizer.json', DOWNLOAD);
  const { model } = file;
  assertByteLevelBpe(model);
  const pattern = patternFor(splitsOf(file.pre_tokenizer), asked);
  const added = addedTokensOf(file.added_tokens);
  const idOf = idsOf(model.vocab);
  const merges = mergesOf(model.merges);
  const tokens = tokensOf(idOf, merged(idOf, merges), added);
  return {
    pattern,
    normalization: normalizationOf(file.normalizer),
    special: specialOf(added),
    tokens,
    wholePieces: model.ignore_merges === true ? 'tokens' : 'merged',
    merges: merges.map(([left, right]) => [idOf.get(left)!, idOf.get(right)!]),
  };
}

function assertByteLevelBpe(model: JsonRecord): void {
  const { type, dropout, continuing_subword_prefix, end_of_word_suffix } = model;
  if (type !== 'BPE' && type !== undefined)
    throw badEncodingFile(`its model is ${String(type).slice(0, 40)}, not BPE`, NO_SUCH_ENGINE);
  if (dropout !== null && dropout !== undefined && dropout !== 0)
    throw badEncodingFile('it drops merges at random (dropout)', NO_SUCH_ENGINE);
  if ((continuing_subword_prefix ?? '') !== '' || (end_of_word_suffix ?? '') !== '')
    throw badEncodingFile('it marks the beginning or end of words in its tokens', NO_SUCH_ENGINE);
}

function idsOf(vocab: unknown): ReadonlyMap<string, number> {
  if (!isRecord(vocab)) throw badEncodingFile('it has no vocabulary of byte-pair merging', NO_SUCH_ENGINE);
  const ids = new Map<string, number>();
  const texts = new Map<number, string>();
  for (const [text, id] of Object.entries(vocab)) {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= ID_LIMIT)
      throw badEncodingFile(`token ${JSON.stringify(text.slice(0, 40))} has no usable id`, DOWNLOAD);
    if (texts.has(id)) throw badEncodingFile(`two tokens have the id ${id}`, DOWNLOAD);
    texts.set(id, text);
    ids.set(text, id);
  }
  return ids;
}

type Merge = readonly [left: string, right: string];

/** Merges as `"a b"` or as `["a", "b"]`, by the version of the library that wrote them. */
function mergesOf(merges: unknown): readonly Merge[] {
  if (!Array.isArray(merges)) throw badEncodingFile('it lists no merges', NO_SUCH_ENGINE);
  return merges.map((merge, i) => {
    const parts: unknown = typeof merge === 'string' ? merge.split(' ') : merge;
    if (!Array.isArray(parts) || parts.length !== 2 || !parts.every((part) => typeof part === 'string' && part !== ''))
      throw badEncodingFile(`merge ${i + 1} is no pair of tokens`, DOWNLOAD);
    return parts as unknown as Merge;
  });
}

/** Texts that merges make, each of whose parts is there too. */
function merged(idOf: ReadonlyMap<string, number>, merges: readonly Merge[]): ReadonlySet<string> {
  for (const [left, right] of merges) {
    const missing = [left, right, left + right].find((text) => !idOf.has(text));
    if (missing !== undefined)
      throw badEncodingFile(
        `a merge names a token that is not there: ${JSON.stringify(missing.slice(0, 40))}`,
        DOWNLOAD,
      );
  }
  return new Set(merges.map(([left, right]) => left + right));
}

/** Bytes of the tokens by id; added tokens that no merge makes are left out, they are markup. */
function tokensOf(
  idOf: ReadonlyMap<string, number>,
  made: ReadonlySet<string>,
  added: ReadonlyMap<string, unknown>,
): TokenList {
  const tokens: (Uint8Array | null)[] = [];
  for (const [text, id] of idOf) {
    if (added.has(text) && !made.has(text)) continue;
    while (tokens.length <= id) tokens.push(null);
    tokens[id] = bytesOfToken(text);
  }
  return tokens;
}

function bytesOfToken(text: string): Uint8Array {
  const bytes = bytesOfLetters(text);
  if (bytes !== null && bytes.length > 0) return bytes;
  throw badEncodingFile(`its token ${JSON.stringify(text.slice(0, 40))} is not written byte by byte`, NO_SUCH_ENGINE);
}
