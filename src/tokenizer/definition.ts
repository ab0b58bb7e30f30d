import type { TokenList } from './compile.js';
import type { EncodingFacts } from './encodings.js';
import type { ListedMerges } from './last-merges.js';

/** An encoding as a file defines it, before it is compiled. */
export interface EncodingDefinition extends EncodingFacts {
  /** Index = id; `null`: a hole in the numbering. */
  readonly tokens: TokenList;
  readonly merges: ListedMerges;
  /** Whether a piece equal to a token is that token, even one that merging never makes. */
  readonly wholePieces: 'tokens' | 'merged';
}
