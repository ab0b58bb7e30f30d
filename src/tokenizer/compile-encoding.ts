/** Turns an encoding as a file defines it into the tables of the engine, and refuses what the engine would merge otherwise. */

import { badEncodingFile } from '../errors/models.js';
import type { CharacterClasses } from './character-classes.js';
import { compileVocabulary, type TokenList } from './compile.js';
import type { EncodingDefinition } from './definition.js';
import type { EncodingFacts } from './encodings.js';
import { type LastMerges, lastMerges } from './last-merges.js';
import { mergeOrder } from './merge-order.js';
import { FACTS, Fact, type Vocabulary } from './vocabulary.js';

export interface CompiledEncoding {
  readonly facts: EncodingFacts;
  readonly vocabulary: Vocabulary;
  /** Id of each rank; `null`: the rank is the id. */
  readonly ids: Uint32Array | null;
}

/** Bound on the sum of squares of token lengths, which is what compiling costs; the largest known vocabulary has a fiftieth of it. */
const LARGEST_WORK = 1e9;

const HINT =
  'tokenhub would merge otherwise than this file says, so it does not count with it; use another file of the model';

/**
 * Compiles, and checks that the engine makes every token by the very merge that the file makes it by.
 * @throws BAD_ENCODING_FILE
 */
export function compileEncoding(definition: EncodingDefinition, characters: CharacterClasses): CompiledEncoding {
  const { tokens, wholePieces, pattern, normalization, special } = definition;
  assertWork(tokens);
  const merges = lastMerges(tokens, definition.merges);
  const order = mergeOrder(merges);
  const unmade = tokens.flatMap((token, id) => (token !== null && merges.left[id]! < 0 ? [id] : []));
  const facts = { pattern, normalization, special };
  const kept = wholePieces === 'tokens' ? unmade : [];
  const ids = isOrderOfIds(order, tokens) ? null : Uint32Array.from([...order, ...kept]);
  const ranked =
    ids === null ? without(tokens, wholePieces === 'tokens' ? [] : unmade) : Array.from(ids, (id) => tokens[id]!);
  const unmerged = new Set(ids === null ? kept : kept.map((_, i) => order.length + i));
  const vocabulary = refusing(() => compileVocabulary(ranked, characters, unmerged));
  assertSameMerges(vocabulary, merges, ids);
  const named = wholePieces === 'tokens' ? [] : unmade.flatMap((id) => textOf(tokens[id]!).map((text) => [text, id]));
  return { facts: { ...facts, special: Object.fromEntries([...named, ...Object.entries(special)]) }, vocabulary, ids };
}

function assertWork(tokens: TokenList): void {
  const work = tokens.reduce((sum, token) => sum + (token?.length ?? 0) ** 2, 0);
  if (work > LARGEST_WORK) throw badEncodingFile('its tokens are too long to be those of a vocabulary', HINT);
}

/** Whether ids can be ranks as they are: made in their own order, single bytes before all else. */
function isOrderOfIds(order: readonly number[], tokens: TokenList): boolean {
  const lastByte = tokens.findLastIndex((token) => token?.length === 1);
  const firstLong = tokens.findIndex((token) => token !== null && token.length > 1);
  return (firstLong < 0 || lastByte < firstLong) && order.every((id, i) => i === 0 || id > order[i - 1]!);
}

/** What the compiler cannot serve is the file's doing here. */
function refusing(compile: () => Vocabulary): Vocabulary {
  try {
    return compile();
  } catch (cause) {
    if (cause instanceof RangeError) throw badEncodingFile(cause.message, HINT, cause);
    throw cause;
  }
}

function assertSameMerges({ size, tokens }: Vocabulary, merges: LastMerges, ids: Uint32Array | null): void {
  const idOf = (rank: number): number => (rank < 0 ? -1 : (ids?.[rank] ?? rank));
  for (let rank = 0; rank < size; rank++) {
    const id = idOf(rank);
    const [left, right] = [tokens[rank * FACTS + Fact.left]!, tokens[rank * FACTS + Fact.right]!];
    if (idOf(left) !== merges.left[id] || idOf(right) !== merges.right[id])
      throw badEncodingFile(`token ${id} would be merged from other parts`, HINT);
  }
}

const without = (tokens: TokenList, ids: readonly number[]): TokenList => {
  const dropped = new Set(ids);
  return tokens.map((token, id) => (dropped.has(id) ? null : token));
};

/** The text of a token, if its bytes are one. */
function textOf(bytes: Uint8Array): readonly string[] {
  try {
    return [new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)];
  } catch {
    return [];
  }
}
