import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base64Source, bytesSource } from '../../src/files/image-headers/byte-source.js';
import { imageSizeOf, readImageSize } from '../../src/files/image-size.js';
import { folderWith } from './folder.js';
import { bmp, gif, heic, jpeg, png, tiff, webpExtended, webpLossless, webpLossy } from './image-headers.js';

const sizeOf = (bytes: Uint8Array) => imageSizeOf(bytesSource(bytes));

describe('the size of an image', () => {
  test.each([
    ['PNG', png(640, 480)],
    ['GIF', gif(640, 480)],
    ['BMP', bmp(640, 480)],
    ['BMP whose rows run from the top', bmp(640, -480)],
    ['JPEG', jpeg(640, 480)],
    ['progressive JPEG', jpeg(640, 480, { marker: 0xc2 })],
    ['lossless JPEG', jpeg(640, 480, { marker: 0xc3 })],
    ['lossy WebP', webpLossy(640, 480)],
    ['lossless WebP', webpLossless(640, 480)],
    ['extended WebP', webpExtended(640, 480)],
    ['HEIC', heic([[640, 480]])],
    ['AVIF', heic([[640, 480]], { brand: 'avif' })],
    [
      'HEIC with a thumbnail',
      heic([
        [160, 120],
        [640, 480],
        [320, 240],
      ]),
    ],
    ['TIFF', tiff({ 256: 640, 257: 480 })],
  ])('is read from the header of a %s', (_name, bytes) => {
    expect(sizeOf(bytes)).toEqual({ width: 640, height: 480 });
  });

  test.each([
    ['JPEG', jpeg(640, 480, { orientation: 6 })],
    ['HEIC', heic([[640, 480]], { angle: 1 })],
    ['TIFF', tiff({ 256: 640, 257: 480, 274: 8 })],
  ])('is that of the picture as it is shown, when a %s says to turn it', (_name, bytes) => {
    expect(sizeOf(bytes)).toEqual({ width: 480, height: 640 });
  });

  test('is found behind megabytes of metadata without reading them', () => {
    const bytes = jpeg(640, 480, { comments: 3_000_000 });
    let read = 0;
    const source = bytesSource(bytes);
    const counting = {
      length: source.length,
      read: (at: number, n: number) => {
        read += n;
        return source.read(at, n);
      },
    };
    expect(imageSizeOf(counting)).toEqual({ width: 640, height: 480 });
    expect(read).toBeLessThan(5000);
  });

  test('is read from base64 without decoding it all', () => {
    for (const bytes of [png(3, 5), jpeg(640, 480, { comments: 200_000 }), webpLossy(17, 19)])
      for (const encoding of ['base64', 'base64url'] as const)
        expect(imageSizeOf(base64Source(Buffer.from(bytes).toString(encoding)))).toEqual(sizeOf(bytes));
  });

  test('is read from a file', () => {
    const folder = folderWith({ 'a.png': png(7, 9), 'b.jpg': jpeg(640, 480, { comments: 200_000 }) });
    expect(readImageSize(join(folder, 'a.png'))).toEqual({ width: 7, height: 9 });
    expect(readImageSize(join(folder, 'b.jpg'))).toEqual({ width: 640, height: 480 });
  });
});

describe('no size', () => {
  test.each([
    ['nothing', new Uint8Array(0), 'no image format that is known'],
    ['text', Buffer.from('hello'), 'no image format that is known'],
    ['SVG', Buffer.from('<?xml version="1.0"?>\n<svg width="9" height="9"/>'), 'SVG has no size in pixels'],
    ['a PNG of no width', png(0, 480), 'says it is 0 x 480 pixels (PNG)'],
    ['a PNG that claims 2^31 pixels', png(2 ** 31, 1), 'says it is 2147483648 x 1 pixels (PNG)'],
    ['a JPEG that leaves its height open', jpeg(640, 0), 'says it is 640 x 0 pixels (JPEG)'],
    ['a cut PNG', png(640, 480).subarray(0, 20), 'damaged or cut short before its size (PNG)'],
    ['a cut JPEG', jpeg(640, 480).subarray(0, 40), 'damaged or cut short before its size (JPEG)'],
    [
      'a JPEG segment of length 0',
      Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0]),
      'damaged or cut short before its size (JPEG)',
    ],
    ['a HEIC without properties', heic([]), 'damaged or cut short before its size (AVIF or HEIC)'],
  ])('of %s, and why', (_name, bytes, unknown) => {
    expect(sizeOf(bytes)).toEqual({ unknown });
  });

  test('of what is no file', () => {
    const folder = folderWith();
    mkdirSync(join(folder, 'sub'));
    expect(readImageSize(join(folder, 'sub'))).toEqual({ unknown: 'not a regular file' });
    expect(readImageSize(join(folder, 'none'))).toEqual({ unknown: 'no such file or folder' });
  });

  test('bytes that go on at random after a header end in a size or a reason', () => {
    const heads = [
      png(1, 1),
      jpeg(1, 1),
      gif(1, 1),
      heic([[1, 1]]),
      webpLossy(1, 1),
      tiff({ 256: 1, 257: 1 }),
      bmp(1, 1),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.nat(60), fc.uint8Array({ maxLength: 300 }), (head, keep, rest) => {
        const found = sizeOf(Buffer.concat([head.subarray(0, keep), rest]));
        if ('unknown' in found) expect(found.unknown).toMatch(/./);
        else expect(Math.min(found.width, found.height)).toBeGreaterThan(0);
      }),
    );
  });

  test('a HEIC of endless boxes is left after some', () => {
    const folder = folderWith();
    const boxes = Buffer.alloc(4_000_000);
    for (let at = 0; at < boxes.length; at += 8) boxes.writeUInt32BE(8, at);
    writeFileSync(join(folder, 'a.heic'), Buffer.concat([heic([]).subarray(0, 16), boxes]));
    expect(readImageSize(join(folder, 'a.heic'))).toMatchObject({ unknown: expect.stringContaining('damaged') });
  });
});
