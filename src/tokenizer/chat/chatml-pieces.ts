/** A written prompt: runs of text, and the special tokens between them, each one token. */

import type { ChatCounter } from './chat-format.js';

/** `mark`: a special token where the encoding has it, else ordinary text; `gap`: an image, counted elsewhere, ends a run of text. */
export type Piece = string | { readonly mark: string } | { readonly gap: true };

export const mark = (text: string): Piece => ({ mark: text });
export const GAP: Piece = { gap: true };

export type PieceCounter = (pieces: readonly Piece[]) => number;

/**
 * Counts pieces: texts side by side are one text, since tokens may span them.
 *
 * @param special  the encoding's special tokens
 */
export const pieceTokens =
  ({ counter, special }: { counter: ChatCounter; special: Readonly<Record<string, number>> }): PieceCounter =>
  (pieces) => {
    let tokens = 0;
    let text = '';
    const endText = () => {
      if (text !== '') tokens += counter.count(text);
      text = '';
    };
    for (const piece of pieces) {
      if (typeof piece === 'string') text += piece;
      else if ('mark' in piece && !Object.hasOwn(special, piece.mark)) text += piece.mark;
      else {
        endText();
        if ('mark' in piece) tokens++;
      }
    }
    endText();
    return tokens;
  };
