import { describe, expect, test } from 'vitest';
import { lfsContentOf } from '../../src/files/blob-id.js';

const OID = 'ab'.repeat(32);
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${OID}\nsize 9912345\n`;
const contentOf = (text: string): string | null => lfsContentOf(Buffer.from(text));

describe('a pointer of Git LFS', () => {
  test.each([
    ['as it is written', POINTER],
    ['without the last line end', POINTER.trimEnd()],
    ['after an empty line', `\n${POINTER}`],
    ['with line ends of Windows', POINTER.replaceAll('\n', '\r\n')],
    ['with capital digits', POINTER.replace(OID, OID.toUpperCase())],
    ['with an extension', POINTER.replace('oid', `ext-0-case sha256:${OID}\noid`)],
    ['of an older name', POINTER.replace('git-lfs.github.com', 'hawser.github.com')],
    ['of the oldest name', POINTER.replace('https://git-lfs.github.com/spec/v1', 'http://git-media.io/v/2')],
  ])('%s is one, as git-lfs reads it', (_, text) => {
    expect(contentOf(text)).toBe(OID);
  });

  test.each([
    ['a text about one', `Look:\n${POINTER}`],
    ['one that is followed by a text', `${POINTER}The rest is the prompt itself.\n# Rules`],
    ['one of another version', POINTER.replace('spec/v1', 'spec/v9')],
    ['one without an object', POINTER.replace(/oid.*\n/, '')],
    ['a text of 1,025 bytes', POINTER + ' '.repeat(1025 - POINTER.length)],
  ])('%s is none', (_, text) => {
    expect(contentOf(text)).toBeNull();
  });
});
