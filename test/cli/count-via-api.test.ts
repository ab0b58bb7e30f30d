import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Answering, json, provider, type Received } from '../files/provider.js';
import { type Files, scene } from './scene.js';

const KEY = 'sk-secret-0123456789';

/** Counts as a provider would: 7 tokens of wrapper and one for every character of the text. */
const counting: Answering = (response, { url, body }) =>
  url.startsWith('/v1beta/')
    ? json(response, 200, { totalTokens: body.contents[0].parts[0].text.length })
    : json(response, 200, { input_tokens: 7 + body.messages[0].content.length });

/** A folder with files, and both providers at one local address. */
async function sceneWithProvider(files: Files, answer: Answering = counting, env: Record<string, string> = {}) {
  const { address, received } = await provider(answer);
  const keys = { ANTHROPIC_API_KEY: KEY, GEMINI_API_KEY: KEY };
  const addresses = { ANTHROPIC_BASE_URL: address, GOOGLE_GEMINI_BASE_URL: `${address}/` };
  return { ...scene(files, { env: { ...keys, ...addresses, ...env } }), address, received };
}

const sentTexts = (received: readonly Received[]): string[] =>
  received.map(({ body }) => (body.contents ? body.contents[0].parts[0].text : body.messages[0].content)).sort();

describe('what is sent', () => {
  test('Anthropic gets the documented request, with the key in a header', async () => {
    const { tokenhub, received } = await sceneWithProvider({ 'a.md': 'hello' });
    const { exitCode } = await tokenhub('count', 'a.md', '-m', 'anthropic/claude-opus-4-5-20251101', '--via-api');
    expect(exitCode).toBe(0);
    expect(received).toEqual([
      {
        method: 'POST',
        url: '/v1/messages/count_tokens',
        headers: expect.objectContaining({
          'x-api-key': KEY,
          'anthropic-version': '2023-06-01',
          'content-type': 'application/json',
        }),
        body: { model: 'claude-opus-4-5-20251101', messages: [{ role: 'user', content: 'hello' }] },
      },
    ]);
  });

  test('Gemini gets the documented request, with the key in a header and not in the address', async () => {
    const { tokenhub, received } = await sceneWithProvider({ 'a.md': 'hello' });
    await tokenhub('count', 'a.md', '-m', 'gemini-2.5-pro', '--via-api');
    expect(received).toEqual([
      {
        method: 'POST',
        url: '/v1beta/models/gemini-2.5-pro:countTokens',
        headers: expect.objectContaining({ 'x-goog-api-key': KEY, 'content-type': 'application/json' }),
        body: { contents: [{ role: 'user', parts: [{ text: 'hello' }] }] },
      },
    ]);
  });

  test('nothing is sent without the flag', async () => {
    const { tokenhub, received } = await sceneWithProvider({ 'a.md': 'hello' });
    const { exitCode } = await tokenhub('count', 'a.md', '-m', 'claude-opus-4-5,gemini-2.5-pro');
    expect({ exitCode, received }).toEqual({ exitCode: 0, received: [] });
  });

  test('files and bytes are said before, once for every host', async () => {
    const { tokenhub, address } = await sceneWithProvider({ 'a.md': 'hello', 'b.md': '模型' });
    const { stderr } = await tokenhub('count', '.', '-m', 'claude-opus-4-5,claude-haiku-4-5', '--via-api');
    // 5 bytes and two characters of 3 bytes
    expect(stderr).toBe(`warning: --via-api sends 2 files, 11 bytes of text, to ${address}, unencrypted\n`);
  });

  test('invalid bytes are sent as U+FFFD, a byte order mark stays', async () => {
    const files = { 'latin.txt': Buffer.from('caf\u00e9', 'latin1'), 'bom.txt': '\ufeffhi' };
    const { tokenhub, received } = await sceneWithProvider(files);
    await tokenhub('count', '.', '-m', 'claude-opus-4-5', '--via-api');
    expect(sentTexts(received)).toEqual(['caf\ufffd', '\ufeffhi']);
  });

  test('an empty file is 0 without being asked for, white space alone is skipped for Anthropic', async () => {
    const files = { 'a.md': 'hello', 'blank.md': ' \n', 'empty.md': '' };
    const { json: body, tokenhub, received } = await sceneWithProvider(files);
    const counted = await body('count', '.', '-m', 'claude-opus-4-5', '--via-api');
    expect(counted.counts[0].rows).toEqual([
      { path: 'a.md', tokens: 12, bytes: 5 }, // 7 + 5
      { path: 'empty.md', tokens: 0, bytes: 0 },
    ]);
    expect(counted.notes).toEqual([{ path: 'empty.md', note: 'empty: 0 tokens, not sent' }]);
    expect(counted.skipped).toEqual([
      { path: 'blank.md', reason: "white space alone, which Anthropic's count_tokens refuses" },
    ]);
    expect(sentTexts(received)).toEqual(['hello']);
    expect((await tokenhub('count', 'blank.md', '-m', 'claude-opus-4-5', '--via-api')).exitCode).toBe(2);
    const gemini = await tokenhub('count', 'blank.md', '-m', 'gemini-2.5-pro', '--via-api', '--total-only');
    expect(gemini.stdout).toBe('2\n');
  });

  test('a text too large for a request is skipped and not sent', async () => {
    const { json: body, received } = await sceneWithProvider({ 'a.md': 'a', 'big.md': 'a'.repeat(20 * 1024 ** 2 + 1) });
    const { skipped } = await body('count', '.', '-m', 'claude-opus-4-5', '--via-api');
    expect(skipped).toEqual([{ path: 'big.md', reason: 'larger than 20 MiB, too large for one request' }]);
    expect(received).toHaveLength(1);
  });
});

test('sections are not sent one by one: that is an error before anything is', async () => {
  const { tokenhub, received } = await sceneWithProvider({ 'a.md': '# a' });
  const { exitCode, stderr } = await tokenhub('count', '.', '-m', 'claude-opus-4-5', '--via-api', '--by', 'section');
  expect({ exitCode, received }).toEqual({ exitCode: 2, received: [] });
  expect(stderr).toContain('is not for --via-api');
});

describe('what is printed', () => {
  const files = { 'a.md': 'a'.repeat(10), 'src/b.ts': 'b'.repeat(30), 'src/c.ts': 'c'.repeat(20) };

  test('a table that says who counted, and how', async () => {
    const { tokenhub } = await sceneWithProvider({ 'a.md': 'hello' });
    const { stdout } = await tokenhub('count', 'a.md', '-m', 'claude-opus-4-5', '--via-api');
    expect(stdout).toBe(
      [
        'file           claude-opus-4-5  bytes',
        '─────────────  ───────────────  ─────',
        'a.md                        12      5', // 7 of the wrapper, 5 of the text
        '─────────────  ───────────────  ─────',
        'total, 1 file               12      5',
        '',
        "claude-opus-4-5: counted by Anthropic's count_tokens, one user message per file, its wrapper included; approximate, band not stated",
        '',
      ].join('\n'),
    );
  });

  test('JSON with no encoding and no band, the source naming the endpoint', async () => {
    const { json: body } = await sceneWithProvider(files);
    const { counts } = await body('count', '.', '-m', 'gemini-2.5-pro', '--via-api');
    expect(counts).toEqual([
      {
        model: 'gemini-2.5-pro',
        encoding: null,
        default: false,
        method: 'approximate',
        band: null,
        source: expect.stringContaining("counted by Google's countTokens"),
        exactWith: null,
        total: { tokens: 60, files: 3, bytes: 60 }, // 10 + 30 + 20
        rows: [
          { path: 'src/b.ts', tokens: 30, bytes: 30 },
          { path: 'src/c.ts', tokens: 20, bytes: 20 },
          { path: 'a.md', tokens: 10, bytes: 10 },
        ],
        moreRows: 0,
      },
    ]);
  });

  test('every file gets its own answer, in whatever order the answers come', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `${String.fromCharCode(97 + i)}.md`);
    const texts = Object.fromEntries(names.map((name, i) => [name, 'x'.repeat(i + 1)]));
    const waiting: (() => void)[] = [];
    const { tokenhub } = await sceneWithProvider(texts, (response, request, nth) => {
      waiting.unshift(() => counting(response, request, nth));
      if (waiting.length === 4) for (const answer of waiting.splice(0)) answer();
    });
    const { stdout } = await tokenhub('count', '.', '-m', 'gemini-2.5-pro', '--via-api', '--format', 'csv');
    const expected = names.map((name, i) => `${name},${i + 1},${i + 1}`).reverse();
    expect(stdout).toBe(['file,gemini-2.5-pro,bytes', ...expected, ''].join('\n'));
  });

  test('--by, --top and --total-only as without the flag; models side by side', async () => {
    const { tokenhub, json: body } = await sceneWithProvider(files);
    const models = ['-m', 'claude-opus-4-5,gemini-2.5-pro', '--via-api'];
    const [claude, gemini] = (await body('count', '.', ...models, '--by', 'dir', '--top', '1')).counts;
    expect(claude.rows).toEqual([{ path: 'src', tokens: 64, bytes: 50 }]); // 7 + 30 + 7 + 20
    expect(gemini.rows).toEqual([{ path: 'src', tokens: 50, bytes: 50 }]);
    expect(claude.moreRows).toBe(1);
    const { stdout } = await tokenhub('count', '.', ...models, '--total-only');
    expect(stdout).toBe('claude-opus-4-5\t81\ngemini-2.5-pro\t60\n'); // 60 and 3 wrappers of 7; 60
  });

  test('-o writes a file, and never over an input', async () => {
    const { tokenhub, path, received } = await sceneWithProvider({ 'a.csv': 'hello' });
    const flags = ['-m', 'gemini-2.5-pro', '--via-api'];
    expect((await tokenhub('count', 'a.csv', ...flags, '-o', 'a.csv')).exitCode).toBe(2);
    expect(received).toEqual([]);
    expect((await tokenhub('count', 'a.csv', ...flags, '-o', 'out.csv')).exitCode).toBe(0);
    expect(readFileSync(path('out.csv'), 'utf8')).toBe('file,gemini-2.5-pro,bytes\na.csv,5,5\n');
  });
});

describe('mistakes', () => {
  test.each([
    [['-m', 'gpt-4o'], 'no provider\'s counting endpoint serves "gpt-4o"; those known: Anthropic (claude...), Google'],
    [['-m', 'claude-opus-4-5,qwen3-max'], 'no provider\'s counting endpoint serves "qwen3-max"'],
    [['-m', 'claude-opus-4-5?x=1'], 'no provider\'s counting endpoint serves "claude-opus-4-5?x=1"'],
    [['-e', 'o200k_base'], "option '--via-api' cannot be used with option '-e, --encoding <name>'"],
    [[], '--via-api: no model is named'],
  ])('%j exits 2 and sends nothing', async (flags, message) => {
    const { tokenhub, received } = await sceneWithProvider({ 'a.md': 'hello' });
    const { exitCode, stdout, stderr } = await tokenhub('count', 'a.md', '--via-api', ...flags);
    expect({ exitCode, stdout, received }).toEqual({ exitCode: 2, stdout: '', received: [] });
    expect(stderr).toContain(message);
  });

  test('no key exits 2, names the variable and sends nothing', async () => {
    const noKey = { ANTHROPIC_API_KEY: '' };
    const { tokenhub, received } = await sceneWithProvider({ 'a.md': 'hello' }, counting, noKey);
    const { exitCode, stderr } = await tokenhub('count', 'a.md', '-m', 'claude-opus-4-5', '--via-api');
    expect({ exitCode, received }).toEqual({ exitCode: 2, received: [] });
    expect(stderr).toContain('  set ANTHROPIC_API_KEY, or count here, without --via-api\n');
  });

  test('a refused file is named, and nothing is half printed', async () => {
    const { tokenhub } = await sceneWithProvider({ 'a.md': 'hello', 'b.md': 'refuse' }, (response, request, nth) =>
      request.body.messages[0].content === 'refuse'
        ? json(response, 400, { error: { message: 'prompt is too long' } })
        : counting(response, request, nth),
    );
    const { exitCode, stdout, stderr } = await tokenhub('count', '.', '-m', 'claude-opus-4-5', '--via-api');
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toContain('error: b.md: ');
    expect(stderr).toContain('refused with status 400: "prompt is too long"');
  });

  test.each([['table'], ['json']])('a refused key is not shown, --format %s', async (format) => {
    const { tokenhub } = await sceneWithProvider({ 'a.md': 'hello' }, (response, { headers }) =>
      json(response, 401, { error: { message: `no such key: ${headers['x-api-key']}` } }),
    );
    const flags = ['-m', 'claude-opus-4-5', '--via-api', '--format', format];
    const { exitCode, stdout, stderr } = await tokenhub('count', 'a.md', ...flags);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('check the key in ANTHROPIC_API_KEY');
    expect(stderr).not.toContain(KEY);
  });
});
