import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Check } from '../../src/files/utf8-check.js';
import { fileWith, recordsOf } from './read-records.js';

/** How often invalid bytes were told of. */
function timesTold(pieces: readonly Uint8Array[]): number {
  let told = 0;
  const check = utf8Check(() => told++);
  for (const piece of pieces) check.push(piece);
  check.end();
  return told;
}

const BYTE = fc.constantFrom(0x41, 0x80, 0xbf, 0xc3, 0xe4, 0xb8, 0xad, 0xf0, 0x9f, 0x98, 0xff);

test('bytes in any pieces are judged as they are whole, and told of once', () => {
  const valid = fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text));
  const any = fc.oneof(
    valid,
    fc.array(BYTE).map((bytes) => Uint8Array.from(bytes)),
    fc.uint8Array(),
  );
  fc.assert(
    fc.property(any, fc.integer({ min: 1, max: 5 }), (bytes, size) => {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(timesTold(pieces)).toBe(isUtf8(bytes) ? 0 : 1);
    }),
  );
});

const notesOf = async (content: string | Uint8Array) => {
  const notes: string[] = [];
  await recordsOf(fileWith(content), { kind: 'table', onNote: (text) => notes.push(text) });
  return notes;
};

test('a file of another encoding is told of once', async () => {
  const latin1 = Buffer.from('caf\u00e9,1\n', 'latin1');
  expect(await notesOf(Buffer.concat([Buffer.from('user,input\n'), latin1, latin1, latin1]))).toEqual([
    'is not UTF-8: invalid bytes became U+FFFD; convert it first, for example: iconv -f GBK -t UTF-8',
  ]);
});

test('UTF-8, U+FFFD that a file itself holds, and UTF-16 with its mark are nothing to tell of', async () => {
  expect(await notesOf('user,input\n\u738b\ufffd,1\n')).toEqual([]);
  expect(await notesOf(Buffer.from('\ufeffuser,input\n\u738b,1\n', 'utf16le'))).toEqual([]);
  expect(await notesOf('')).toEqual([]);
});
