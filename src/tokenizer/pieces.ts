import type { Encoding } from './encoding.js';
import { utf8 } from './utf8.js';

/** One match of the splitting pattern, or one special token, with the tokens it is encoded in. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly ids: readonly number[];
}

/** Whether text that looks like a special token is ordinary text, as in files, or that token, as in what an engine is fed. */
export type SpecialText = 'ordinary' | 'tokens';

/** The pieces of a text and their tokens, in order; together they are the text in the form it is encoded in. */
export const piecesOf = (encoding: Encoding, text: Uint8Array, special: SpecialText): Piece[] =>
  special === 'ordinary'
    ? ordinaryPieces(encoding, text)
    : partsOf(encoding, new TextDecoder('utf-8', { ignoreBOM: true }).decode(text)).flatMap((part) =>
        typeof part === 'number'
          ? [{ bytes: encoding.decode([part]), ids: [part] }]
          : ordinaryPieces(encoding, utf8(part)),
      );

/** Ids of a text. */
export const idsOf = (encoding: Encoding, text: Uint8Array, special: SpecialText): Iterable<number> =>
  special === 'ordinary' ? encoding.encode(text) : piecesOf(encoding, text, special).flatMap(({ ids }) => ids);

/** Tokens never reach over the end of a piece, so each piece takes as many as fill it. */
function ordinaryPieces(encoding: Encoding, source: Uint8Array): Piece[] {
  const { text, ends } = encoding.split(source);
  const ids = encoding.encode(source);
  let token = 0;
  let at = 0;
  return ends.map((end) => {
    const [begin, first] = [at, token];
    while (at < end) at += encoding.decode([ids[token++]!]).length;
    return { bytes: text.subarray(begin, end), ids: Array.from(ids.subarray(first, token)) };
  });
}

/** Special tokens of a text by id, and the ordinary text between them; of two that begin at one place the longer is meant. */
function partsOf({ special }: Encoding, text: string): (string | number)[] {
  const names = Object.keys(special).sort((a, b) => b.length - a.length);
  if (names.length === 0) return [text];
  const anyOf = new RegExp(`(${names.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`);
  return text
    .split(anyOf)
    .map((part, i) => (i % 2 === 1 ? special[part]! : part))
    .filter((part) => part !== '');
}
