import { execFileSync } from 'node:child_process';
import { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hashFile } from '../../src/files/hash-file.js';
import { readSmallText } from '../../src/files/small-text.js';
import { folderWith } from './folder.js';
import { fileWith, jsonl, recordsOf } from './read-records.js';

describe('JSON lines', () => {
  test('blank lines are skipped and every record keeps its line', async () => {
    expect(await jsonl('\n{"a":1}\r\n \t\n\n{"b":2}')).toEqual([
      [2, { a: 1 }],
      [5, { b: 2 }],
    ]);
    expect(await jsonl('')).toEqual([]);
    expect(await jsonl('\n\n')).toEqual([]);
  });

  test('a broken line is rejected by itself, and its text is not repeated', async () => {
    expect(await jsonl('secret\n{"a":1}\n{"a":\n[{"a":1}]\nnull\n"x"\n{"a":1} {"b":2}\n')).toEqual([
      [1, 'is not valid JSON'],
      [2, { a: 1 }],
      [3, 'ends in the middle of a JSON value'],
      [4, 'is a JSON array, not an object'],
      [5, 'is a JSON null, not an object'],
      [6, 'is a JSON string, not an object'],
      [7, 'is not valid JSON'],
    ]);
  });

  test('a whole number beyond 2^53 becomes the text of its digits', async () => {
    const line =
      '{"max":9007199254740991,"id":9007199254740992,"neg":-12345678901234567890,"in":"a\\"9007199254740993","list":[true,9007199254740993,false],"real":1.5e300,"9007199254740993":1}';
    expect(await jsonl(line)).toEqual([
      [
        1,
        {
          max: 9007199254740991,
          id: '9007199254740992',
          neg: '-12345678901234567890',
          in: 'a"9007199254740993',
          list: [true, '9007199254740993', false],
          real: 1.5e300,
          '9007199254740993': 1,
        },
      ],
    ]);
  });

  test('deep nesting is rejected, brackets in strings do not count', async () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    const text = `{"a":"${'[{'.repeat(500)}\\\\","b":"\\"[["}`;
    const found = await jsonl([nested(100_000), nested(201), nested(200), text, '{"b":1}'].join('\n'));
    const tooDeep = 'is nested more than 200 levels deep';
    expect(found.map(([line, value]) => [line, typeof value === 'string' ? value : 'read'])).toEqual([
      [1, tooDeep],
      [2, tooDeep],
      [3, 'read'],
      [4, 'read'],
      [5, 'read'],
    ]);
  });

  test('a key named __proto__ is a key like any other', async () => {
    const [[, value] = []] = await jsonl('{"__proto__":{"polluted":1}}');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('a line of more than 16 MiB is rejected, the next one read', async () => {
    const long = 'x'.repeat(16 * 1024 * 1024);
    expect(await jsonl(`{"a":1}\n{"a":"${long}"}\n{"b":2}\n`)).toEqual([
      [1, { a: 1 }],
      [2, 'line is longer than 16 MiB'],
      [3, { b: 2 }],
    ]);
  });
});

describe('encodings and compression', () => {
  test('marks of UTF-8 and UTF-16 are understood, invalid UTF-8 is replaced', async () => {
    const text = '{"a":"模😀"}\n';
    const big = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    for (const content of [`\ufeff${text}`, Buffer.from(`\ufeff${text}`, 'utf16le'), big]) {
      expect(await jsonl(content)).toEqual([[1, { a: '模😀' }]]);
    }
    expect(await jsonl(Buffer.from([...Buffer.from('{"a":"'), 0xff, ...Buffer.from('"}')]))).toEqual([
      [1, { a: '\ufffd' }],
    ]);
  });

  test('a character cut by the end of a piece of the file is read whole', async () => {
    const text = `{"a":"${'x模'.repeat(200_000)}"}`; // 800 kB in pieces of 256 KiB
    expect(await jsonl(text)).toEqual([[1, JSON.parse(text)]]);
  });

  test('gzip is known by its first bytes, also several members in a row', async () => {
    const members = Buffer.concat([gzipSync('{"a":1}\n{"b"'), gzipSync(':2}\n')]);
    expect(await jsonl(members)).toEqual([
      [1, { a: 1 }],
      [2, { b: 2 }],
    ]);
  });

  test('damaged gzip is one error that names the file', async () => {
    const good = gzipSync('{"a":1}\n'.repeat(1000));
    const flipped = Buffer.from(good);
    flipped[good.length - 6]! ^= 1; // in the checksum
    for (const content of [
      good.subarray(0, -4),
      good.subarray(0, 12),
      flipped,
      Buffer.concat([good, Buffer.from('x')]),
    ]) {
      const path = fileWith(content);
      await expect(recordsOf(path, { kind: 'json', name: 'a.gz' })).rejects.toMatchObject({
        code: 'BROKEN_GZIP',
        place: { file: 'a.gz' },
      });
    }
  });

  test('a decompression bomb is one rejected line', async () => {
    expect(await jsonl(gzipSync(Buffer.alloc(100 * 1024 * 1024, 'a')))).toEqual([[1, 'line is longer than 16 MiB']]);
  });

  test('a binary file is an error', async () => {
    for (const content of [Buffer.from('PK\x03\x04abc'), Buffer.from('BZh91AY'), Buffer.from('a\0b,c\n')]) {
      await expect(jsonl(content)).rejects.toMatchObject({ code: 'NOT_RECORDS' });
    }
  });
});

test('metrics are one record, the whole text', async () => {
  const text = '# TYPE up gauge\nup 1\n';
  expect(await recordsOf(fileWith(gzipSync(text)), { kind: 'metrics' })).toEqual([[1, text]]);
  expect(await recordsOf(fileWith(' \n'), { kind: 'metrics' })).toEqual([]);
  const long = gzipSync(Buffer.alloc(65 * 1024 * 1024, 'up 1\n'));
  await expect(recordsOf(fileWith(long), { kind: 'metrics' })).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
});

describe('the file itself', () => {
  test('what cannot be opened is an error', async () => {
    const folder = folderWith();
    await expect(recordsOf(join(folder, 'nope'), { kind: 'table' })).rejects.toMatchObject({ code: 'PATH_NOT_FOUND' });
    await expect(recordsOf(folder, { kind: 'table' })).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test.skipIf(process.platform === 'win32')('a pipe is an error, not a wait', async () => {
    const pipe = join(folderWith(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(hashFile(pipe)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test('the hash is that of the bytes', async () => {
    // sha256("abc"), FIPS 180-2 appendix B.1
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(await hashFile(fileWith('abc'))).toMatchObject({ sha256, bytes: 3 });
  });

  test('a file that changed since it was hashed is an error', async () => {
    const path = fileWith('{"a":1}\n');
    const hashed = await hashFile(path);
    expect(await recordsOf(path, { kind: 'json', hashed })).toEqual([[1, { a: 1 }]]);
    utimesSync(path, 1, 1);
    await expect(recordsOf(path, { kind: 'json', hashed })).rejects.toMatchObject({ code: 'FILE_CHANGED' });
    writeFileSync(path, '{"c":1}\n{"b":2}\n'); // longer, and begins with something else
    await expect(recordsOf(path, { kind: 'json', hashed })).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  });

  test('a log that grew since it was hashed is read as far as it was hashed', async () => {
    const path = fileWith('{"a":1}\n');
    const hashed = await hashFile(path);
    appendFileSync(path, '{"b":2}\n');
    expect(await recordsOf(path, { kind: 'json', hashed })).toEqual([[1, { a: 1 }]]);
    const { sha256: _, ...state } = hashed;
    await expect(recordsOf(path, { kind: 'json', hashed: state })).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  });

  test('beginnings are hashed on the way, longest first, but not the whole', async () => {
    // sha256("abc"), FIPS 180-2 appendix B.1; sha256("") is the hash of nothing
    const { prefixes } = await hashFile(fileWith('abcd'), 'a', { prefixes: [3, 0, 3, 4, 9] });
    expect(prefixes.map(({ bytes, sha256 }) => [bytes, sha256.slice(0, 8)])).toEqual([
      [3, 'ba7816bf'],
      [0, 'e3b0c442'],
    ]);
    const { hashed } = (await readSmallText(fileWith('abcd'), 'a', [3, 0, 3, 4, 9]))!;
    expect(hashed.prefixes).toEqual(prefixes);
  });

  test.each([
    ['json', '{"a":1}\n\n', '{"b":2}\n', [[3, { b: 2 }]]],
    ['table', 'sep=;\na;b\n1;"x\ny"\n', '2;z\n', [[5, { a: '2', b: 'z' }]]],
  ] as const)('%s is read on where it ended', async (kind, before, after, expected) => {
    const ends: number[] = [];
    const onEnd = (line: number) => ends.push(line);
    await recordsOf(fileWith(before), { kind, onEnd });
    const from = { offset: before.length, line: ends[0]! };
    expect(await recordsOf(fileWith(before + after), { kind, from, onEnd })).toEqual(expected);
    expect(ends[1]).toBe(expected[0][0] + 1);
  });

  test.each([
    ['without a line break at its end', 'json', '{"a":1}'],
    ['of one document', 'json', '{\n"a":1}\n'],
    ['in UTF-16', 'json', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('{"a":1}\n', 'utf16le').swap16()])],
    ['that is packed', 'json', gzipSync('{"a":1}\n')],
  ] as const)('a file %s is not said to end', async (_, kind, content) => {
    const ends: number[] = [];
    await recordsOf(fileWith(content), { kind, onEnd: (line) => ends.push(line) });
    expect(ends).toEqual([]);
  });
});
