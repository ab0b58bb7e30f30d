/**
 * The letters that byte-level vocabularies write for bytes: printable Latin-1 stands for itself, the other 68 bytes are U+0100 and on.
 * Source: openai/gpt-2, encoder.py, bytes_to_unicode.
 */
const byteOfLetter: ReadonlyMap<string, number> = (() => {
  const letters = new Map<string, number>();
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const isPrintable = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    letters.set(String.fromCharCode(isPrintable ? byte : next++), byte);
  }
  return letters;
})();

/**
 * Bytes of a token that is written byte by byte.
 *
 * @returns `null` when a letter stands for no byte
 * @example bytesOfLetters('Ġa') // Uint8Array [0x20, 0x61]
 */
export function bytesOfLetters(token: string): Uint8Array | null {
  const bytes = new Uint8Array(token.length);
  for (let i = 0; i < token.length; i++) {
    const byte = byteOfLetter.get(token[i]!);
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}
