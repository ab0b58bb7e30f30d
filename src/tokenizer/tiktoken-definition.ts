import { badEncodingFile } from '../errors/models.js';
import type { TokenList } from './compile.js';
import type { EncodingDefinition } from './definition.js';
import { type EncodingFacts, encodings, type Normalization } from './encodings.js';
import type { ChosenPattern } from './pattern-choice.js';
import { PATTERN_NAMES } from './pattern-texts.js';
import type { PatternName } from './patterns/all.js';

/** Published files by their SHA-256. Sources: openai/tiktoken, openai_public.py; files made of the npm packages' ranks have the same hashes. */
const published = new Map<string, EncodingFacts>([
  ['446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d', encodings.o200k_base],
  ['223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7', encodings.cl100k_base],
  ['94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069', encodings.p50k_base],
  ['306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930', encodings.r50k_base],
  // qwen.tiktoken of Qwen, tokenizer.model of Llama 3, tiktoken.model of Kimi K2 to K3: their special tokens stand elsewhere.
  ['b2b1b8dfb5cc5f024bafc373121c6aba3f66f9a5a0269e243470a1de16a33186', { ...encodings.qwen3, special: {} }],
  ['82e9d31979e92ab929cd544440f129d9ecd797b69e327f80f17e1c50d5551b55', { ...encodings.llama3, special: {} }],
  [
    'b6c497a7469b33ced9c38afb1ad6e47f03f5e5dc05f15930799210ec050c5103',
    { pattern: 'kimi', normalization: 'none', special: {} },
  ],
]);

/** What goes with a pattern that a file of ranks does not say: every Qwen normalizes. Source: tokenization_qwen.py of Qwen/Qwen-7B. */
const normalizationWith = (pattern: PatternName): Normalization =>
  pattern === 'qwen' || pattern === 'qwen35' ? 'NFC' : 'none';

/**
 * The encoding of a file of ranks, which says nothing of its pattern: by the file's hash, or as asked.
 * @throws BAD_ENCODING_FILE when the file is not known and no pattern was asked for, or another than its own
 */
export function tiktokenDefinition(tokens: TokenList, sha256: string, asked: ChosenPattern): EncodingDefinition {
  const known = published.get(sha256);
  if (known !== undefined && asked !== null && known.pattern !== asked)
    throw badEncodingFile(
      `it is a published file, and its pattern is ${known.pattern}, not ${asked}`,
      'leave --pattern out',
    );
  const pattern = known?.pattern ?? asked;
  if (pattern === null)
    throw badEncodingFile(
      'a file of ranks does not say how text is split',
      `say which pattern its model splits text by: --pattern ${PATTERN_NAMES.join('|')}`,
    );
  return {
    tokens,
    wholePieces: 'tokens',
    merges: null,
    pattern,
    normalization: known?.normalization ?? normalizationWith(pattern),
    special: known?.special ?? {},
  };
}
