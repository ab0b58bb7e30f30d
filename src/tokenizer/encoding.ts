/** An encoding: splits UTF-8 text into pieces by its pattern and each piece into tokens by its vocabulary. */

import { unknownToken } from '../errors/models.js';
import { END_BYTE, readCharacters } from './character-classes.js';
import type { EncodingFacts } from './encodings.js';
import type { Engine } from './engine.js';
import { normalize } from './normalize.js';
import { splitters } from './patterns/all.js';
import { PADDING } from './script-engine.js';
import { openTokenBytes } from './token-bytes.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * Counts, encodes and decodes. Text that looks like a special token (`<|endoftext|>`) is ordinary text; special ids are decoded
 * to their text. Texts are valid UTF-8: whoever reads them from outside replaces what is not. Not reentrant.
 */
export interface Encoding {
  readonly name: string;
  /** Special tokens: text to id. */
  readonly special: Readonly<Record<string, number>>;
  /** Number of tokens of a text. */
  readonly count: (text: Uint8Array) => number;
  /** The number of tokens when it is at most `limit`, else some number above it; reads no further than needed. */
  readonly countUpTo: (text: Uint8Array, limit: number) => number;
  /** Token ids of a text, in order. */
  readonly encode: (text: Uint8Array) => Uint32Array;
  /**
   * Bytes of these tokens, one after the other. A single token need not be valid UTF-8. A normalized text comes back normalized.
   * @throws UNKNOWN_TOKEN for an id the encoding does not have
   */
  readonly decode: (ids: Iterable<number>) => Uint8Array;
  /** Ends of the pieces that the pattern splits a text into; the text in the form it is encoded in. */
  readonly split: (text: Uint8Array) => { readonly text: Uint8Array; readonly ends: readonly number[] };
  /** Room to read a text into; see `Engine.room`. */
  readonly room: (bytes: number) => Uint8Array;
}

/** What an encoding runs on: an engine, and the vocabulary that the engine was opened over. */
export interface EncodingParts {
  readonly engine: Engine;
  /** Views that may not outlive the next call of the engine. */
  readonly vocabulary: () => Vocabulary;
}

export function openEncoding(
  name: string,
  { pattern, normalization, special }: EncodingFacts,
  { engine, vocabulary }: EncodingParts,
): Encoding {
  const normal = (text: Uint8Array): Uint8Array => normalize(text, normalization);
  const specialById = new Map(Object.entries(special).map(([text, id]) => [id, new TextEncoder().encode(text)]));

  let tokenBytes: ReturnType<typeof openTokenBytes> | null = null;
  const bytesOf = (id: number): Uint8Array => {
    tokenBytes ??= openTokenBytes(vocabulary());
    const bytes = tokenBytes(id) ?? specialById.get(id);
    if (bytes === undefined) throw unknownToken(id, name);
    return bytes;
  };

  const split: Encoding['split'] = (source) => {
    const text = normal(source);
    const padded = new Uint8Array(text.length + PADDING).fill(END_BYTE);
    padded.set(text);
    const nextPiece = splitters[pattern](readCharacters(vocabulary().characters));
    const ends: number[] = [];
    for (let at = 0; at < text.length; ) {
      at = Math.min(nextPiece(padded, at), text.length);
      ends.push(at);
    }
    return { text, ends };
  };

  return {
    name,
    special,
    count: (text) => engine.count(normal(text), Number.POSITIVE_INFINITY),
    countUpTo: (text, limit) => engine.count(normal(text), limit),
    encode: (text) => engine.encode(normal(text)).slice(),
    decode: (ids) => joined(Array.from(ids, bytesOf)),
    split,
    room: engine.room,
  };
}

/** Bytes one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
