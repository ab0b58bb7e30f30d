import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, git } from '../files/folder.js';
import { changeOf, commit, write } from './repository.js';
import { type Body, sceneIn } from './scene.js';
import { tokens } from './token-text.js';

const CONFIG = 'tokenhub.config.yaml';
const NAME = 'tokenhub-baseline.json';
const budgets = (...lines: readonly string[]): string =>
  `budgets:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`;

const check = (folder: string, ...flags: string[]) => sceneIn(folder).tokenhub('check', ...flags);

/** Exit code, and level, code, path and base of every verdict. */
async function judged(folder: string, ...flags: string[]) {
  const { exitCode, stdout, stderr } = await check(folder, '--json', ...flags);
  if (stdout === '') return [exitCode, JSON.parse(stderr).error.code];
  const { verdicts } = JSON.parse(stdout);
  return [exitCode, ...verdicts.map(({ level, code, path, baseline }: Body) => [level, code, path, baseline])];
}

const textOf = (folder: string, name = NAME): string => readFileSync(join(folder, name), 'utf8');
const notesOf = async (folder: string, ...flags: string[]): Promise<string[]> =>
  (await sceneIn(folder).json('check', ...flags)).notes;

describe('check --update-baseline', () => {
  test('writes the measures of now, an entry a line, in stable order, and judges by them', async () => {
    const folder = folderWith({
      [CONFIG]: budgets(
        'name: b, paths: ["*.md"], max: 10 tokens',
        'name: a, paths: ["*.md"], scope: total, model: gpt-4o, max: 1k tokens',
        'name: c, paths: [x.md], scope: section, max: 1k tokens',
      ),
      ...{
        'x.md': '# T\na\n## U\na a\n',
        'z.md': tokens(12),
        'Z.md': tokens(2),
        'é.md': tokens(1),
        '\u{1f600}.md': tokens(3),
      },
    });
    expect(await judged(folder, '--only', 'b')).toContain(1);
    expect((await judged(folder, '--update-baseline'))[0]).toBe(0);
    expect(textOf(folder)).toBe(`{
  "schema": "tokenhub.baseline/v1",
  "budgets": [
    {
      "name": "a", "model": "gpt-4o", "encoding": null, "scope": "total", "content": "text",
      "entries": [
        { "path": null, "section": null, "tokens": 29 }
      ]
    },
    {
      "name": "b", "model": null, "encoding": "o200k_base", "scope": "file", "content": "text",
      "entries": [
        { "path": "Z.md", "section": null, "tokens": 2 },
        { "path": "x.md", "section": null, "tokens": 11 },
        { "path": "z.md", "section": null, "tokens": 12 },
        { "path": "é.md", "section": null, "tokens": 1 },
        { "path": "\u{1f600}.md", "section": null, "tokens": 3 }
      ]
    },
    {
      "name": "c", "model": null, "encoding": "o200k_base", "scope": "section", "content": "text",
      "entries": [
        { "path": "x.md", "section": ["T"], "tokens": 5 },
        { "path": "x.md", "section": ["T","U"], "tokens": 6 }
      ]
    }
  ]
}
`);
    const written = textOf(folder);
    await check(folder, '--update-baseline');
    expect(textOf(folder)).toBe(written);
    expect(readdirSync(folder).filter((name) => name.startsWith(NAME))).toEqual([NAME]);
    expect((await judged(folder, '--only', 'b')).slice(0, 4)).toEqual([
      0,
      ['ok', 'TH000', 'Z.md', 2],
      ['warn', 'TH008', 'x.md', 11],
      ['warn', 'TH008', 'z.md', 12],
    ]);
  });

  test('keeps entries of budgets and files that were not judged, and drops those that are gone with --prune', async () => {
    const both = budgets('name: a, paths: ["*.md"], max: 9 tokens', 'name: b, paths: ["*.md"], max: 9 tokens');
    const folder = folderWith({ [CONFIG]: both, '1.md': tokens(1), '2.md': tokens(2), '3.md': tokens(3) });
    await check(folder, '--update-baseline');
    write(folder, { '1.md': tokens(5), '2.md': new Uint8Array([0, 1]) });
    rmSync(join(folder, '3.md'));
    const gone = `${NAME}: 1 entry of files or budgets that are gone`;
    expect(await notesOf(folder, '--update-baseline', '--only', 'a')).toEqual([
      `${gone}; drop them: tokenhub check --update-baseline --prune`,
      `compared with ${NAME}`,
    ]);
    const entries = () =>
      JSON.parse(textOf(folder)).budgets.map(({ name, entries: all }: Body) => [
        name,
        ...all.map((entry: Body) => entry.tokens),
      ]);
    expect(entries()).toEqual([
      ['a', 5, 2, 3],
      ['b', 1, 2, 3],
    ]);
    expect((await notesOf(folder, '--update-baseline', '--only', 'a', '--prune'))[0]).toBe(`${gone} dropped`);
    expect(entries()).toEqual([
      ['a', 5, 2],
      ['b', 1, 2, 3],
    ]);
    write(folder, { [CONFIG]: budgets('name: a, paths: ["*.md"], max: 9 tokens') });
    await check(folder, '--update-baseline', '--prune');
    expect(entries()).toEqual([['a', 5, 2]]);
  });

  test('never replaces what the check reads, nor a file that is no baseline', async () => {
    const folder = folderWith({
      [CONFIG]: budgets('name: a, paths: ["*.json", "*.md"], max: 99 tokens'),
      'a.json': '{}',
      'out.md': 'a',
    });
    expect(await judged(folder, '--update-baseline', '--baseline', CONFIG)).toEqual([2, 'BAD_BASELINE']);
    expect(await judged(folder, '--update-baseline', '--baseline', 'a.json')).toEqual([2, 'BAD_BASELINE']);
    write(folder, { 'a.json': '{"schema": "tokenhub.baseline/v1", "budgets": []}' });
    expect(await judged(folder, '--update-baseline', '--baseline', 'a.json')).toEqual([2, 'WOULD_OVERWRITE']);
    expect(await judged(folder, '--update-baseline', '--baseline', 'no/such.json')).toEqual([2, 'CANNOT_WRITE']);
    symlinkSync('a.json', join(folder, NAME));
    expect(await judged(folder, '--update-baseline')).toEqual([2, 'WOULD_OVERWRITE']);
    expect(await judged(folder, 'out.md', '--max', '9 tokens', '--update-baseline')).toEqual([2, 'BAD_OPTION']);
    expect(await judged(folder, 'out.md', '--max', '9 tokens', '--config-from', 'head')).toEqual([2, 'BAD_OPTION']);
    expect(await judged(folder, '--prune')).toEqual([2, 'USAGE']);
    expect(await judged(folder, '--update-baseline', '--base', 'main')).toEqual([2, 'USAGE']);
  });
});

describe('a baseline file', () => {
  const config = budgets('name: p, paths: ["*.md"], max: 10 tokens');

  test('comes before the base of a pull request, after a base that is typed; none with --no-base', async () => {
    const folder = changeOf({ [CONFIG]: config, 'a.md': tokens(20) });
    await check(folder, '--update-baseline');
    write(folder, { 'a.md': tokens(21) });
    const { tokenhub } = sceneIn(folder, { env: { GITHUB_BASE_REF: 'main' } });
    const comparedWith = async (...flags: string[]) =>
      JSON.parse((await tokenhub('check', '--json', ...flags)).stdout).notes.map((note: string) =>
        note.replace(/\(.*/, ''),
      );
    expect(await comparedWith()).toEqual([`compared with ${NAME}`]);
    expect(await comparedWith('--base', 'main')).toEqual(['compared with main ']);
    expect(await comparedWith('--no-base')).toEqual([]);
    expect(await comparedWith('--no-base', '--baseline', NAME)).toEqual([`compared with ${NAME}`]);
    expect(await comparedWith('--config-from', 'base')).toEqual(['compared with main ']);
  });

  test('that is a link in the base, or far too large, is told as what it is', async () => {
    const folder = changeOf({ [CONFIG]: config, 'a.md': tokens(9), 'real.json': '{}' });
    symlinkSync('real.json', join(folder, NAME));
    commit(folder, {});
    git(folder, 'branch', '-f', 'main', 'change');
    const failure = async (...flags: string[]) => {
      const { code, message, hint, file } = JSON.parse((await check(folder, '--json', ...flags)).stderr).error;
      return [code, file, message, hint.includes('--update-baseline'), hint.includes('--config')];
    };
    expect(await failure('--config-from', 'base', '--baseline', NAME, '--base', 'main')).toEqual([
      'BAD_BASELINE',
      `${NAME} (main)`,
      'is a symbolic link there, so what it leads to cannot be read',
      ...[true, false],
    ]);
    truncateSync(join(folder, 'real.json'), 64 * 1024 * 1024 + 1);
    expect(await failure()).toEqual(['BAD_BASELINE', NAME, 'is larger than 64 MiB', true, false]);
  });

  test('is read from the base with --config-from base', async () => {
    const folder = changeOf({ [CONFIG]: config, 'a.md': tokens(20) });
    await check(folder, '--update-baseline');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', 'baseline');
    git(folder, 'branch', '-f', 'main', 'change');
    write(folder, { 'a.md': tokens(30) });
    await check(folder, '--update-baseline');
    expect((await check(folder)).exitCode).toBe(0);
    const { tokenhub } = sceneIn(folder, { env: { GITHUB_BASE_REF: 'main' } });
    expect((await tokenhub('check', '--config-from', 'base')).exitCode).toBe(1);
  });

  test('of another model, encoding or scope is no baseline', async () => {
    const folder = folderWith({ [CONFIG]: config, 'a.md': tokens(20) });
    await check(folder, '--update-baseline');
    write(folder, { [CONFIG]: budgets('name: p, paths: ["*.md"], max: 10 tokens, model: gpt-4o') });
    expect(await judged(folder)).toEqual([1, ['error', 'TH001', 'a.md', null]]);
    expect(await notesOf(folder)).toEqual([
      `p: ${NAME} has counts of another model, encoding or scope, so it is not compared; write them anew: tokenhub check --update-baseline`,
    ]);
  });

  test('is not looked at where no files are judged', async () => {
    const ledger = 'budgets: [{ name: m, period: month, max: 1 USD }]\n';
    const folder = folderWith({ [CONFIG]: ledger, [NAME]: 'broken' });
    expect(await judged(folder)).toEqual([3, ['unknown', 'TH105', null, null]]);
    expect(await judged(folder, '--update-baseline')).toEqual([2, 'USAGE']);
  });

  test('that is named and not there, or is a folder, is an error', async () => {
    const folder = folderWith({ [CONFIG]: config, 'a.md': 'a' });
    expect(await judged(folder, '--baseline', 'none.json')).toEqual([2, 'PATH_NOT_FOUND']);
    mkdirSync(join(folder, NAME));
    expect(await judged(folder)).toEqual([2, 'FILE_UNREADABLE']);
    expect(existsSync(join(folder, 'none.json'))).toBe(false);
  });

  const budget = (fields: string, entry = '') =>
    `{ "schema": "tokenhub.baseline/v1",\n"budgets": [\n{ "name": "p", "model": null, "encoding": "o200k_base", "scope": "file", "content": "text"${fields},\n"entries": [\n{ "path": "a.md", "section": null, "tokens": 1 }${entry}] }] }`;

  test.each([
    ['{ "schema": 1,\n', `${NAME}:2: is not valid JSON`],
    ['[]', `${NAME}:1: must be a mapping`],
    ['null', `${NAME}:1: must be a mapping`],
    ['{ "schema": "tokenhub.baseline/v2", "budgets": [] }', `${NAME}:1: schema: must be tokenhub.baseline/v1`],
    [budget(', "more": 1'), `${NAME}:3: budgets[0].more: "more" is no key here`],
    [budget(', "__proto__": 1'), `${NAME}:3: `],
    [
      budget('', ',\n{ "path": "b.md", "section": null, "tokens": -1 }'),
      `${NAME}:6: budgets[0].entries[1].tokens: must be 0 or more`,
    ],
    [
      budget('', ',\n{ "path": "b.md", "section": null, "tokens": 1.5 }'),
      `${NAME}:6: budgets[0].entries[1].tokens: must be a whole`,
    ],
    [
      budget('', ',\n{ "path": "b.md", "section": null, "tokens": 1e400 }'),
      `${NAME}:6: budgets[0].entries[1].tokens: must be a whole`,
    ],
    [
      budget('', ',\n{ "path": "b.md", "section": null, "tokens": 9007199254740993 }'),
      `${NAME}:6: budgets[0].entries[1].tokens: must be a whole`,
    ],
    [
      budget('', ',\n{ "path": "b.md", "section": "T", "tokens": 1 }'),
      `${NAME}:6: budgets[0].entries[1].section: must be a list`,
    ],
    [
      budget('', ',\n{ "path": "a.md", "section": null, "tokens": 2 }'),
      `${NAME}:6: budgets[0].entries[1]: is there twice`,
    ],
    [`${'['.repeat(2000)}${']'.repeat(2000)}`, NAME],
  ])('with something wrong is refused at its line (%#)', async (content, message) => {
    const folder = folderWith({ [CONFIG]: config, 'a.md': 'a', [NAME]: content });
    const { exitCode, stderr } = await check(folder);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect((await check(folder, '--update-baseline')).exitCode).toBe(2);
    expect(textOf(folder)).toBe(content);
  });

  test('has names with quotes, line ends and escape sequences as any other', async () => {
    const odd = 'a "q"\n\u001b[31m\u2028.md';
    const folder = folderWith({
      [CONFIG]: budgets('name: "x\\"\\n", paths: ["*.md"], max: 1 tokens'),
      [odd]: tokens(3),
    });
    await check(folder, '--update-baseline');
    expect(textOf(folder).split('\n').length).toBe(12); // as many as with a plain name
    expect(await judged(folder)).toEqual([0, ['warn', 'TH008', odd, 3]]);
    expect((await check(folder)).stdout).not.toContain('\u001b[31m');
  });
});
