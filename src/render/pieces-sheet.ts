/** Pieces of a text and their tokens as a sheet. */

import type { Sheet } from './sheet.js';

interface ShownPiece {
  readonly text: string;
  readonly ids: readonly number[];
  readonly parts: readonly string[];
}

/** Blanks are shown as `·`, since they decide how a text is split; `|` stands between tokens. */
export function piecesSheet(pieces: readonly ShownPiece[], encoding: string): Sheet {
  const tokens = pieces.reduce((sum, { ids }) => sum + ids.length, 0);
  return {
    title: null,
    columns: [
      { key: 'piece', title: 'piece', align: 'left', kind: 'text', show: 'always' },
      { key: 'tokens', title: 'tokens', align: 'right', kind: 'count', show: 'always' },
      { key: 'ids', title: 'ids', align: 'left', kind: 'text', show: 'always' },
      { key: 'parts', title: 'parts', align: 'left', kind: 'text', show: 'wide' },
    ],
    rows: pieces.map(({ text, ids, parts }) => [
      dotted(text),
      ids.length,
      ids.join(' '),
      parts.length > 1 ? parts.map(dotted).join('|') : null,
    ]),
    totals: ['total', tokens, null, null],
    above: [],
    below: [encoding],
  };
}

const dotted = (text: string): string => text.replaceAll(' ', '·');
