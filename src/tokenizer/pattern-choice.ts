import { badEncodingFile } from '../errors/models.js';
import { PATTERN_NAMES, patternOfText } from './pattern-texts.js';
import type { PatternName } from './patterns/all.js';

/** The pattern named by the user; `null`: none was. */
export type ChosenPattern = PatternName | null;

/**
 * The pattern of a file that writes it out, or the one asked for when it is none that is known.
 * @throws BAD_ENCODING_FILE when it is unknown and none was asked for, or when the file's is another than the one asked for
 */
export function patternFor(splits: readonly string[], asked: ChosenPattern): PatternName {
  const own = patternOfText(splits);
  if (own !== null && asked !== null && own !== asked)
    throw badEncodingFile(`it splits text by the pattern ${own}, not ${asked}`, 'leave --pattern out');
  const pattern = own ?? asked;
  if (pattern !== null) return pattern;
  throw badEncodingFile(
    `no scanner is known for the pattern that splits its text: ${JSON.stringify(splits.join(' then ').slice(0, 400))}`,
    `if it is another spelling of one of them, name it: --pattern ${PATTERN_NAMES.join('|')}`,
  );
}
