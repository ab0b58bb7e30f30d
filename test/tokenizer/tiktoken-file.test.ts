import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { tokensOf } from '../../scripts/encodings.js';
import { bytesOfBase64 } from '../../src/tokenizer/base64.js';
import type { TokenList } from '../../src/tokenizer/compile.js';
import { tiktokenDefinition } from '../../src/tokenizer/tiktoken-definition.js';
import { readPackedRanks, readTiktokenLines } from '../../src/tokenizer/tiktoken-file.js';
import { data } from './built-encodings.js';
import { tiktokenLines } from './vocabulary-files.js';

const shownTokens = (tokens: TokenList): (string | null)[] =>
  tokens.map((token) => (token === null ? null : Buffer.from(token).toString('latin1')));

test('lines of base64 and rank are tokens; ranks nobody has are holes; CRLF and blank lines do no harm', () => {
  // "YQ==" is a, "YmM=" is bc
  expect(shownTokens(readTiktokenLines('YQ== 0\r\n\nYmM= 3\n'))).toEqual(['a', null, null, 'bc']);
});

test('packed ranks count on from the number in front of them', () => {
  expect(shownTokens(readPackedRanks('! 1 YQ== YmM=\n! 5 Yg==\n'))).toEqual([null, 'a', 'bc', null, null, 'b']);
});

test.each([
  ['YQ==', 1],
  ['YQ== 0\nYQ= 1', 2],
  ['YQ== 0\n\nYQ== x', 3],
  ['YQ== -1', 1],
  ['YQ== 9999999', 1],
  ['YQ== 1e3', 1],
  [`${'YWFh'.repeat(2000)} 0`, 1],
  ['hello world 1', 1],
])('%j is refused at line %i', (text, line) => {
  expect(() => readTiktokenLines(text)).toThrow(
    expect.objectContaining({ code: 'BAD_ENCODING_FILE', exitCode: 2, place: { line } }),
  );
});

test('a rank that is there twice is refused', () => {
  expect(() => readTiktokenLines('YQ== 0\nYg== 0\n')).toThrow(/two tokens have the rank 0/);
  expect(() => readPackedRanks('! 0 YQ==\n! 0 Yg==\n')).toThrow(/two tokens have the rank 0/);
  expect(() => readPackedRanks('! 99999999 YQ==\n')).toThrow(/no usable number/);
});

test('base64 is read with its padding or not at all', () => {
  expect(bytesOfBase64('AP+/')).toEqual(Uint8Array.of(0x00, 0xff, 0xbf));
  expect(bytesOfBase64('')).toEqual(new Uint8Array());
  for (const text of ['A', 'AA', 'AAA', 'A===', 'AA-_', 'AAAA ']) expect(bytesOfBase64(text)).toBeNull();
});

test.each([
  ['o200k_base', 'o200k', 'none'],
  ['cl100k_base', 'cl100k', 'none'],
  ['p50k_base', 'r50k', 'none'],
  ['r50k_base', 'r50k', 'none'],
  ['qwen', 'qwen', 'NFC'],
] as const)('the published file of %s is known by its hash', (name, pattern, normalization) => {
  const tokens = tokensOf(name, data);
  const line = (token: Uint8Array, rank: number) => `${Buffer.from(token).toString('base64')} ${rank}\n`;
  const written = (list: TokenList) => list.map((token, rank) => (token === null ? '' : line(token, rank))).join('');
  const text = written(tokens);
  const sha256 = createHash('sha256').update(text).digest('hex');
  expect(written(readTiktokenLines(text)) === text).toBe(true);
  expect(tiktokenDefinition(tokens, sha256, null)).toMatchObject({ pattern, normalization });
  expect(() => tiktokenDefinition(tokens, sha256, 'tekken')).toThrow(/published file/);
});

test('another file needs its pattern named; that of Qwen brings its normalization', () => {
  const tokens = readTiktokenLines(tiktokenLines(['ab']));
  expect(() => tiktokenDefinition(tokens, '0', null)).toThrow(
    expect.objectContaining({ code: 'BAD_ENCODING_FILE', hint: expect.stringContaining('--pattern r50k|cl100k') }),
  );
  expect(tiktokenDefinition(tokens, '0', 'cl100k')).toMatchObject({ pattern: 'cl100k', normalization: 'none' });
  expect(tiktokenDefinition(tokens, '0', 'qwen35')).toMatchObject({ pattern: 'qwen35', normalization: 'NFC' });
});
