import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { spool } from '../../src/files/spool.js';

test('a stream becomes a file that only its owner may read, until it is disposed of', async () => {
  const { path, bytes, dispose } = await spool(Readable.from([Buffer.from('ab'), Buffer.from('c')]));
  expect([readFileSync(path, 'utf8'), bytes]).toEqual(['abc', 3]);
  if (process.platform !== 'win32') {
    expect([statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777]).toEqual([0o600, 0o700]);
  }
  await dispose();
  await dispose();
  expect(existsSync(dirname(path))).toBe(false);
});

test('a stream that breaks is an error', async () => {
  const broken = new Readable({ read: () => broken.destroy(new Error('pipe broke')) });
  await expect(spool(broken)).rejects.toThrow('pipe broke');
});

test('an empty stream is an empty file', async () => {
  const { bytes, dispose } = await spool(Readable.from([]));
  expect(bytes).toBe(0);
  await dispose();
});
