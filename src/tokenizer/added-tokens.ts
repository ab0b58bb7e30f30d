/** Tokens that a `tokenizer.json` adds to its vocabulary: markup of chats and tools, found before text is split. */

import { badEncodingFile } from '../errors/models.js';
import { NO_SUCH_ENGINE } from './hugging-face-splits.js';
import { isRecord } from './json-record.js';

/** How markup looks: `<think>`, `[INST]`, `]<]image[>[`, `｜DSML｜`. Anything else might stand in a file as plain text. */
const MARKUP = /^[<[{(\]|\uff5c].*[>\])}[|\uff5c]$/su;

/**
 * Text to id.
 *
 * A count takes text that looks like an added token as ordinary text. That is right for markup; a vocabulary that adds plain text, such as
 * runs of blanks, finds it in every file, so it would be counted wrongly and is refused.
 *
 * @throws BAD_ENCODING_FILE
 */
export function addedTokensOf(added: unknown): ReadonlyMap<string, number> {
  if (added === undefined || added === null) return new Map();
  if (!Array.isArray(added)) throw badEncodingFile('its added tokens are no list', NO_SUCH_ENGINE);
  const ids = new Map<string, number>();
  for (const token of added) {
    const { id, content, special } = isRecord(token) ? token : {};
    if (
      typeof content !== 'string' ||
      content === '' ||
      typeof id !== 'number' ||
      !Number.isInteger(id) ||
      id < 0 ||
      id > 0xffffffff
    )
      throw badEncodingFile('an added token has no text or no usable id', NO_SUCH_ENGINE);
    if (special !== true && !MARKUP.test(content))
      throw badEncodingFile(
        `it adds plain text to its merges: ${JSON.stringify(content.slice(0, 40))}`,
        NO_SUCH_ENGINE,
      );
    ids.set(content, id);
  }
  return ids;
}

/** For decoding; own keys, whatever their names. */
export const specialOf = (added: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries(added);
