import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hashMember } from '../../src/files/hash-file.js';
import { openZip } from '../../src/files/zip-archive.js';
import { fileWith, recordsOf } from './read-records.js';
import { type Member, type ZipOptions, zipOf } from './zip-of.js';

const zipWith = (members: readonly Member[], options?: ZipOptions): string => fileWith(zipOf(members, options));

/** Records of every member, each read as JSON lines. */
async function contentsOf(path: string): Promise<[string, unknown][]> {
  const { members } = await openZip(path, 'a.zip');
  const found: [string, unknown][] = [];
  for (const member of members) {
    const name = `a.zip/${member.name}`;
    found.push([member.name, await recordsOf(path, { kind: 'json', name, member })]);
  }
  return found;
}

const one = (n: number): string => `{"n":${n}}\n`;
const read = (n: number) => [[1, { n }]];

/** Code and message of what opening, hashing or reading a file throws. */
const failureOf = (path: string): Promise<unknown> =>
  contentsOf(path).then(
    () => 'read',
    ({ code, message, place }) => [code, message, place.file],
  );

describe('members', () => {
  test('are listed in order without folders, and read whether stored, deflated, or sized after their content', async () => {
    const path = zipWith([
      { name: 'folder/', method: 0 },
      { name: 'folder/a.jsonl', content: one(1), method: 0 },
      { name: 'b.jsonl', content: one(2) },
      { name: 'c.jsonl', content: one(3), flags: 8 },
    ]);
    expect(await contentsOf(path)).toEqual([
      ['folder/a.jsonl', read(1)],
      ['b.jsonl', read(2)],
      ['c.jsonl', read(3)],
    ]);
  });

  test('are found behind other bytes, before a comment, and in a zip64 archive', async () => {
    const members = [{ name: 'a.jsonl', content: one(1) }];
    const before = Buffer.from('#!/bin/sh\nexit\n');
    for (const options of [
      { before },
      { comment: 'PK\x05\x06 made by hand' },
      { isZip64: true },
      { isZip64: true, before },
    ])
      expect(await contentsOf(zipWith(members, options))).toEqual([['a.jsonl', read(1)]]);
    const wide = [
      { name: 'w.jsonl', content: one(1), isWide: true },
      { name: 'x.jsonl', content: one(2), isWide: true },
    ];
    expect(await contentsOf(zipWith(wide, { isZip64: true }))).toEqual([
      ['w.jsonl', read(1)],
      ['x.jsonl', read(2)],
    ]);
  });

  test('have names in UTF-8, said or not, or in GBK, as archives made in China do', async () => {
    const gbk = Buffer.from([0xd5, 0xcb, 0xb5, 0xa5]); // U+8D26 U+5355
    const extra = Buffer.concat([Buffer.from([0x75, 0x70, 11, 0, 1, 0, 0, 0, 0]), Buffer.from('模型')]);
    const { members } = await openZip(
      zipWith([
        { name: '账单', flags: 0x800 },
        { name: '账单.csv' },
        { name: gbk },
        { name: 'x', extra },
        { name: Buffer.from([0xff, 0x2e]) },
      ]),
      'a.zip',
    );
    expect(members.map(({ name }) => name)).toEqual(['账单', '账单.csv', '账单', '模型', 'ÿ.']);
  });

  test('say when they were written where the archive tells a zone', async () => {
    const extra = Buffer.from([0x55, 0x54, 5, 0, 1, 0x00, 0xca, 0x9a, 0x3b]); // 1_000_000_000 s
    const { members } = await openZip(zipWith([{ name: 'a', extra }, { name: 'b' }]), 'a.zip');
    expect(members.map(({ modified }) => modified)).toEqual([1_000_000_000_000, null]);
  });

  test('are hashed by their own bytes', async () => {
    const path = zipWith([{ name: 'a', content: 'abc' }]);
    const { members } = await openZip(path, 'a.zip');
    // sha256("abc"), FIPS 180-2 appendix B.1
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(await hashMember(path, members[0]!, 'a.zip/a')).toMatchObject({ sha256, bytes: 3 });
  });
});

describe('what is wrong with an archive is one error', () => {
  const content = one(1).repeat(5000);

  test('a truncated one', async () => {
    const whole = zipOf([{ name: 'a', content }]);
    expect(await failureOf(fileWith(whole.subarray(0, whole.length - 30)))).toEqual([
      'BROKEN_ZIP',
      'is truncated or damaged zip: its directory, which stands at the end, is missing',
      'a.zip',
    ]);
    expect(await failureOf(fileWith(whole.subarray(100)))).toMatchObject(['BROKEN_ZIP', expect.any(String), 'a.zip']);
  });

  test('damaged content, by its checksum, and content of another size than stated', async () => {
    expect(await failureOf(zipWith([{ name: 'a', content, crc: 1 }]))).toEqual([
      'BROKEN_ZIP',
      'is truncated or damaged zip: its checksum is wrong',
      'a.zip/a',
    ]);
    expect(await failureOf(zipWith([{ name: 'a', content, bytes: 10 }]))).toMatchObject([
      'BROKEN_ZIP',
      'is truncated or damaged zip: holds more than the 10 bytes it says',
      'a.zip/a',
    ]);
    expect(await failureOf(zipWith([{ name: 'a', content, bytes: 50_000 }]))).toMatchObject([
      'BROKEN_ZIP',
      'is truncated or damaged zip: holds 40000 bytes and says 50000', // 5000 lines of 8
      'a.zip/a',
    ]);
    const damaged = zipOf([{ name: 'a', content }]);
    damaged.fill(0xff, 35, 60);
    expect(await failureOf(fileWith(damaged))).toMatchObject(['BROKEN_ZIP', expect.any(String), 'a.zip/a']);
  });

  test('an encrypted member, one of a method nobody reads, a part of several, and a workbook', async () => {
    const cases: [Buffer, string][] = [
      [zipOf([{ name: 'a', flags: 1 }]), 'cannot be unpacked: it is encrypted'],
      [zipOf([{ name: 'a', content, method: 14 }]), 'cannot be unpacked: it is packed by method 14, not by deflate'],
      [zipOf([{ name: '[Content_Types].xml' }]), 'cannot be unpacked: it is a workbook or document of Office'],
    ];
    const part = zipOf([{ name: 'a' }]);
    part.writeUInt16LE(1, part.length - 18);
    cases.push([part, 'cannot be unpacked: it is one part of an archive in several']);
    for (const [bytes, message] of cases)
      expect(await failureOf(fileWith(bytes))).toMatchObject(['CANNOT_UNPACK', message, expect.any(String)]);
  });

  test('one that would become far more than it is, before anything of it is unpacked', async () => {
    const gigabyte = 2 ** 30;
    expect(await failureOf(zipWith([{ name: 'a', content, bytes: gigabyte }]))).toMatchObject([
      'CANNOT_UNPACK',
      expect.stringMatching(
        /^cannot be unpacked: its \d+ bytes would become 1073741824, as in an archive made to do harm$/,
      ),
      'a.zip',
    ]);
  });

  test('one whose members lie over each other', async () => {
    expect(
      await failureOf(
        zipWith([
          { name: 'a', content },
          { name: 'b', content, over: 0 },
        ]),
      ),
    ).toEqual(['BROKEN_ZIP', 'is truncated or damaged zip: its members lie over each other', 'a.zip']);
  });

  test('one that changed since its member was hashed', async () => {
    const path = zipWith([{ name: 'a', content }]);
    const { members, state } = await openZip(path, 'a.zip');
    writeFileSync(path, zipOf([{ name: 'a', content: one(2) }]));
    const options = { kind: 'json', name: 'a.zip/a', member: members[0]!, hashed: state } as const;
    await expect(recordsOf(path, options)).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  });

  test('an archive in an archive, gzip in an archive, and an archive read as if it were a file', async () => {
    const inner = zipOf([{ name: 'a', content }]);
    for (const packed of [inner, gzipSync(content)])
      expect(await failureOf(zipWith([{ name: 'a', content: packed }]))).toMatchObject([
        'NOT_RECORDS',
        expect.any(String),
        'a.zip/a',
      ]);
    await expect(recordsOf(fileWith(inner), { kind: 'json' })).rejects.toMatchObject({ code: 'NOT_RECORDS' });
  });

  test.each([...Array(40).keys()])(
    'one damaged at random (%i) is read or an error, never a hang or a crash',
    async (seed) => {
      const bytes = zipOf(
        [
          { name: 'a', content },
          { name: 'b', content, isWide: true },
        ],
        { isZip64: seed % 2 === 0 },
      );
      let state = seed + 1;
      const next = (limit: number): number => {
        state = (state * 48_271) % 2_147_483_647;
        return state % limit;
      };
      for (let i = 0; i < 5; i++) bytes[bytes.length - 1 - next(Math.min(bytes.length, 400))] = next(256);
      const outcome = await failureOf(fileWith(bytes));
      expect(outcome === 'read' || ['BROKEN_ZIP', 'CANNOT_UNPACK'].includes((outcome as string[])[0]!)).toBe(true);
    },
  );
});
