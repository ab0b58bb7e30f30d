/** Bytes of usage files as text. */

import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { notRecords } from '../errors/file-formats.js';
import { decodesAs } from './decodes-as.js';
import { formatOf } from './file-format.js';
import { looksChinese } from './looks-chinese.js';
import { utf8Check } from './utf8-check.js';

const NOT_UTF8 = 'is not UTF-8: invalid bytes became U+FFFD; convert it first, for example: iconv -f GBK -t UTF-8';
const GB18030 = 'is not UTF-8 and was read as GB18030 (GBK)';
const NOT_GB18030 = 'is not all GB18030: invalid bytes became U+FFFD';

/** Bytes looked at, from the first that is not ASCII on, to tell UTF-8 from GB18030. */
const SAMPLE = 64 * 1024;

/** A piece of text; as bytes where it is ASCII, which need not become a text to be read. */
export type TextPiece = string | Buffer;

/** The text of a piece, or of codes `[start, end)` of it. */
export const textOfPiece = (piece: TextPiece, start = 0, end = piece.length): string =>
  typeof piece === 'string' ? piece.slice(start, end) : piece.toString('latin1', start, end);

/**
 * Bytes as text. UTF-16 by its byte order mark; else UTF-8; else GB18030, when the bytes about the first that is not
 * ASCII are no UTF-8, are GB18030 and look Chinese so: words of Chinese bills, or mostly common characters. What is
 * invalid becomes U+FFFD; a mark is dropped.
 *
 * @param onNote  told once each: that the text was read as GB18030, and that something in it was invalid
 * @throws NOT_RECORDS when the first bytes are those of a binary file
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  onNote?: (text: string) => void,
): AsyncGenerator<string> {
  for await (const piece of decodePieces(chunks, name, onNote)) yield textOfPiece(piece);
}

/** The same, in which ASCII stays bytes. */
export async function* decodePieces(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  onNote: (text: string) => void = () => {},
): AsyncGenerator<TextPiece> {
  let decode: Decode | null = null;
  let held: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (decode === null) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      if (held.length < 4) continue;
      decode = decoderOf(held, name, onNote);
      yield decode.push(held);
    } else yield decode.push(chunk);
  }
  if (decode !== null) yield decode.end();
  else {
    const last = decoderOf(held, name, onNote);
    yield last.push(held);
    yield last.end();
  }
}

interface Decode<Piece extends TextPiece = TextPiece> {
  readonly push: (bytes: Uint8Array) => Piece;
  readonly end: () => string;
}

function decoderOf(head: Uint8Array, name: string, onNote: (text: string) => void): Decode {
  if (head[0] === 0xff && head[1] === 0xfe) return plainly('utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return plainly('utf-16be');
  if (head.subarray(0, 8000).includes(0) || formatOf(head) !== 'other')
    throw notRecords(name, 'is a binary file, neither CSV nor JSON', 'unpack or export it as CSV or JSON lines');
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? utf8(onNote) : undecided(onNote);
}

function plainly(encoding: string): Decode<string> {
  const decoder = new TextDecoder(encoding);
  return { push: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

function utf8(onNote: (text: string) => void): Decode<string> {
  const check = utf8Check(() => onNote(NOT_UTF8));
  const { push, end } = plainly('utf-8');
  return {
    push: (bytes) => {
      check.push(bytes);
      return push(bytes);
    },
    end: () => {
      check.end();
      return end();
    },
  };
}

function gb18030(onNote: (text: string) => void): Decode<string> {
  onNote(GB18030);
  let isTold = false;
  const told = (text: string): string => {
    if (!isTold && text.includes('\ufffd')) {
      isTold = true;
      onNote(NOT_GB18030);
    }
    return text;
  };
  const { push, end } = plainly('gb18030');
  return { push: (bytes) => told(push(bytes)), end: () => told(end()) };
}

/** ASCII is the same in both; what follows it decides, however late it comes. */
function undecided(onNote: (text: string) => void): Decode {
  let decided: Decode<string> | null = null;
  let held: Uint8Array = new Uint8Array(0);
  const decide = (first: number, what: 'whole' | 'beginning'): string => {
    decided = isGb18030(held.subarray(first, first + SAMPLE), what) ? gb18030(onNote) : utf8(onNote);
    return decided.push(held);
  };
  const push = (bytes: Uint8Array): TextPiece => {
    if (decided !== null) return decided.push(bytes);
    if (held.length === 0 && isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    const first = held.findIndex((byte) => byte >= 0x80);
    return held.length - first < SAMPLE ? '' : decide(first, 'beginning');
  };
  const end = (): string => {
    if (decided !== null) return decided.end();
    const rest = decide(
      Math.max(
        0,
        held.findIndex((byte) => byte >= 0x80),
      ),
      'whole',
    );
    return rest + decided!.end();
  };
  return { push, end };
}

function isGb18030(sample: Uint8Array, what: 'whole' | 'beginning'): boolean {
  if (decodesAs('utf-8', sample, what) !== null) return false;
  const text = decodesAs('gb18030', sample, what);
  return text !== null && looksChinese(text);
}
