import type { Encoding } from '../../tokenizer/encoding.js';
import type { Piece } from '../../tokenizer/pieces.js';

export interface PieceRow {
  /** What of the bytes is no UTF-8 is shown as U+FFFD. */
  readonly text: string;
  readonly bytes: number;
  readonly ids: readonly number[];
  /** Text of each token. */
  readonly parts: readonly string[];
}

export function pieceRows(encoding: Encoding, pieces: readonly Piece[]): PieceRow[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return pieces.map(({ bytes, ids }) => ({
    text: decoder.decode(bytes),
    bytes: bytes.length,
    ids,
    parts: ids.map((id) => decoder.decode(encoding.decode([id]))),
  }));
}
