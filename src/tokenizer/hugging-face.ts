/** Reads a `tokenizer.json` of Hugging Face's library, if byte-level BPE is what it holds. */

import { badEncodingFile } from '../errors.js';
import { addedTokensOf, specialOf } from './added-tokens.js';
import { bytesOfLetters } from './byte-level.js';
import type { TokenList } from './compile.js';
import type { EncodingDefinition } from './definition.js';
import { NO_SUCH_ENGINE, normalizationOf, splitsOf } from './hugging-face-splits.js';
import { isRecord, type JsonRecord } from './json-record.js';
import { type ChosenPattern, patternFor } from './pattern-choice.js';

/** Highest id a vocabulary may have; the engine's tables hold no more tokens. */
const LAST_ID = (1 << 22) - 1;

const DOWNLOAD = 'download tokenizer.json of the model again';

/**
 * An encoding from the object in a `tokenizer.json`.
 *
 * Tokens are ranked in the order in which the listed merges make them, which need not be the order of their ids. Added tokens
 * are not merged and not looked for in text.
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
  const ranked = rankedTokens(idOf, merges, added);
  const rankOf = new Map(ranked.map(({ text }, rank) => [text, rank]));
  const numbered = numberedBy(ranked);
  const position = (text: string): number => numbered.positions[rankOf.get(text)!]!;
  return {
    pattern,
    normalization: normalizationOf(file.normalizer),
    special: specialOf(added),
    tokens: numbered.tokens,
    ids: numbered.ids,
    wholePieces: model.ignore_merges === true ? 'tokens' : 'merged',
    merges: merges.map(([left, right]) => [position(left), position(right)]),
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
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id > LAST_ID)
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

interface RankedToken {
  readonly text: string;
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** Single bytes, then tokens in the order in which merges make them first, then those that no merge makes; added tokens are not among the last. */
function rankedTokens(
  idOf: ReadonlyMap<string, number>,
  merges: readonly Merge[],
  added: ReadonlyMap<string, unknown>,
): readonly RankedToken[] {
  const singles = [...idOf.keys()].filter((text) => bytesOfLetters(text)?.length === 1);
  const order = new Set(singles.sort((a, b) => idOf.get(a)! - idOf.get(b)!));
  for (const [left, right] of merges) {
    const missing = [left, right, left + right].find((text) => !idOf.has(text));
    if (missing !== undefined)
      throw badEncodingFile(
        `a merge names a token that is not there: ${JSON.stringify(missing.slice(0, 40))}`,
        DOWNLOAD,
      );
    order.add(left + right);
  }
  for (const text of idOf.keys()) if (!added.has(text)) order.add(text);
  return Array.from(order, (text) => ({ text, id: idOf.get(text)!, bytes: bytesOfToken(text) }));
}

function bytesOfToken(text: string): Uint8Array {
  const bytes = bytesOfLetters(text);
  if (bytes !== null) return bytes;
  throw badEncodingFile(`its token ${JSON.stringify(text.slice(0, 40))} is not written byte by byte`, NO_SUCH_ENGINE);
}

/** Ranks are the ids themselves where the order allows it, so that nothing need be translated. */
function numberedBy(ranked: readonly RankedToken[]): {
  readonly tokens: TokenList;
  readonly ids: Uint32Array | null;
  readonly positions: readonly number[];
} {
  const dense = ranked.map(({ bytes }) => bytes);
  const ids = ranked.map(({ id }) => id);
  if (ids.some((id, rank) => rank > 0 && id < ids[rank - 1]!))
    return { tokens: dense, ids: Uint32Array.from(ids), positions: dense.map((_, rank) => rank) };
  const tokens: (Uint8Array | null)[] = new Array((ids.at(-1) ?? -1) + 1).fill(null);
  for (const { id, bytes } of ranked) tokens[id] = bytes;
  return { tokens, ids: null, positions: ids };
}
