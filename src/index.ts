/** The public library: counting tokens without the command line and without a ledger. */

import { countRequest } from './files/count-request.js';
import { loadEncoding } from './files/encoding-store.js';
import { messageImages } from './files/message-images.js';
import { readRequest } from './tokenizer/chat/read-request.js';
import { resolveEncodingName, resolveModel } from './tokenizer/models.js';
import { utf8 } from './tokenizer/utf8.js';

/** What to count with: a model by name, or an encoding by name. */
export type CountOptions = { readonly model: string } | { readonly encoding: string };

/**
 * Tokens of a text.
 *
 * Exact where the model's encoding is public; for a model without one (Claude, Gemini) the rounded approximation that
 * `tokenhub count --model` prints with its band.
 *
 * @param text     any string; a lone surrogate counts as U+FFFD
 * @param options  default: encoding o200k_base
 * @returns        whole number >= 0
 * @throws UNKNOWN_MODEL, UNKNOWN_ENCODING with a suggestion in `hint`
 * @example countTokens('hello world', { model: 'gpt-4o' }) // 2
 */
export function countTokens(text: string, options: CountOptions = { encoding: 'o200k_base' }): number {
  if ('encoding' in options) return loadEncoding(resolveEncodingName(options.encoding)).count(utf8(text));
  const { encoding, factor } = resolveModel(options.model);
  return Math.round(loadEncoding(encoding).count(utf8(text)) * factor);
}

/** Tokens of messages; text, images and overhead add up to `tokens`. */
export interface MessageTokens {
  readonly tokens: number;
  readonly text: number;
  readonly images: number;
  /** Of the chat format, tools' included. */
  readonly overhead: number;
  readonly method: 'exact' | 'approximate';
  /** False when an image or another part could not be counted: the true count is larger. */
  readonly complete: boolean;
}

/**
 * Tokens of messages as the API takes them, with the overhead of the model's chat format.
 *
 * Images are counted from their data URLs, or from files by their paths; nothing is fetched.
 *
 * @param messages  an array of messages, or the body of a request with its tools (OpenAI, Anthropic, DashScope, Gemini)
 * @throws UNKNOWN_MODEL, UNKNOWN_ENCODING, BAD_RECORD when it is neither
 * @example countMessages([{ role: 'user', content: 'hi' }], { model: 'gpt-4o' }).tokens // 8: 3 + 1 + 1, and 3 for the reply
 */
export function countMessages(messages: object, options: CountOptions): MessageTokens {
  const counter =
    'model' in options
      ? resolveModel(options.model)
      : { model: null, encoding: resolveEncodingName(options.encoding), factor: 1, method: 'exact' as const };
  const { rows, doubts } = countRequest(readRequest(messages), counter, messageImages('.'));
  const sum = (key: 'text' | 'images' | 'overhead' | 'uncounted') => rows.reduce((total, row) => total + row[key], 0);
  const [text, images, overhead] = [sum('text'), sum('images'), sum('overhead')];
  return {
    tokens: text + images + overhead,
    text,
    images,
    overhead,
    method: doubts.length === 0 ? counter.method : 'approximate',
    complete: sum('uncounted') === 0,
  };
}
