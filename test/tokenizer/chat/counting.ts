/** Counts a request in tests: by real encodings; an image costs what its file is called, `100.png` 100 tokens. */

import { loadEncoding } from '../../../src/files/encoding-store.js';
import type { ChatCount } from '../../../src/tokenizer/chat/chat-format.js';
import { countChat } from '../../../src/tokenizer/chat/formats.js';
import { readRequest } from '../../../src/tokenizer/chat/read-request.js';
import type { EncodingName } from '../../../src/tokenizer/encodings.js';
import { utf8 } from '../../../src/tokenizer/utf8.js';

export const textTokens = (text: string, encoding: EncodingName): number => loadEncoding(encoding).count(utf8(text));

export function countOf(body: unknown, encoding: EncodingName, model: string | null = null): ChatCount {
  return countChat(readRequest(body), {
    model,
    encoding,
    count: (text) => textTokens(text, encoding),
    imageTokens: ({ source }) => (source.kind === 'file' ? Number.parseInt(source.path, 10) : null),
  });
}

export const totalOf = ({ rows }: ChatCount): number =>
  rows.reduce((sum, { text, images, overhead }) => sum + text + images + overhead, 0);
