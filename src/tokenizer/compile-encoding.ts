/** Turns an encoding as a file defines it into the tables of the engine, and refuses what the engine would merge otherwise. */

import { badEncodingFile } from '../errors.js';
import type { CharacterClasses } from './character-classes.js';
import { compileVocabulary, type TokenList } from './compile.js';
import type { EncodingDefinition } from './definition.js';
import type { EncodingFacts } from './encodings.js';
import type { Vocabulary } from './vocabulary.js';

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
 * Compiles and checks. The engine joins, of all ways to make a token, only the one that merging its own bytes ends with. Where a file
 * lists its merges, they mean the same when each token's last merge is listed, and they come in the order of ranks: then, whatever
 * the text, up to the first merge that differs both have done the same, and that merge would be the last one of a token's own bytes.
 *
 * @throws BAD_ENCODING_FILE
 */
export function compileEncoding(definition: EncodingDefinition, characters: CharacterClasses): CompiledEncoding {
  const { tokens, merges, wholePieces, ids, pattern, normalization, special } = definition;
  assertWork(tokens);
  const unlisted = merges === null ? new Set<number>() : unlistedTokens(definition);
  const vocabulary = refusing(() => compileVocabulary(tokens, characters, unlisted));
  if (merges !== null) assertListed(vocabulary, merges);
  const facts = { pattern, normalization, special };
  const unmade = wholePieces === 'tokens' ? [] : unmadeRanks(vocabulary);
  if (unmade.length === 0) return { facts, vocabulary, ids };
  const idOf = (rank: number): number => ids?.[rank] ?? rank;
  const decodable = unmade.flatMap((rank) => textOf(tokens[rank]!).map((text) => [text, idOf(rank)] as const));
  return {
    facts: { ...facts, special: Object.fromEntries([...decodable, ...Object.entries(special)]) },
    vocabulary: compileVocabulary(without(tokens, unmade), characters),
    ids,
  };
}

function assertWork(tokens: TokenList): void {
  const work = tokens.reduce((sum, token) => sum + (token?.length ?? 0) ** 2, 0);
  if (work > LARGEST_WORK) throw badEncodingFile('its tokens are too long to be those of a vocabulary', HINT);
}

/** Ranks of tokens that no merge makes. */
function unlistedTokens({ tokens, merges }: EncodingDefinition): ReadonlySet<number> {
  const joined = new Map<string, number>();
  for (const [rank, token] of tokens.entries()) if (token !== null && token.length > 1) joined.set(keyOf(token), rank);
  for (const [left, right] of merges ?? []) joined.delete(keyOf(tokens[left]!) + keyOf(tokens[right]!));
  return new Set(joined.values());
}

const keyOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** What the compiler cannot serve is the file's doing here. */
function refusing(compile: () => Vocabulary): Vocabulary {
  try {
    return compile();
  } catch (cause) {
    if (cause instanceof RangeError) throw badEncodingFile(cause.message, HINT, cause);
    throw cause;
  }
}

function assertListed({ left, right }: Vocabulary, merges: NonNullable<EncodingDefinition['merges']>): void {
  const place = new Map(merges.map(([a, b], i) => [`${a} ${b}`, i]));
  let last = -1;
  for (const [rank, first] of left.entries()) {
    if (first < 0 || first === rank) continue;
    const at = place.get(`${first} ${right[rank]}`);
    if (at === undefined) throw badEncodingFile(`it does not list the merge that makes token ${rank}`, HINT);
    if (at < last) throw badEncodingFile(`merge ${at + 1} comes after one that needs it`, HINT);
    last = at;
  }
}

const unmadeRanks = ({ left, lengths }: Vocabulary): number[] =>
  Array.from(left.keys()).filter((rank) => left[rank]! < 0 && lengths[rank]! > 0);

const without = (tokens: TokenList, ranks: readonly number[]): TokenList => {
  const dropped = new Set(ranks);
  return tokens.map((token, rank) => (dropped.has(rank) ? null : token));
};

/** The text of a token, if its bytes are one. */
function textOf(bytes: Uint8Array): readonly string[] {
  try {
    return [new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)];
  } catch {
    return [];
  }
}
