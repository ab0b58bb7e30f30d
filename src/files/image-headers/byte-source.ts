/** Bytes of an image wherever they lie: a header is read by looking at a few places, never at the whole. */

export interface ByteSource {
  /** Bytes in all. */
  readonly length: number;
  /** Bytes from `offset`, fewer where the source ends. */
  readonly read: (offset: number, length: number) => Uint8Array;
}

/** Big-endian and little-endian numbers at a place; `null` beyond the end. */
export interface Reader {
  readonly length: number;
  readonly u8: (at: number) => number | null;
  readonly u16: (at: number, order?: Order) => number | null;
  readonly u24: (at: number, order?: Order) => number | null;
  readonly u32: (at: number, order?: Order) => number | null;
  /** Latin-1 text; shorter beyond the end. */
  readonly text: (at: number, length: number) => string;
}

export type Order = 'big' | 'little';

export function readerOf(source: ByteSource): Reader {
  const number = (at: number, size: number, order: Order): number | null => {
    const bytes = source.read(at, size);
    if (bytes.length < size) return null;
    const inOrder = order === 'big' ? bytes : bytes.toReversed();
    return inOrder.reduce((sum, byte) => sum * 256 + byte, 0);
  };
  return {
    length: source.length,
    u8: (at) => number(at, 1, 'big'),
    u16: (at, order = 'big') => number(at, 2, order),
    u24: (at, order = 'big') => number(at, 3, order),
    u32: (at, order = 'big') => number(at, 4, order),
    text: (at, length) => String.fromCharCode(...source.read(at, length)),
  };
}

export const bytesSource = (bytes: Uint8Array): ByteSource => ({
  length: bytes.length,
  read: (offset, length) => bytes.subarray(Math.max(0, offset), Math.max(0, offset) + length),
});

/**
 * Base64 text, decoded only where it is looked at.
 *
 * @param text  standard or URL alphabet, no blanks; what is no base64 reads as no bytes or wrong ones, which no header survives
 */
export const base64Source = (text: string): ByteSource => ({
  length: Math.floor((text.replace(/={1,2}$/, '').length * 3) / 4),
  read: (offset, length) => {
    const group = Math.floor(offset / 3);
    const first = Buffer.from(text.slice(group * 4, (Math.floor((offset + length) / 3) + 1) * 4), 'base64');
    return first.subarray(offset - group * 3, offset - group * 3 + length);
  },
});
