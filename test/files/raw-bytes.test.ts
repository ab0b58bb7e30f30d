import { writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readRaw } from '../../src/files/raw-bytes.js';
import { sharedScene } from '../cli/scene.js';

const SIZE = 700_000; // more than a few chunks
const { path } = sharedScene({});
const file = path('bytes');
const bytes = Buffer.from(Array.from({ length: SIZE }, (_, i) => i % 251));
writeFileSync(file, bytes);

async function all(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

test('a range is read whole and in order, and told of as it is read', async () => {
  await using handle = await open(file);
  let told = 0;
  const read = await all(readRaw(handle, 'f', { start: 5, end: 600_001 }, (count) => (told += count)));
  expect(read.equals(bytes.subarray(5, 600_001))).toBe(true);
  expect(told).toBe(599_996); // 600,001 - 5
  expect((await all(readRaw(handle, 'f'))).equals(bytes)).toBe(true);
  expect(await all(readRaw(handle, 'f', { start: 9, end: 9 }))).toHaveLength(0);
});

/** The file, whose reads are counted while they last; the one of this number fails. */
function watched(handle: FileHandle, failing = 0) {
  const reads = { begun: 0, pending: 0 };
  const read = async (...args: Parameters<FileHandle['read']>) => {
    reads.begun += 1;
    reads.pending += 1;
    const isFailing = reads.begun === failing;
    try {
      const result = await handle.read(...args);
      if (isFailing) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      return result;
    } finally {
      reads.pending -= 1;
    }
  };
  return { reads, watching: { read } as unknown as FileHandle };
}

test('what was read before a failure is given first', async () => {
  await using handle = await open(file);
  const { reads, watching } = watched(handle, 2);
  const chunks = readRaw(watching, 'f');
  const first = await chunks.next();
  while (reads.pending > 0) await nextTurn();
  await nextTurn(); // the next read has failed, and nobody has asked for it
  expect(bytes.subarray(0, first.value!.length).equals(first.value!)).toBe(true);
  await expect(chunks.next()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});

test('nothing is being read any more when the reading is given up', async () => {
  await using handle = await open(file);
  const { reads, watching } = watched(handle);
  for await (const _ of readRaw(watching, 'f')) break;
  expect(reads).toEqual({ begun: 2, pending: 0 });
});
