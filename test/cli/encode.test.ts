import { describe, expect, test } from 'vitest';
import { scene } from './scene.js';

describe('encode', () => {
  test('prints the ids of a file on one line, and decode gives the file back', async () => {
    const text = '\ufeffnaïve café 汉字 👍\r\n\ttabs';
    const { tokenhub } = scene({ 'a.txt': text });
    const { stdout, exitCode } = await tokenhub('encode', 'a.txt');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\d+( \d+)*\n$/);
    expect(await tokenhub('decode', ...stdout.trim().split(' '))).toEqual({ exitCode: 0, stdout: text, stderr: '' });
  });

  test('reads a pipe; nothing in it is an empty line', async () => {
    // "hello", " world" in o200k_base
    expect((await scene({}, { stdin: 'hello world' }).tokenhub('encode')).stdout).toBe('24912 2375\n');
    expect((await scene({}, { stdin: '' }).tokenhub('encode', '-')).stdout).toBe('\n');
  });

  test('shows the pieces with the tokens of each, blanks as dots', async () => {
    const { stdout } = await scene({ 'a.txt': 'hello tokenization' }).tokenhub('encode', 'a.txt', '--pieces');
    expect(stdout).toBe(
      [
        'piece          tokens  ids        parts',
        '─────────────  ──────  ─────────  ──────────────',
        'hello               1  24912      -',
        '·tokenization       2  6602 2860  ·token|ization',
        '─────────────  ──────  ─────────  ──────────────',
        'total               3',
        '',
        'o200k_base',
        '',
      ].join('\n'),
    );
  });

  test('has the documented keys in JSON', async () => {
    const at = scene({ 'a.txt': 'hello' });
    const facts = { tokenhub: expect.any(String), model: null, encoding: 'o200k_base', default: true, tokens: 1 };
    expect(await at.json('encode', 'a.txt')).toEqual({ schema: 'tokenhub.encode/v1', ...facts, ids: [24912] });
    expect(await at.json('encode', 'a.txt', '--pieces')).toEqual({
      schema: 'tokenhub.encode/v1',
      ...facts,
      ids: [24912],
      pieces: [{ text: 'hello', bytes: 5, ids: [24912], parts: ['hello'] }],
    });
    expect(await at.json('decode', '24912')).toEqual({ schema: 'tokenhub.decode/v1', ...facts, text: 'hello' });
  });

  test('reads special tokens as ordinary text, unless asked', async () => {
    const at = scene({ 'a.txt': '<|im_start|>' });
    expect((await at.json('encode', 'a.txt', '-m', 'qwen3-max')).tokens).toBeGreaterThan(1);
    expect((await at.json('encode', 'a.txt', '-m', 'qwen3-max', '--special')).ids).toEqual([151_644]);
  });

  test.each([
    [['a.txt', '-m', 'claude-opus-4-5'], 3, 'can only be counted approximately, so there are no ids to show'],
    [['a.txt', '-m', 'gpt-4o,gpt-4'], 2, '"gpt-4" is one too many'],
    [['a.txt', '-e', 'nope'], 2, 'no encoding of the name "nope" is known'],
    [['b.txt'], 2, 'b.txt'],
    [['.'], 2, 'more than one file'],
  ] as const)('refuses %j', async (argv, exitCode, message) => {
    const result = await scene({ 'a.txt': 'a', 'c.txt': 'c' }).tokenhub('encode', ...argv);
    expect(result).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(message) });
  });
});

describe('decode', () => {
  test.each(['24912 2375', '24912,2375', '[24912, 2375]', ' 24912\n2375\n'])('reads %j from a pipe', async (stdin) => {
    expect((await scene({}, { stdin }).tokenhub('decode')).stdout).toBe('hello world');
  });

  test('shows what each id stands for, and of a part of a character that it is none', async () => {
    const { pieces } = await scene({}).json('decode', '24912', '2375', '--pieces');
    expect(pieces).toEqual([
      { text: 'hello', bytes: 5, ids: [24912], parts: ['hello'] },
      { text: ' world', bytes: 6, ids: [2375], parts: [' world'] },
    ]);
  });

  test.each([
    [['encode', '--pieces'], 'a '.repeat(1024 * 1024 + 1), 'more than 2 MiB, too much for pieces'],
    [['encode', '--json'], 'a '.repeat(8 * 1024 * 1024 + 1), 'more than 16 MiB, too much for a list of ids'],
    [['decode', '--json'], '1 '.repeat(1_000_001), 'more than 1,000,000 ids, too much for pieces'],
  ])('%j refuses what would not fit in memory', async (argv, stdin, message) => {
    const result = await scene({}, { stdin }).tokenhub(...argv);
    expect(result).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) });
  });

  test('refuses more than it can hold, without reading it as ids', async () => {
    const result = await scene({}, { stdin: '1 '.repeat(33 * 1024 * 1024) }).tokenhub('decode');
    expect(result).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('more than 64 MiB') });
  });

  test.each([
    ['x', '"x" is no token id'],
    ['-1', '"-1" is no token id'],
    ['1.5', '"1.5" is no token id'],
    ['1e3', '"1e3" is no token id'],
    ['99999999999', '"99999999999" is no token id'],
    ['4000000', 'o200k_base has no token 4000000'],
  ])('refuses %s', async (word, message) => {
    const result = await scene({}).tokenhub('decode', word);
    expect(result).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) });
  });
});
