import { symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from './memory-io.js';
import { type Body, type Files, scene } from './scene.js';
import { tokens } from './token-text.js';

const CONFIG = 'tokenhub.config.yaml';
const budgets = (...lines: readonly string[]): string =>
  `budgets:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`;

const verdictsOf = ({ stdout }: { stdout: string }): string[] =>
  JSON.parse(stdout).verdicts.map(({ level, code, path, measured }: Body) => `${level} ${code} ${path} ${measured}`);

describe('check with paths and --max', () => {
  const FILES: Files = { 'prompts/a.md': tokens(10), 'prompts/b.md': tokens(20), 'c.md': tokens(30) };

  test.each([
    [['prompts/', '--max', '20 tokens'], 0, ['ok TH000 prompts/a.md 10', 'ok TH000 prompts/b.md 20']],
    [['prompts/', '--max', '19 tokens'], 1, ['ok TH000 prompts/a.md 10', 'error TH001 prompts/b.md 20']],
    [
      ['**/*.md', '!c.md', '--max', '20 tokens', '--warn', '60%'],
      0,
      ['ok TH000 prompts/a.md 10', 'warn TH002 prompts/b.md 20'],
    ],
    [['prompts', 'c.md', '--scope', 'total', '--max', '59 tokens'], 1, ['error TH001 null 60']],
    [['c.md', '--max', '1 tokens', '-m', 'gpt-4o', '--fail-on', 'never'], 0, ['error TH001 c.md 30']],
    [['*.txt', '--max', '1 tokens'], 3, ['unknown TH004 null null']],
  ])('judges %j', async (words, exitCode, verdicts) => {
    const ran = await scene(FILES).tokenhub('check', '--json', ...words);
    expect([ran.exitCode, verdictsOf(ran)]).toEqual([exitCode, verdicts]);
  });

  test('does not read the config, whatever is wrong with it', async () => {
    const { exitCode, stderr } = await scene({ ...FILES, [CONFIG]: 'budgets: [' }).tokenhub(
      'check',
      'c.md',
      '--max',
      '8k tokens',
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  test('is named after the paths, and stands on the command line', async () => {
    const body = await scene(FILES).json(
      'check',
      'c.md',
      'prompts',
      'prompts/a.md',
      'prompts/b.md',
      '--max',
      '8k tokens',
    );
    expect(body.verdicts[0]).toMatchObject({
      budget: 'c.md prompts prompts/a.md and 1 more',
      config: { file: 'command line' },
    });
  });

  test.each([
    [['--max', '8k tokens'], '--max: "8k tokens" is a limit of no files', 'tokenhub check prompts/ --max "8k tokens"'],
    [['c.md'], '"c.md" has no limit to be judged by', 'add one, such as --max "8k tokens"'],
    [['-m', 'gpt-4o'], '--model has no limit', 'add one, such as --max'],
    [['--messages'], '--messages has no limit', 'add one, such as --max'],
    [['c.md', '--max', '8k tokens', '--only', 'x'], '--only: "x" chooses among budgets of the config', 'leave it out'],
    [['c.md', '--max', '8k tokens', '--kind', 'ledger'], '--kind: "ledger" leaves nothing', 'leave it out'],
    [['c.md', '--max', '8k'], '--max: "8k" is no limit', 'write 2k tokens'],
    [['c.md', '--max', '1 USD'], '--max: "1 USD" depends on a model', 'add -m <model>'],
    [['c.md', '--max', '5% of context'], '--max: "5% of context" depends on a model', 'add -m <model>'],
    [
      ['c.md', '--max', '8k tokens', '--warn', '9k tokens'],
      '--warn: "9k tokens" is above max',
      'use a share such as 80%',
    ],
    [
      ['c.md', '--max', '8k tokens', '-m', 'gpt-4o', '-e', 'qwen3'],
      '--encoding: "qwen3" stands beside --model',
      'keep one',
    ],
    [['nope.md', '--max', '8k tokens'], 'there is no file or folder "nope.md"', 'check the spelling'],
    [['c.md', '--max', '8k tokens', '-m', 'gpt-nine'], 'gpt-nine', ''],
  ])('%j exits 2 and says what to type', async (words, message, hint) => {
    const { exitCode, stdout, stderr } = await scene(FILES).tokenhub('check', ...words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  test('does not write over what it judges', async () => {
    const at = scene(FILES);
    const { exitCode, stderr } = await at.tokenhub('check', 'c.md', '--max', '8k tokens', '-o', 'c.md');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('not overwritten')]);
  });
});

describe('standard input', () => {
  const piped = (stdin: string, ...words: string[]) =>
    run(['check', '-', '--json', ...words], { stdin, cwd: scene().folder });

  test('is one text, named - beside files or alone', async () => {
    const over = await piped(tokens(30), '--max', '29 tokens');
    expect([over.exitCode, verdictsOf(over)]).toEqual([1, ['error TH001 (standard input) 30']]);
    const { folder } = scene({ 'a.md': tokens(5) });
    const both = await run(['check', 'a.md', '-', '--json', '--scope', 'total', '--max', '35 tokens'], {
      stdin: tokens(30),
      cwd: folder,
    });
    expect([both.exitCode, verdictsOf(both)]).toEqual([0, ['ok TH000 null 35']]);
  });

  test('may be messages', async () => {
    const request = JSON.stringify({ messages: [{ role: 'user', content: 'hi' }] });
    expect(verdictsOf(await piped(request, '--messages', '-m', 'gpt-4o', '--max', '8 tokens'))).toEqual([
      'ok TH000 (standard input) 8',
    ]);
  });

  test('of nothing is unknown, for a command before the pipe may have failed', async () => {
    const empty = await piped('', '--max', '8 tokens');
    expect([empty.exitCode, verdictsOf(empty)]).toEqual([3, ['unknown TH005 (standard input) null']]);
    expect(JSON.parse(empty.stdout).verdicts[0]).toMatchObject({
      message: '(standard input) was not counted: it is empty',
      hint: expect.stringContaining('set -o pipefail'),
    });
    const { exitCode, stderr } = await piped('', '--max', '8 tokens', '--allow-unknown');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  test('is not read unless it is named: a job without a terminal has one, too', async () => {
    const { exitCode, stderr } = await run(['check', '--max', '8 tokens'], { stdin: 'a', cwd: scene().folder });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('or - for standard input')]);
  });
});

describe('scope: section', () => {
  test('judges every section of a Markdown file by itself, as count --by section has them', async () => {
    const text = `intro\n# One\n${tokens(20)}\n## Two\nx\n# One\ny\n`;
    const at = scene({ 'a.md': text, [CONFIG]: budgets('name: s, paths: [a.md], scope: section, max: 10 tokens') });
    const sections = (await at.json('count', 'a.md', '--by', 'section')).counts[0].rows
      .filter(({ kind }: Body) => kind === 'section')
      .sort((a: Body, b: Body) => a.line - b.line)
      .map(({ tokens: each }: Body) => each);
    const ran = await at.tokenhub('check', '--json');
    expect(ran.exitCode).toBe(1);
    const verdicts = JSON.parse(ran.stdout).verdicts;
    expect(verdicts.map(({ measured }: Body) => measured)).toEqual(sections);
    expect(verdicts.map(({ level }: Body) => level)).toEqual(['ok', 'error', 'ok', 'ok']);
  });

  test('judges whole what has no sections: no Markdown, or none with headings', async () => {
    const files = { 'a.md': tokens(20), 'b.txt': `# One\n# Two\n${tokens(20)}` };
    const at = scene({ ...files, [CONFIG]: budgets('name: s, paths: [a.md, b.txt], scope: section, max: 1k tokens') });
    // # One, line break, # Two, line break: 3 tokens each
    expect(verdictsOf(await at.tokenhub('check', '--json'))).toEqual(['ok TH000 a.md 20', 'ok TH000 b.txt 26']);
  });
});

describe('messages: true', () => {
  const hi = { role: 'user', content: 'hi' };
  const tool = { name: 'f', description: 'Does', inputSchema: { type: 'object', properties: {} } };
  const check = (files: Files, facts = 'model: gpt-4o') =>
    scene({ ...files, [CONFIG]: budgets(`name: chat, paths: ["*.json*"], messages: true, max: 12 tokens, ${facts}`) });

  test('counts what count --messages does: all requests of a file together', async () => {
    const at = check({
      'one.json': JSON.stringify({ messages: [hi] }),
      'two.jsonl': `${JSON.stringify({ messages: [hi] })}\n`.repeat(2),
    });
    const { stdout, exitCode } = await at.tokenhub('check', '--json');
    // 3 of the message, 1 of its role, 1 of its text, 3 to begin the reply
    expect([exitCode, verdictsOf({ stdout })]).toEqual([1, ['ok TH000 one.json 8', 'error TH001 two.jsonl 16']]);
    expect(JSON.parse(stdout).verdicts[0].method).toBe('exact');
  });

  test('counts lists of tools, of MCP servers too, as count --messages does', async () => {
    const at = check({ 'tools.json': JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools: [tool] } }) });
    const { total } = (await at.json('count', '--messages', '-m', 'gpt-4o', 'tools.json')).counts[0];
    expect(verdictsOf(await at.tokenhub('check', '--json'))).toEqual([`error TH001 tools.json ${total.tokens}`]);
  });

  test.each([
    ['no JSON', '{\n"messages": oops', 'x.json:2: is not valid JSON'],
    ['no request', '{ "a": 1 }', 'x.json:1: messages: is missing'],
    ['nothing', '', 'is empty'],
    ['one bad line of many', `${JSON.stringify({ messages: [hi] })}\n{ "messages": 7 }\n`, 'x.json:2: messages'],
    [
      'an image elsewhere',
      JSON.stringify({
        messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x.example/a.png' } }] }],
      }),
      '1 part of its messages cannot be counted',
    ],
  ])('does not count a file of %s, and says why', async (_name, text, reason) => {
    const { exitCode, stdout } = await check({ 'x.json': text }).tokenhub('check', '--json');
    const { level, code, measured, message } = JSON.parse(stdout).verdicts[0];
    expect({ exitCode, level, code, measured }).toEqual({
      exitCode: 3,
      level: 'unknown',
      code: 'TH005',
      measured: null,
    });
    expect(message).toContain(reason);
  });

  test('a format that is not known for certain is approximate, and a note says why', async () => {
    const { verdicts, notes } = await check({ 'x.json': JSON.stringify({ messages: [hi] }) }, 'model: gpt-5').json(
      'check',
    );
    expect(verdicts[0].method).toBe('approximate');
    expect(notes).toEqual([expect.stringContaining('the format of gpt-4o was assumed')]);
  });
});

describe('--fail-fast', () => {
  const FILES = { 'a.md': tokens(5), 'b.md': tokens(5000), 'c.md': tokens(5000) };

  test('ends at the first error, says how much there is at least, and that the rest was not judged', async () => {
    const at = scene({
      ...FILES,
      [CONFIG]: budgets(
        'name: all, paths: ["*.md"], max: 100 tokens',
        'name: more, paths: [c.md], scope: total, max: 9k tokens',
        'name: month, period: month, max: 1 USD',
      ),
    });
    const { verdicts, notes, passed } = await at.json('check', '--fail-fast');
    expect(verdicts.map(({ level, path, atLeast }: Body) => [level, path, atLeast])).toEqual([
      ['ok', 'a.md', false],
      ['error', 'b.md', true],
    ]);
    expect(verdicts[1].message).toMatch(/at least \d{3} tokens/);
    expect(passed).toBe(false);
    expect(notes).toEqual([
      'ended at the first error (--fail-fast): files of 2 budgets were not judged',
      'ended at the first error (--fail-fast): budgets on the ledger were not judged',
    ]);
  });

  test('without a breach every verdict is what it is without the flag', async () => {
    const at = scene({ ...FILES, [CONFIG]: budgets('name: all, paths: ["*.md"], max: 5k tokens, warn: 80%') });
    expect(await at.json('check', '--fail-fast')).toEqual(await at.json('check'));
  });

  test('a total that is over its limit before all files are counted is at least that much', async () => {
    const at = scene({ ...FILES, [CONFIG]: budgets('name: all, paths: ["*.md"], scope: total, max: 100 tokens') });
    const { verdicts } = await at.json('check', '--fail-fast');
    expect(verdicts).toMatchObject([{ level: 'error', path: null, atLeast: true }]);
  });

  test('without the flag a breach says by how much', async () => {
    const at = scene({ ...FILES, [CONFIG]: budgets('name: all, paths: [b.md], max: 100 tokens') });
    expect((await at.json('check')).verdicts[0]).toMatchObject({ measured: 5000, atLeast: false });
  });
});

test('allowEmpty: true lets globs match nothing', async () => {
  const at = scene({ [CONFIG]: budgets('name: a, paths: ["*.md"], max: 1 tokens, allowEmpty: true') });
  const { exitCode, stdout } = await at.tokenhub('check', '--json');
  expect([exitCode, JSON.parse(stdout).verdicts[0]]).toMatchObject([
    0,
    { level: 'ok', code: 'TH000', message: 'no file matches, which is allowed' },
  ]);
});

test('hostile names are judged, and harmless where they are printed', async () => {
  const names = [
    '!a.md',
    'a b.md',
    'q".md',
    "'.md",
    'new\nline.md',
    '\u001b[2J.md',
    '[x].md',
    '{a,b}.md',
    '-.md',
    '=1+1.md',
  ];
  const at = scene(Object.fromEntries(names.map((name) => [name, tokens(3)])));
  const { stdout } = await at.tokenhub('check', '--json', '--max', '3 tokens', '--', ...names);
  expect(
    JSON.parse(stdout)
      .verdicts.map(({ path }: Body) => path)
      .sort(),
  ).toEqual([...names].sort());
  const table = await at.tokenhub('check', '--max', '2 tokens', '--', ...names);
  expect(table.exitCode).toBe(1);
  expect(table.stdout + table.stderr).not.toContain('\u001b');
});

test('a name with line breaks and marks of direction stays on one line in CSV', async () => {
  const at = scene({ 'new\nline\u202e\u2028.md': tokens(3) });
  const { stdout } = await at.tokenhub('check', '--format', 'csv', '--max', '3 tokens', '*.md');
  const [, row, ...rest] = stdout.split('\n');
  expect(rest).toEqual(['']);
  expect(row).toContain(',new\\nline\\u202e\\u2028.md,');
});

test('what is named and is no file is not passed over', async () => {
  const at = scene({ 'a.md': 'a', [CONFIG]: budgets('name: a, paths: [b.md, link.md, "*.txt"], max: 1 tokens') });
  symlinkSync('nowhere', at.path('link.md'));
  const ran = await at.tokenhub('check', '--json');
  expect([ran.exitCode, verdictsOf(ran)]).toEqual([3, ['unknown TH005 b.md null', 'unknown TH005 link.md null']]);
});

test('a link to a folder in a glob, or out of where the budget is, is not passed over', async () => {
  const away = scene({ 'foreign.md': tokens(500) });
  const lines = ['name: a, paths: ["p/**/*.md"], max: 50 tokens', 'name: b, paths: ["out/**/*.md"], max: 50 tokens'];
  const at = scene({ 'p/x.md': 'hi', 'real/big.md': tokens(500), [CONFIG]: budgets(...lines) });
  symlinkSync('../real', at.path('p/sub'));
  symlinkSync(away.folder, at.path('out'));
  const ran = await at.tokenhub('check', '--json');
  expect([ran.exitCode, verdictsOf(ran)]).toEqual([
    3,
    ['ok TH000 p/x.md 1', 'unknown TH005 p/sub null', 'unknown TH005 out null'],
  ]);
  expect(ran.stdout).not.toContain('foreign');
});

test('a pointer of Git LFS is not judged as the prompt that it stands for, but a text about one is', async () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(63)}1\nsize 9912345\n`;
  const lines = [
    'name: a, paths: ["*.md"], max: 1k tokens',
    'name: b, paths: ["*.json"], messages: true, max: 1k tokens',
  ];
  const at = scene({
    'a.md': pointer,
    'about.md': `Look:\n${pointer}`,
    'b.json': pointer,
    [CONFIG]: budgets(...lines),
  });
  const { stdout, exitCode } = await at.tokenhub('check', '--json');
  const { verdicts } = JSON.parse(stdout);
  expect([exitCode, verdicts.map(({ code, path }: Body) => `${code} ${path}`)]).toEqual([
    3,
    ['TH000 about.md', 'TH005 a.md', 'TH005 b.json'],
  ]);
  for (const { message } of verdicts.slice(1)) expect(message).toContain('kept in Git LFS, and not checked out');
});
