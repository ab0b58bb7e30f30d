/** Reads vocabularies of tiktoken: ranks without a pattern. */

import { badEncodingFile } from '../errors/models.js';
import { bytesOfBase64 } from './base64.js';
import { ID_LIMIT, type TokenList } from './compile.js';

/** Characters; tokens that long are nobody's. */
const LONGEST_LINE = 4096;

const DOWNLOAD = 'download the vocabulary of the model again';

/**
 * Lines of `<base64 token> <rank>`, as in `cl100k_base.tiktoken` and `qwen.tiktoken`.
 * @throws BAD_ENCODING_FILE with the number of the line
 */
export function readTiktokenLines(text: string): TokenList {
  const tokens: (Uint8Array | null)[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    const [, encoded = '', rank = ''] = (line.length <= LONGEST_LINE && /^(\S+) (\d{1,7})\r?$/.exec(line)) || [];
    const bytes = bytesOfBase64(encoded);
    if (line.trim() === '') continue;
    if (bytes === null || bytes.length === 0 || Number(rank) >= ID_LIMIT)
      throw badEncodingFile('is no base64 token and its rank', DOWNLOAD).at({ line: i + 1 });
    setToken(tokens, Number(rank), bytes);
  }
  return tokens;
}

/**
 * Lines of `! <rank of the first token> <base64 token> …`, as in the packages js-tiktoken and @anthropic-ai/tokenizer; ranks that no
 * line names are holes.
 * @throws BAD_ENCODING_FILE
 */
export function readPackedRanks(text: string): TokenList {
  const tokens: (Uint8Array | null)[] = [];
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, first = '', ...encoded] = line.split(' ');
    if (!/^\d{1,7}$/.test(first) || Number(first) + encoded.length > ID_LIMIT)
      throw badEncodingFile('its ranks have no usable number', DOWNLOAD);
    for (const [i, token] of encoded.entries()) {
      const bytes = token.length <= LONGEST_LINE ? bytesOfBase64(token) : null;
      if (bytes === null) throw badEncodingFile('its ranks are not base64', DOWNLOAD);
      setToken(tokens, Number(first) + i, bytes);
    }
  }
  return tokens;
}

function setToken(tokens: (Uint8Array | null)[], rank: number, bytes: Uint8Array): void {
  while (tokens.length <= rank) tokens.push(null);
  if (tokens[rank] !== null) throw badEncodingFile(`two tokens have the rank ${rank}`, DOWNLOAD);
  tokens[rank] = bytes;
}
