import type { Vocabulary } from './vocabulary.js';

/**
 * Bytes of each token, read backwards from the trie: from the cell where a token ends up to the root.
 *
 * @returns the bytes of a token; `null` for an id that the vocabulary does not have
 *
 * Time O(cells) once, then O(bytes) a token.
 */
export function openTokenBytes({ trie, size, lengths }: Vocabulary): (id: number) => Uint8Array | null {
  const cells = trie.length / 2;
  const cellOf = new Int32Array(size);
  const parentOf = new Int32Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const unit = trie[cell * 2]!;
    if (cell > 0 && (unit & 0x1ff) === 0) continue;
    if (unit >> 9 !== 0) parentOf[unit >> 9] = cell;
    const token = trie[cell * 2 + 1]!;
    if (token !== 0) cellOf[token - 1] = cell;
  }
  return (id) => {
    if (!(id >= 0 && id < size) || lengths[id] === 0) return null;
    const bytes = new Uint8Array(lengths[id]!);
    let cell = cellOf[id]!;
    for (let i = bytes.length - 1; i >= 0; i--) {
      const byte = (trie[cell * 2]! & 0x1ff) - 1;
      bytes[i] = byte;
      cell = parentOf[cell ^ byte]!;
    }
    return bytes;
  };
}
