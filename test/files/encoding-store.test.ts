import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadEncoding } from '../../src/files/encoding-store.js';
import { readEncoding } from '../../src/files/open-tables.js';
import { encodingNamed } from '../../src/tokenizer/encodings.js';
import { utf8 } from '../../src/tokenizer/utf8.js';
import { tablesOf } from '../tokenizer/built-encodings.js';

const folder = mkdtempSync(join(tmpdir(), 'tokenhub-encodings-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('an encoding is opened once', () => {
  tablesOf('r50k_base');
  expect(loadEncoding('r50k_base')).toBe(loadEncoding('r50k_base'));
  expect(loadEncoding('r50k_base').count(utf8('hello world'))).toBe(2);
});

test('tables that are not there are one error that says how to make them', () => {
  const file = join(folder, 'missing.bin');
  expect(() => readEncoding('o200k_base', encodingNamed('o200k_base'), file)).toThrow(
    expect.objectContaining({
      code: 'ENCODING_MISSING',
      exitCode: 3,
      place: { file },
      hint: expect.stringContaining('npm run build'),
    }),
  );
});

test('tables that are damaged are an error that names the file', () => {
  const file = join(folder, 'damaged.bin');
  writeFileSync(file, 'not a vocabulary at all, but long enough');
  expect(() => readEncoding('o200k_base', encodingNamed('o200k_base'), file)).toThrow(
    expect.objectContaining({ code: 'ENCODING_DAMAGED', place: { file } }),
  );
});
