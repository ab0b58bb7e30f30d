/** The public library: counting tokens without the command line and without a ledger. */

import { approximateModel } from './errors/models.js';
import { countRequest } from './files/count-request.js';
import { asInstalled } from './files/data-package.js';
import { loadEncoding } from './files/encoding-store.js';
import { messageImages } from './files/message-images.js';
import { processSurroundings } from './files/surroundings.js';
import { readRequest } from './tokenizer/chat/read-request.js';
import type { Encoding } from './tokenizer/encoding.js';
import { type ModelEncoding, resolveEncodingName, resolveModel } from './tokenizer/models.js';

/** What to count with: a model by name, or an encoding by name. Default: the encoding o200k_base. */
export type CountOptions = { readonly model: string } | { readonly encoding: string };

const DEFAULT: CountOptions = { encoding: 'o200k_base' };

/**
 * Tokens of a text.
 *
 * Exact where the model's encoding ships or its data package is installed; else (Claude, Gemini) the rounded approximation that
 * `tokenhub count --model` prints with its band.
 *
 * @param text  any string; a lone surrogate counts as U+FFFD, `<|endoftext|>` as the ordinary text it is
 * @returns     whole number >= 0
 * @throws UNKNOWN_MODEL, UNKNOWN_ENCODING with a suggestion in `hint`; ENCODING_NOT_INSTALLED
 * @example countTokens('hello world', { model: 'gpt-4o' }) // 2
 */
export function countTokens(text: string, options: CountOptions = DEFAULT): number {
  const { encoding, factor } = counterOf(options);
  return Math.round(encoding.count(textIn(encoding, text)) * factor);
}

/**
 * Whether a text has at most so many tokens; reads no further than needed to know.
 *
 * @param limit  tokens, >= 0; exactly at the limit fits. Of an approximate count it is the middle that must fit
 * @throws as `countTokens`
 * @example fits(prompt, 4096, { model: 'gpt-4o' })
 */
export function fits(text: string, limit: number, options: CountOptions = DEFAULT): boolean {
  const { encoding, factor } = counterOf(options);
  const most = Math.ceil(limit / factor) + 1;
  return Math.round(encoding.countUpTo(textIn(encoding, text), most) * factor) <= limit;
}

/**
 * Token ids of a text.
 *
 * @returns  ids in order
 * @throws UNKNOWN_MODEL, UNKNOWN_ENCODING, ENCODING_NOT_INSTALLED; APPROXIMATE_MODEL for a model whose own ids are not public
 * @example encode('hello world') // Uint32Array [ 24912, 2375 ]
 */
export function encode(text: string, options: CountOptions = DEFAULT): Uint32Array {
  const encoding = exactEncodingOf(options);
  return encoding.encode(textIn(encoding, text));
}

/**
 * Text of token ids; bytes that are no UTF-8 become U+FFFD, as a token may hold a part of a character.
 *
 * @throws UNKNOWN_TOKEN for an id that the encoding does not have, and as `encode`
 * @example decode([24912, 2375]) // 'hello world'
 */
export const decode = (ids: Iterable<number>, options: CountOptions = DEFAULT): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(exactEncodingOf(options).decode(ids));

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
 * @throws UNKNOWN_MODEL, UNKNOWN_ENCODING, ENCODING_NOT_INSTALLED; BAD_RECORD when it is neither
 * @example countMessages([{ role: 'user', content: 'hi' }], { model: 'gpt-4o' }).tokens // 8: 3 + 1 + 1, and 3 for the reply
 */
export function countMessages(messages: object, options: CountOptions): MessageTokens {
  const counter = resolved(options);
  const { rows, doubts } = countRequest(readRequest(messages), counter, {
    images: messageImages('.'),
    surroundings: processSurroundings(),
  });
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

type Counter = Pick<ModelEncoding, 'encoding' | 'factor' | 'method'> & { readonly model: string | null };

/** Models already resolved in this process: where data packages are is looked up once. */
const known = new Map<string, Counter>();

function resolved(options: CountOptions): Counter {
  if ('model' in options) {
    const counter = known.get(options.model) ?? asInstalled(resolveModel(options.model), process.cwd());
    known.set(options.model, counter);
    return counter;
  }
  return { model: null, encoding: resolveEncodingName(options.encoding), factor: 1, method: 'exact' };
}

function counterOf(options: CountOptions): { encoding: Encoding; factor: number } {
  const { encoding, factor } = resolved(options);
  return { encoding: loadEncoding(encoding), factor };
}

function exactEncodingOf(options: CountOptions): Encoding {
  const { model, encoding, method } = resolved(options);
  if (method === 'approximate') throw approximateModel(model!);
  return loadEncoding(encoding);
}

const encoder = new TextEncoder();

/** Writes a text to where the encoding counts it; a UTF-16 unit takes three bytes at most. */
function textIn({ room }: Encoding, text: string): Uint8Array {
  const target = room(text.length * 3);
  return target.subarray(0, encoder.encodeInto(text, target).written);
}
