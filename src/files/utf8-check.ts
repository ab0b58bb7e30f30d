import { isUtf8 } from 'node:buffer';

/**
 * Watches bytes for what is not UTF-8, in any pieces.
 *
 * @param onInvalid  called once, for the first that is not
 */
export function utf8Check(onInvalid: () => void) {
  let tail: Uint8Array = new Uint8Array(0);
  let isKnown = false;
  const report = (isInvalid: boolean) => {
    if (isInvalid && !isKnown) onInvalid();
    isKnown ||= isInvalid;
  };
  return {
    push: (chunk: Uint8Array): void => {
      if (isKnown) return;
      const bytes = tail.length === 0 ? chunk : Buffer.concat([tail, chunk]);
      const end = endOfLastCharacter(bytes);
      report(!isUtf8(bytes.subarray(0, end)));
      tail = Buffer.from(bytes.subarray(end));
    },
    end: (): void => report(tail.length > 0),
  };
}

/** Where a character begins that the bytes may not hold whole; their length when there is none. */
function endOfLastCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    const isContinuation = (byte & 0xc0) === 0x80;
    if (isContinuation) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
