import * as zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { verifyCompressed } from '../../src/files/verify-compressed.js';
import { fileWith, jsonl, recordsOf } from './read-records.js';

/** Two frames in a row, as `zstd` 1.5 writes them: {"a":1} and {"b":2}, each a line. */
const TWO_FRAMES = Buffer.from('KLUv/QRYQQAAeyJhIjoxfQri7+zgKLUv/QRYQQAAeyJiIjoyfQoE7lfA', 'base64');
/** A frame to be skipped, as pzstd writes one before each other: its content is 4 bytes. */
const SKIPPED = Buffer.from('502a4d1804000000deadbeef', 'hex');
const isKnown = 'createZstdDecompress' in zlib;

test.skipIf(!isKnown)('zstd is known by its first bytes, also several frames in a row', async () => {
  for (const content of [TWO_FRAMES, Buffer.concat([SKIPPED, TWO_FRAMES, SKIPPED])])
    expect(await jsonl(content)).toEqual([
      [1, { a: 1 }],
      [2, { b: 2 }],
    ]);
});

test.skipIf(!isKnown)('damaged zstd is one error that names the file, found before anything is used', async () => {
  const flipped = Buffer.from(TWO_FRAMES);
  flipped[flipped.length - 2]! ^= 1; // in the checksum
  for (const content of [
    TWO_FRAMES.subarray(0, -4),
    TWO_FRAMES.subarray(0, 8),
    flipped,
    Buffer.concat([TWO_FRAMES, SKIPPED.subarray(4)]),
  ]) {
    const path = fileWith(content);
    const expected = { code: 'BROKEN_ZSTD', place: { file: 'a.zst' } };
    await expect(recordsOf(path, { kind: 'json', name: 'a.zst' })).rejects.toMatchObject(expected);
    await expect(verifyCompressed(path, 'a.zst')).rejects.toMatchObject(expected);
  }
});

test.skipIf(isKnown)('zstd that this Node does not know is an error that says what to type', async () => {
  await expect(recordsOf(fileWith(TWO_FRAMES), { kind: 'json', name: 'a.zst' })).rejects.toMatchObject({
    code: 'CANNOT_UNPACK',
    message: `cannot be unpacked: it is zstd, which Node ${process.versions.node} does not know`,
    hint: 'run: zstd -d a.zst, or use Node 22.15 or later',
  });
});
