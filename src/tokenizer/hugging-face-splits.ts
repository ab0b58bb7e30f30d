/** How a `tokenizer.json` normalizes and splits text, as far as this engine can do the same. */

import { badEncodingFile } from '../errors/models.js';
import type { Normalization } from './encodings.js';
import { isRecord, type JsonRecord } from './json-record.js';
import { GPT2_TEXT } from './pattern-texts.js';

/** Hint of refusals that nothing can be done about. */
export const NO_SUCH_ENGINE =
  'tokenhub serves byte-level BPE alone; count approximately with --model <name>, or with a related --encoding <name>';

/** @throws BAD_ENCODING_FILE for anything but NFC and NFKC, alone or in a sequence */
export function normalizationOf(normalizer: unknown): Normalization {
  const kinds = stepsOf(normalizer, 'normalizers').map(({ type }) => type);
  const other = kinds.find((kind) => kind !== 'NFC' && kind !== 'NFKC');
  if (other !== undefined) throw badEncodingFile(`it normalizes text by ${nameOf(other)}`, NO_SUCH_ENGINE);
  return kinds.includes('NFKC') ? 'NFKC' : kinds.includes('NFC') ? 'NFC' : 'none';
}

/**
 * The regular expressions that split text one after the other, before its bytes become letters.
 * @throws BAD_ENCODING_FILE for a pre-tokenizer that is not byte-level, adds blanks, or splits by anything but expressions
 */
export function splitsOf(preTokenizer: unknown): readonly string[] {
  const steps = stepsOf(preTokenizer, 'pretokenizers');
  const last = steps.at(-1);
  if (last?.type !== 'ByteLevel') throw notByteLevel(last?.type);
  if (last.add_prefix_space === true)
    throw badEncodingFile('it puts a blank before every text (add_prefix_space)', NO_SUCH_ENGINE);
  const splits = steps.slice(0, -1).map((step, _, { length }) => splitOf(step, length));
  return last.use_regex === false ? splits : [...splits, GPT2_TEXT];
}

/** Matches are kept apart from what lies between them; where there is one split, which matches everything, what lies between may be dropped too. */
function splitOf({ type, pattern, behavior, invert, individual_digits }: JsonRecord, splits: number): string {
  if (type === 'Digits') return individual_digits === true ? '\\p{N}' : '\\p{N}+';
  const expression = isRecord(pattern) ? pattern.Regex : undefined;
  if (type !== 'Split' || typeof expression !== 'string')
    throw badEncodingFile(`it splits text by ${nameOf(type)} without a regular expression`, NO_SUCH_ENGINE);
  const isolates = behavior === 'Isolated' && invert !== true;
  const keepsMatches = behavior === 'Removed' && invert === true && splits === 1;
  if (!isolates && !keepsMatches)
    throw badEncodingFile(`it splits text with the behaviour ${nameOf(behavior)}`, NO_SUCH_ENGINE);
  return expression;
}

/** A step, or the steps of a sequence; no step for null. */
function stepsOf(step: unknown, members: 'normalizers' | 'pretokenizers'): readonly JsonRecord[] {
  if (step === null || step === undefined) return [];
  if (!isRecord(step)) throw badEncodingFile(`its ${members} are no objects`, NO_SUCH_ENGINE);
  if (step.type !== 'Sequence') return [step];
  const inner = step[members];
  if (!Array.isArray(inner) || !inner.every(isRecord))
    throw badEncodingFile(`its ${members} are no list of objects`, NO_SUCH_ENGINE);
  if (inner.some(({ type }) => type === 'Sequence'))
    throw badEncodingFile(`its ${members} are nested sequences`, NO_SUCH_ENGINE);
  return inner;
}

const notByteLevel = (type: unknown) =>
  badEncodingFile(
    type === 'Metaspace' || type === undefined
      ? 'it is a SentencePiece vocabulary: it merges characters, not bytes'
      : `its text does not become bytes at the end (${nameOf(type)})`,
    NO_SUCH_ENGINE,
  );

const nameOf = (type: unknown): string => (typeof type === 'string' ? type.slice(0, 40) : 'something unnamed');
