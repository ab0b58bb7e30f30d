import { TextDecoder } from 'node:util';

/**
 * Text of bytes, or `null` when they are not of that encoding, or this Node does not know it.
 *
 * @param what  `beginning`: a character may be cut off at the end
 */
export function decodesAs(encoding: string, bytes: Uint8Array, what: 'whole' | 'beginning' = 'whole'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: what === 'beginning' });
  } catch {
    return null;
  }
}
