import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { goesOnInLine } from '../../src/files/goes-on-in-line.js';
import { folderWith } from './folder.js';

const cutOf = (bytes: Uint8Array, lengths: readonly number[]) =>
  goesOnInLine(join(folderWith({ 'a.csv': bytes }), 'a.csv'), 'a.csv', lengths);

describe('a text goes on in the middle of a line', () => {
  test('where no line break ends or begins', async () => {
    // a 0, b 1, \n 2, c 3, \r 4, \n 5, d 6: after a alone, which ends at 1
    expect(await cutOf(Buffer.from('ab\nc\r\nd'), [1, 2, 3, 4, 5, 6])).toEqual([1]);
  });

  test('where UTF-16 does, or in the middle of one of its codes', async () => {
    const little = Buffer.from('\ufeffab\nc', 'utf16le');
    const big = Buffer.from(little).swap16();
    // mark 0, a 2, b 4, \n 6, c 8: after a, which ends at 4; each odd length is half a code
    for (const bytes of [little, big]) expect(await cutOf(bytes, [4, 5, 6, 7, 8, 9])).toEqual([4, 5, 7, 9]);
  });

  test('never in what is packed', async () => {
    expect(await cutOf(Buffer.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0), [4])).toEqual([]);
  });
});
