import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git } from '../files/folder.js';
import { changeOf, commit, write } from './repository.js';
import { type Body, type Files, sceneIn } from './scene.js';
import { tokens } from './token-text.js';

const CONFIG = 'tokenhub.config.yaml';
const ON_FILES = 'budgets: [{ name: p, paths: ["prompts/**/*.md"], max: 50 tokens }]\n';

/** Exit code, and of every verdict budget, code and path; or the error's code. */
async function judged(folder: string, ...flags: string[]) {
  const { exitCode, stdout, stderr } = await sceneIn(folder).tokenhub('check', '--json', '--base', 'main', ...flags);
  if (stdout === '') return [exitCode, JSON.parse(stderr).error.code];
  return [exitCode, ...JSON.parse(stdout).verdicts.map((each: Body) => [each.budget, each.code, each.path])];
}

const byBase = (folder: string) => judged(folder, '--config-from', 'base');

const packages: Files = {
  [CONFIG]: 'include: packages/*/tokenhub.config.yaml\n',
  ...{ [`packages/a/${CONFIG}`]: ON_FILES, 'packages/a/prompts/x.md': tokens(9) },
  ...{ [`packages/b/${CONFIG}`]: ON_FILES, 'packages/b/prompts/x.md': tokens(8) },
};

const WITHOUT_A: Files = { [CONFIG]: 'include: packages/!(a)/tokenhub.config.yaml\n' };

const B_IS_FINE = ['packages/b: p', 'TH000', 'packages/b/prompts/x.md'];
const A_IS_REMOVED = ['packages/a: p', 'TH009', null];
const A_IS_EMPTY = ['packages/a: p', 'TH004', null];

describe('a package of the base that the change takes out of sight', () => {
  test('is judged where a link takes its place', async () => {
    const folder = changeOf(packages);
    commit(folder, { 'impl/other.md': 'a' });
    git(folder, 'mv', 'packages/a', 'impl/a');
    symlinkSync('../impl/a', join(folder, 'packages/a'));
    commit(folder, { 'impl/a/prompts/x.md': tokens(51) });
    expect(await byBase(folder)).toEqual([2, 'BAD_CONFIG']); // packages/a is a link
    commit(folder, WITHOUT_A);
    expect(await byBase(folder)).toEqual([
      1,
      B_IS_FINE,
      ['packages/a: p', 'TH001', 'packages/a/prompts/x.md'],
      A_IS_REMOVED,
    ]);
  });

  test('is compared with what it was before the link', async () => {
    const folder = changeOf({ ...packages, 'packages/a/prompts/x.md': tokens(60) });
    commit(folder, { 'impl/other.md': 'a' });
    git(folder, 'mv', 'packages/a', 'impl/a');
    symlinkSync('../impl/a', join(folder, 'packages/a'));
    commit(folder, { 'impl/a/prompts/x.md': tokens(59), ...WITHOUT_A });
    const of = ['packages/a: p', 'TH008', 'packages/a/prompts/x.md']; // 60 before, so no worse
    expect(await byBase(folder)).toEqual([0, B_IS_FINE, of, A_IS_REMOVED]);
  });

  test('is judged where the link leads to another package', async () => {
    const folder = changeOf(packages);
    git(folder, 'rm', '-qr', 'packages/a');
    symlinkSync('b', join(folder, 'packages/a'));
    commit(folder, {});
    const through = ['packages/a: p', 'TH000', 'packages/a/prompts/x.md'];
    expect(await byBase(folder)).toEqual([0, B_IS_FINE, through, A_IS_REMOVED]);
    expect(await judged(folder)).toEqual([0, B_IS_FINE, A_IS_REMOVED]);
  });

  test('is unknown where its folder is gone, moved or not checked out', async () => {
    const gone = changeOf(packages);
    git(gone, 'rm', '-qr', 'packages/a');
    commit(gone, {});
    expect(await byBase(gone)).toEqual([3, B_IS_FINE, A_IS_EMPTY, A_IS_REMOVED]);
    const moved = changeOf(packages);
    git(moved, 'mv', 'packages/a', 'packages/c');
    commit(moved, {});
    const now = ['packages/c: p', 'TH000', 'packages/c/prompts/x.md'];
    const left = ['packages/a: p', 'TH009', 'packages/c/prompts/x.md'];
    expect(await byBase(moved)).toEqual([3, B_IS_FINE, now, A_IS_EMPTY, left, A_IS_REMOVED]);
    const sparse = changeOf(packages);
    git(sparse, 'sparse-checkout', 'set', 'packages/b');
    rmSync(join(sparse, 'packages/a'), { recursive: true, force: true });
    expect(await byBase(sparse)).toEqual([3, B_IS_FINE, A_IS_EMPTY, A_IS_REMOVED]);
  });
});

describe('a budget on files that becomes one on the ledger', () => {
  const other = '{ name: other, paths: [a.md], max: 50 tokens }';
  const before = `budgets: [{ name: p, paths: ["*.md"], max: 10 tokens }, ${other}]\n`;
  const now = `budgets: [{ name: p, period: month, max: 5k tokens }, ${other}]\n`;

  test('is told of by what it was, as --kind chooses it', async () => {
    const folder = changeOf({ [CONFIG]: before, 'a.md': tokens(9) });
    commit(folder, { [CONFIG]: now, 'a.md': tokens(11) });
    const changed = ['p', 'TH009', null];
    const fine = ['other', 'TH000', 'a.md'];
    expect(await judged(folder, '--kind', 'files')).toEqual([0, fine, changed]);
    expect(await judged(folder, '--kind', 'files', '--config-from', 'base')).toEqual([
      1,
      ['p', 'TH001', 'a.md'],
      changed,
      fine,
    ]);
    expect(await judged(folder, '--kind', 'ledger')).toEqual([3, ['p', 'TH105', null]]);
  });
});

describe('a file that leaves its budget', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `rule ${i}\n`).join('');
  const files: Files = { [CONFIG]: ON_FILES, 'prompts/keep.md': 'a', 'prompts/a.md': lines, 'prompts/b.md': 'b\n' };
  const KEPT = ['p', 'TH000', 'prompts/keep.md'];
  const LEFT = ['p', 'TH009', 'x/a.md'];

  async function messageOf(folder: string): Promise<string> {
    const { verdicts } = await sceneIn(folder).json('check', '--base', 'main');
    return verdicts.find(({ code }: Body) => code === 'TH009').message;
  }

  test('warns, however much it grows, committed or not', async () => {
    const folder = changeOf(files);
    write(folder, { 'x/a.md': lines + tokens(5000) });
    git(folder, 'rm', '-q', 'prompts/a.md', 'prompts/b.md');
    expect(await judged(folder)).toEqual([0, KEPT, LEFT]);
    commit(folder, {});
    expect(await judged(folder)).toEqual([0, KEPT, LEFT]);
    expect(await byBase(folder)).toEqual([0, KEPT, LEFT]);
    expect((await judged(folder, '--fail-on', 'warn'))[0]).toBe(1);
    expect(await messageOf(folder)).toBe('the change moves prompts/a.md to x/a.md out of this budget');
  });

  test('warns where it is of another budget now, and one that moves within the budget does not', async () => {
    const folder = changeOf({
      ...files,
      [CONFIG]: `${ON_FILES.slice(0, -2)}, { name: wide, paths: ["x/*.md"], max: 9k tokens, allowEmpty: true }]\n`,
    });
    commit(folder, { 'x/other.md': 'a' });
    git(folder, 'mv', 'prompts/a.md', 'x/a.md');
    git(folder, 'mv', 'prompts/b.md', 'prompts/c.md');
    commit(folder, {});
    const told = (await judged(folder)).filter((row) => Array.isArray(row) && row[1] !== 'TH000');
    expect(told).toEqual([LEFT]);
  });

  test('is one warning for all that leave', async () => {
    const many = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`prompts/${n}.md`, `text ${n}\n`]));
    const folder = changeOf({ ...files, ...many });
    commit(folder, { 'x/other.md': 'a' });
    for (const path of Object.keys(many)) git(folder, 'mv', path, path.replace('prompts', 'x'));
    commit(folder, {});
    expect(await messageOf(folder)).toBe(
      'the change moves prompts/1.md to x/1.md, prompts/2.md to x/2.md, prompts/3.md to x/3.md and 2 more out of this budget',
    );
  });
});

describe('a baseline file that the change loosens', () => {
  const NAME = 'tokenhub-baseline.json';
  const CHANGED = ['p', 'TH009', NAME];
  const config = (limits: string): string => `budgets: [{ name: p, paths: ["*.md"], ${limits} }]\n`;
  const update = async (folder: string) => {
    expect((await sceneIn(folder).tokenhub('check', '--no-base', '--update-baseline')).exitCode).toBe(0);
  };
  const inPullRequest = (folder: string) => sceneIn(folder, { env: { GITHUB_BASE_REF: 'main' } });
  async function told(folder: string) {
    const { verdicts, notes } = await inPullRequest(folder).json('check');
    const messages = verdicts.flatMap(({ code, message }: Body) => (code === 'TH009' ? [message] : []));
    return [...verdicts.map((each: Body) => [each.budget, each.code, each.path]), ...messages, ...notes.slice(0, -1)];
  }

  test('is told of where it is new', async () => {
    const folder = changeOf({ [CONFIG]: config('max: 10 tokens'), 'a.md': tokens(9), 'b.md': tokens(9) });
    write(folder, { 'a.md': tokens(11) });
    await update(folder);
    const message = `the change loosens ${NAME}: a.md from none to 11`;
    expect(await told(folder)).toEqual([['p', 'TH008', 'a.md'], ['p', 'TH000', 'b.md'], CHANGED, message]);
    commit(folder, {});
    expect((await told(folder)).at(-1)).toBe(message);
  });

  test('is told of where entries are higher and over the limit, and not where they are lower or within it', async () => {
    const folder = changeOf({
      [CONFIG]: config('max: 10 tokens'),
      ...{ 'a.md': tokens(20), 'b.md': tokens(20), 'c.md': tokens(5), 'd.md': tokens(5) },
    });
    await update(folder);
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', 'baseline');
    git(folder, 'branch', '-f', 'main', 'change');
    write(folder, { 'a.md': tokens(21), 'b.md': tokens(19), 'c.md': tokens(6), 'e.md': tokens(6) });
    await update(folder);
    expect((await told(folder)).slice(-2)).toEqual([CHANGED, `the change loosens ${NAME}: a.md from 20 to 21`]);
    write(folder, { 'a.md': tokens(20) });
    await update(folder);
    expect((await told(folder)).flat()).not.toContain('TH009');
  });

  test('is told of where growth would be judged from more, or from nothing', async () => {
    const folder = changeOf({ [CONFIG]: config('maxIncrease: { tokens: 5 }'), 'a.md': tokens(9), 'b.md': tokens(8) });
    await update(folder);
    const isNew = `the change loosens ${NAME}: a.md from none to 9, b.md from none to 8`;
    expect((await told(folder)).at(-1)).toBe(isNew); // main was compared with before
    commit(folder, {});
    git(folder, 'branch', '-f', 'main', 'change');
    write(folder, { 'a.md': tokens(30) });
    await update(folder);
    const text = readFileSync(join(folder, NAME), 'utf8');
    write(folder, { [NAME]: text.replace(/,\n.*"b.md".*/, '') });
    expect((await told(folder)).at(-1)).toBe(`the change loosens ${NAME}: a.md from 9 to 30, b.md from 8 to none`);
  });

  test('is no part of the change where git ignores it; one that the base has broken is a note', async () => {
    const folder = changeOf({ [CONFIG]: config('max: 10 tokens'), 'a.md': tokens(11), '.gitignore': NAME });
    await update(folder);
    expect(await told(folder)).toEqual([['p', 'TH008', 'a.md']]);
    const broken = changeOf({ [CONFIG]: config('max: 10 tokens'), 'a.md': tokens(11), [NAME]: '{' });
    rmSync(join(broken, NAME));
    await update(broken);
    expect((await told(broken)).at(-1)).toContain(`whether this change loosens ${NAME} is not known`);
  });
});

describe('what to do', () => {
  const p = (max: number): string => `budgets: [{ name: p, paths: ["*.md"], max: ${max} tokens }]\n`;
  const conflict = (text: string): string => `${text}<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> main\n`;
  const errorOf = async (folder: string, ...flags: string[]): Promise<Body> =>
    JSON.parse((await sceneIn(folder).tokenhub('check', '--json', ...flags)).stderr).error;

  test('where limits of the base judge, is to raise them in a change of its own', async () => {
    const folder = changeOf({ [CONFIG]: p(10), 'a.md': tokens(9) });
    commit(folder, { [CONFIG]: p(99), 'a.md': tokens(11) });
    const { verdicts } = await sceneIn(folder).json('check', '--base', 'main', '--config-from', 'base');
    expect(verdicts[0].hint).toBe(
      `shorten a.md, or raise \`max\` at ${CONFIG}:1 (in a change of its own: the limits of main judge this one)`,
    );
    expect(verdicts[0].config).toEqual({ file: CONFIG, line: 1 });
  });

  test('where the config of the base is broken, is to check the change that mends it by its own limits', async () => {
    const folder = changeOf({ [CONFIG]: 'budgets: 7\n', 'a.md': tokens(9) });
    commit(folder, { [CONFIG]: p(10) });
    const { code, hint } = await errorOf(folder, '--base', 'main', '--config-from', 'base');
    expect(code).toBe('BAD_CONFIG');
    expect(hint).toContain('a change that mends it in main is checked by its own limits, once: --config-from head');
    expect(await judged(folder, '--config-from', 'head')).toEqual([0, ['p', 'TH000', 'a.md']]);
  });

  test('where the change deletes the config that is named, is to put it back or name another', async () => {
    const folder = changeOf({ 'ci/b.yaml': p(10), 'a.md': tokens(9) });
    git(folder, 'rm', '-q', 'ci/b.yaml');
    commit(folder, {});
    const { code, message, hint } = await errorOf(folder, '--config', 'ci/b.yaml', '--base', 'main');
    expect([code, message]).toEqual(['PATH_NOT_FOUND', 'there is no file "ci/b.yaml" any more; main has it']);
    expect(hint).toContain('git checkout main -- ci/b.yaml');
    const other = await errorOf(folder, '--config', 'ci/c.yaml', '--base', 'main');
    expect(other.hint).toContain('check the spelling');
  });

  test('where a merge left a conflict, is to settle it', async () => {
    const folder = changeOf({ [CONFIG]: conflict(p(10)), 'a.md': tokens(9) });
    const message = 'a merge left a conflict here';
    expect(await errorOf(folder)).toMatchObject({ code: 'BAD_CONFIG', message, line: 2 });
    commit(folder, { [CONFIG]: p(10), 'tokenhub-baseline.json': conflict('{\n') });
    expect(await errorOf(folder)).toMatchObject({ code: 'BAD_BASELINE', message, line: 2 });
  });
});
