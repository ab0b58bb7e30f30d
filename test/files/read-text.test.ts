import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTextFile, textFromBytes } from '../../src/files/read-text.js';
import { folderWith } from './folder.js';

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : part)));
const read = (content: Uint8Array) => {
  const fromFile = readTextFile(join(folderWith({ file: content }), 'file'));
  expect(plain(textFromBytes(content))).toEqual(plain(fromFile)); // standard input is read by the same rules
  return plain(fromFile);
};
const plain = (text: ReturnType<typeof readTextFile>) =>
  'skipped' in text ? text.skipped : [Buffer.from(text.utf8).toString(), text.bytes, text.note];

test('UTF-8 is taken as it is, its byte order mark too', () => {
  expect(read(bytes(''))).toEqual(['', 0, null]);
  expect(read(bytes('模型 😀\r\n'))).toEqual(['模型 😀\r\n', 13, null]); // 3+3 +1 +4 +2
  expect(read(bytes([0xef, 0xbb, 0xbf], 'a'))).toEqual(['\ufeffa', 4, null]);
});

test('UTF-16 with a byte order mark is decoded and noted', () => {
  const note = 'UTF-16, counted as UTF-8';
  expect(read(bytes([0xff, 0xfe, 0x61, 0, 0x3d, 0xd8, 0, 0xde]))).toEqual(['a😀', 8, note]);
  expect(read(bytes([0xfe, 0xff, 0, 0x61, 0x6a, 0x21]))).toEqual(['a模', 6, note]);
  expect(read(bytes([0xff, 0xfe]))).toEqual(['', 2, note]);
  expect(read(bytes([0xff, 0xfe, 0x61]))).toEqual(['\ufffd', 3, note]); // half a unit
});

test('invalid UTF-8 is decoded as the web decodes it, and noted', () => {
  const note = 'not UTF-8: invalid bytes counted as U+FFFD';
  expect(read(bytes('a', [0xff], 'b'))).toEqual(['a\ufffdb', 3, note]);
  expect(read(bytes([0xe6, 0xa8]))).toEqual(['\ufffd', 2, note]); // a character cut short is one replacement
  expect(read(bytes([0xed, 0xa0, 0x80]))).toEqual(['\ufffd\ufffd\ufffd', 3, note]); // a surrogate is three
  expect(read(bytes([0xef, 0xbb, 0xbf, 0xff]))).toEqual(['\ufeff\ufffd', 4, note]);
});

test('a NUL in the first 8,000 bytes makes a file binary, as git has it', () => {
  expect(read(bytes('a'.repeat(7999), [0]))).toBe('binary');
  expect(read(bytes('a'.repeat(8000), [0]))).toEqual([`${'a'.repeat(8000)}\0`, 8001, null]);
  expect(read(bytes([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]))).toBe('binary'); // UTF-32
});

test('a file of 256 MiB and one byte is too large, without being read', () => {
  const folder = folderWith({ large: '' });
  truncateSync(join(folder, 'large'), 257 * 1024 * 1024);
  expect(readTextFile(join(folder, 'large'))).toEqual({ skipped: 'larger than 256 MiB' });
});

test.skipIf(process.platform === 'win32')('pipes, devices and folders are never opened', () => {
  const folder = folderWith();
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  mkdirSync(join(folder, 'folder'));
  for (const path of [join(folder, 'pipe'), join(folder, 'folder'), '/dev/zero', '/dev/null']) {
    expect(readTextFile(path)).toEqual({ skipped: 'not a regular file' });
  }
});

test('a file that is gone has that reason', () => {
  expect(readTextFile(join(folderWith(), 'nope'))).toEqual({ skipped: 'no such file or folder' });
});

test.skipIf(process.platform !== 'linux')('a file that says it is empty is read to its end', () => {
  expect(readTextFile('/proc/self/status')).toMatchObject({ note: null, bytes: expect.toSatisfy((n) => n > 100) });
});

// root may read everything
test.skipIf(process.getuid?.() === 0)('a file one may not read has that reason', () => {
  const file = join(folderWith({ shut: 'a' }), 'shut');
  chmodSync(file, 0o000);
  expect(readTextFile(file)).toEqual({ skipped: 'permission denied' });
});
