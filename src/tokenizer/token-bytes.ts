import { FACTS, Fact, type Vocabulary } from './vocabulary.js';

/**
 * Bytes of each token, read backwards from the trie: from the cell where a token ends up to the root. Keeps nothing of the
 * vocabulary, whose memory may move.
 *
 * @returns the bytes of a token; `null` for an id that the vocabulary does not have
 *
 * Time O(cells) once, then O(bytes) a token.
 */
export function openTokenBytes({ trie, size, tokens }: Vocabulary): (id: number) => Uint8Array | null {
  const cells = trie.length / 2;
  const lengths = Uint16Array.from({ length: size }, (_, id) => tokens[id * FACTS + Fact.length]!);
  const cellOf = new Int32Array(size);
  const parentOf = new Int32Array(cells);
  const labels = new Uint8Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const unit = trie[cell * 2]!;
    if (cell > 0 && (unit & 0x1ff) === 0) continue;
    labels[cell] = (unit & 0x1ff) - 1;
    if (unit >> 9 !== 0) parentOf[unit >> 9] = cell;
    const token = trie[cell * 2 + 1]!;
    if (token !== 0) cellOf[token - 1] = cell;
  }
  return (id) => {
    const length = lengths[id] ?? 0;
    if (length === 0) return null;
    const bytes = new Uint8Array(length);
    let cell = cellOf[id]!;
    for (let i = length - 1; i >= 0; i--) {
      bytes[i] = labels[cell]!;
      cell = parentOf[cell ^ labels[cell]!]!;
    }
    return bytes;
  };
}
