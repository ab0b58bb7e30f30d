import { badEncodingFile } from '../errors/models.js';
import type { EncodingDefinition } from './definition.js';
import { encodings } from './encodings.js';
import { isRecord } from './json-record.js';
import { patternFor } from './pattern-choice.js';
import { readPackedRanks } from './tiktoken-file.js';

/**
 * The encoding of `claude.json` of npm @anthropic-ai/tokenizer; NFKC stands in its code.
 * @throws BAD_ENCODING_FILE
 */
export function claudeDefinition(file: unknown): EncodingDefinition {
  const { bpe_ranks, pat_str, special_tokens } = isRecord(file) ? file : {};
  if (typeof bpe_ranks !== 'string' || typeof pat_str !== 'string' || !isRecord(special_tokens))
    throw badEncodingFile('it is not the claude.json of @anthropic-ai/tokenizer', 'install the package again');
  return {
    tokens: readPackedRanks(bpe_ranks),
    wholePieces: 'tokens',
    merges: null,
    pattern: patternFor([pat_str], null),
    normalization: encodings['claude-legacy'].normalization,
    special: special_tokens as Record<string, number>,
  };
}
