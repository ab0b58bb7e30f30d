import type { TokenList } from './compile.js';
import type { EncodingFacts } from './encodings.js';

/** An encoding as a file defines it, before it is compiled. */
export interface EncodingDefinition extends EncodingFacts {
  /** Index = rank, the order in which merging makes tokens; `null`: a hole in the numbering. */
  readonly tokens: TokenList;
  /** Id of each rank where ids are numbered otherwise; `null`: the rank is the id. */
  readonly ids: Uint32Array | null;
  /** Whether a piece equal to a token is that token, even one that merging never makes. */
  readonly wholePieces: 'tokens' | 'merged';
  /** Merges the file lists, in order, as pairs of ranks; `null`: it lists none, every two tokens that make a token are merged. */
  readonly merges: readonly (readonly [left: number, right: number])[] | null;
}
