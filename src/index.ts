/** The public library: counting tokens without the command line and without a ledger. */

import { asInstalled } from './files/data-package.js';
import { loadEncoding } from './files/encoding-store.js';
import { resolveEncodingName, resolveModel } from './tokenizer/models.js';
import { utf8 } from './tokenizer/utf8.js';

/** What to count with: a model by name, or an encoding by name. */
export type CountOptions = { readonly model: string } | { readonly encoding: string };

/**
 * Tokens of a text.
 *
 * Exact where the model's encoding ships or its data package is installed; else (Claude, Gemini) the rounded approximation that
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
  const { encoding, factor } = asInstalled(resolveModel(options.model), process.cwd());
  return Math.round(loadEncoding(encoding).count(utf8(text)) * factor);
}
