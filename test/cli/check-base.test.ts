import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, git, repositoryWith } from '../files/folder.js';
import { changeOf, cloneOf, commit, write } from './repository.js';
import { type Body, sceneIn } from './scene.js';
import { tokens } from './token-text.js';

const CONFIG = 'tokenhub.config.yaml';
const budgets = (...lines: readonly string[]): string =>
  `budgets:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`;

/** Exit code, and of every verdict level, code, path, tokens in the base and delta. */
async function judged(folder: string, ...flags: string[]) {
  const { exitCode, stdout, stderr } = await sceneIn(folder).tokenhub('check', '--json', ...flags);
  if (stdout === '') return [exitCode, JSON.parse(stderr).error.code];
  const { verdicts } = JSON.parse(stdout);
  return [
    exitCode,
    ...verdicts.map(({ level, code, path, baseline, delta }: Body) => [level, code, path, baseline, delta]),
  ];
}

describe('check --base', () => {
  test('tells a breach that the base had from one that the change makes or worsens', async () => {
    const folder = changeOf({
      [CONFIG]: budgets('name: p, paths: ["*.md"], max: 100 tokens'),
      ...{ 'old.md': tokens(120), 'worse.md': tokens(120), 'made.md': tokens(90), 'less.md': tokens(130) },
    });
    write(folder, { 'worse.md': tokens(121), 'made.md': tokens(101), 'less.md': tokens(110), 'new.md': tokens(101) });
    expect(await judged(folder, '--base', 'main')).toEqual([
      1,
      ['warn', 'TH008', 'less.md', 130, -20],
      ['error', 'TH001', 'made.md', 90, 11],
      ['error', 'TH001', 'new.md', null, null],
      ['warn', 'TH008', 'old.md', 120, 0],
      ['error', 'TH001', 'worse.md', 120, 1],
    ]);
  });

  test('limits growth, of files and of their total, deleted ones counted', async () => {
    const folder = changeOf({
      [CONFIG]: budgets(
        'name: each, paths: ["*.md"], maxIncrease: { tokens: 5 }',
        'name: all, paths: ["*.md"], scope: total, maxIncrease: { percent: 10% }',
      ),
      ...{ 'a.md': tokens(50), 'gone.md': tokens(50) },
    });
    write(folder, { 'a.md': tokens(56), 'new.md': `b${' b'.repeat(53)}` });
    rmSync(join(folder, 'gone.md'));
    expect(await judged(folder, '--base', 'main')).toEqual([
      1,
      ['error', 'TH007', 'a.md', 50, 6],
      ['ok', 'TH000', 'new.md', null, null],
      ['ok', 'TH000', null, 100, 10], // 56 + 54 less 50 + 50
    ]);
  });

  test('does not know a file that a sparse checkout leaves out, with a base and without', async () => {
    const folder = changeOf({
      [CONFIG]: budgets('name: p, paths: ["*.md"], max: 100 tokens'),
      ...{ 'a.md': tokens(120), 'keep.md': tokens(20) },
    });
    git(folder, 'sparse-checkout', 'set', '--no-cone', '/*', '!/a.md');
    for (const flags of [[], ['--base', 'main']]) {
      const [exitCode, ...verdicts] = await judged(folder, ...flags);
      expect([exitCode, verdicts.map(([, code, path]) => `${code} ${path}`)]).toEqual([
        3,
        ['TH000 keep.md', 'TH005 a.md'],
      ]);
    }
  });

  test('limits growth of files in a folder that is named through a link', async () => {
    const folder = changeOf({
      [CONFIG]: budgets('name: p, paths: ["link/**"], maxIncrease: { tokens: 10 }'),
      'dir/a.md': tokens(100),
    });
    symlinkSync('dir', join(folder, 'link'));
    commit(folder, {});
    git(folder, 'branch', '-f', 'main', 'change');
    write(folder, { 'dir/a.md': tokens(500) });
    expect(await judged(folder, '--base', 'main')).toEqual([1, ['error', 'TH007', 'link/a.md', 100, 400]]);
    write(folder, { 'dir/a.md': tokens(100), 'big/a.md': tokens(600) });
    rmSync(join(folder, 'link'));
    symlinkSync('big', join(folder, 'link'));
    expect(await judged(folder, '--base', 'main')).toEqual([1, ['error', 'TH007', 'link/a.md', 100, 500]]);
  });

  test('says in a note what it compared with, and reads only what changed from git', async () => {
    const folder = changeOf({ [CONFIG]: budgets('name: p, paths: ["*.md"], max: 9 tokens'), 'a.md': 'a' });
    const { notes } = await sceneIn(folder).json('check', '--base', 'main');
    expect(notes).toEqual([`compared with main (${git(folder, 'rev-parse', '--short=7', 'main').trim()})`]);
    expect((await sceneIn(folder).json('check')).notes).toEqual([]);
  });

  test('works from a folder beneath, and on paths that are typed', async () => {
    const folder = changeOf({
      'sub/a.md': tokens(20),
      [CONFIG]: budgets('name: p, paths: ["sub/*.md"], max: 10 tokens'),
    });
    expect(await judged(join(folder, 'sub'), '--base', 'main')).toEqual([0, ['warn', 'TH008', 'sub/a.md', 20, 0]]);
    expect(await judged(join(folder, 'sub'), '*.md', '--max', '9 tokens', '--base', 'main')).toEqual([
      0,
      ['warn', 'TH008', 'a.md', 20, 0],
    ]);
  });

  test.each(['', '--'])('that names nothing (%o) or cannot be found exits 2', async (ref) => {
    const folder = changeOf({ [CONFIG]: budgets('name: p, paths: ["*.md"], max: 9 tokens'), 'a.md': 'a' });
    expect(await judged(folder, `--base=${ref}`)).toEqual([2, 'UNKNOWN_REF']);
    expect(
      await judged(repositoryWith({ [CONFIG]: budgets('name: p, paths: [a], max: 1 tokens') }), '--base=main'),
    ).toEqual([2, 'NO_COMMITS']);
    expect(
      await judged(folderWith({ [CONFIG]: budgets('name: p, paths: [a], max: 1 tokens') }), '--base=main'),
    ).toEqual([2, 'NOT_IN_GIT']);
  });

  test('with --fail-fast counts what is compared to its end', async () => {
    const folder = changeOf({
      [CONFIG]: budgets('name: all, paths: ["*.md"], scope: total, max: 10 tokens'),
      ...{ 'a.md': tokens(20), 'b.md': tokens(5) },
    });
    write(folder, { 'a.md': tokens(21), 'b.md': tokens(6) });
    expect((await judged(folder, '--base', 'main', '--fail-fast')).slice(0, 2)).toEqual([
      1,
      ['error', 'TH001', null, 25, 2],
    ]);
  });

  test('runs nothing that the repository names', async () => {
    const folder = changeOf({ [CONFIG]: budgets('name: p, paths: ["*.md"], max: 9 tokens'), 'a.md': 'a' });
    const trap = `touch ${join(folder, 'trapped')}`;
    write(folder, { '.gitattributes': '*.md filter=trap diff=trap merge=trap\n', 'a.md': 'a b' });
    for (const key of [
      'filter.trap.clean',
      'filter.trap.smudge',
      'diff.trap.textconv',
      'core.fsmonitor',
      'core.sshCommand',
    ])
      git(folder, 'config', key, trap);
    expect((await judged(folder, '--base', 'main'))[0]).toBe(0);
    const { existsSync } = await import('node:fs');
    expect(existsSync(join(folder, 'trapped'))).toBe(false);
  });
});

describe('the base of a pull request', () => {
  const env = { GITHUB_BASE_REF: 'main', GITHUB_ACTIONS: 'true' };
  const over = budgets('name: p, paths: ["*.md"], max: 10 tokens');

  test('is used without a flag, unless --no-base is typed', async () => {
    const folder = changeOf({ [CONFIG]: over, 'a.md': tokens(11) });
    const { tokenhub } = sceneIn(folder, { env });
    expect((await tokenhub('check')).exitCode).toBe(0);
    expect((await tokenhub('check', '--no-base')).exitCode).toBe(1);
    expect((await tokenhub('check', '--verbose')).stderr).toMatch(/^base: main \([0-9a-f]{7}\)$/m);
  });

  test('that is not in the clone is a note with the fix where it is not needed, and an error where growth is limited', async () => {
    const folder = changeOf({
      [CONFIG]: over,
      'a.md': tokens(10),
      'grow.yaml': budgets('name: g, paths: ["*.md"], max: 11 tokens, maxIncrease: { tokens: 1 }'),
    });
    const { tokenhub } = sceneIn(cloneOf(folder, '--depth=1'), { env });
    const { exitCode, stdout } = await tokenhub('check');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'not compared with the base of the pull request: git knows no commit "origin/main" here; fetch it: git fetch --unshallow origin',
    );
    const failed = await tokenhub('check', '--config', 'grow.yaml');
    expect(failed.exitCode).toBe(2);
    expect(failed.stderr).toContain('actions/checkout with fetch-depth: 0');
  });
});

describe('a limit that the change loosens', () => {
  const before = [
    'name: p, paths: ["*.md"], max: 100 tokens, maxIncrease: { tokens: 5 }',
    'name: gone, paths: ["*.md"], max: 1k tokens',
  ];
  const raised = 'name: p, paths: ["*.md"], max: 200 tokens, level: warn';
  const change = () => {
    const folder = changeOf({ [CONFIG]: budgets(...before), 'a.md': tokens(90) });
    commit(folder, { [CONFIG]: budgets('name: new, paths: ["*.md"], max: 300 tokens', raised), 'a.md': tokens(150) });
    return folder;
  };

  test('is told in its own words, at its line of now, and warns', async () => {
    const { verdicts, passed } = await sceneIn(change()).json('check', '--base', 'main');
    expect(passed).toBe(true);
    const told = verdicts.filter(({ code }: Body) => code === 'TH009');
    expect(told.map(({ budget, level, message, config }: Body) => [budget, level, message, config])).toEqual([
      [
        'p',
        'warn',
        'the change loosens `level` from error to warn; `max` from 100 tokens to 200 tokens; `maxIncrease` from 5 tokens to none',
        { file: CONFIG, line: 3 },
      ],
      ['gone', 'warn', 'the change removes this budget of 1,000 tokens', { file: `${CONFIG} (main)`, line: 3 }],
    ]);
  });

  test('does not hold with --config-from base: the former limits judge, new budgets and removed ones too', async () => {
    expect(await judged(change(), '--base', 'main', '--config-from', 'base')).toEqual([
      1,
      ['ok', 'TH000', 'a.md', 90, 60],
      ['error', 'TH001', 'a.md', 90, 60],
      ['error', 'TH007', 'a.md', 90, 60],
      ['warn', 'TH009', null, null, null],
      ['ok', 'TH000', 'a.md', 90, 60],
      ['warn', 'TH009', null, null, null],
    ]);
  });

  test('is not hidden by a config of another name or nearer by', async () => {
    const folder = change();
    git(folder, 'mv', CONFIG, 'tokenhub.config.json');
    write(folder, {
      'tokenhub.config.json': JSON.stringify({ budgets: [{ name: 'p', paths: '*.md', max: '900 tokens' }] }),
    });
    expect((await judged(folder, '--base', 'main', '--config-from', 'base')).slice(0, 2)).toEqual([
      1,
      ['error', 'TH001', 'a.md', 90, 60],
    ]);
  });

  test('is not hidden by a config nearer by, which only adds to what is judged', async () => {
    const folder = changeOf({
      [CONFIG]: budgets('name: p, paths: ["sub/*.md"], max: 10 tokens'),
      'sub/a.md': tokens(9),
    });
    write(folder, { [`sub/${CONFIG}`]: budgets('name: q, paths: ["*.md"], max: 99 tokens'), 'sub/a.md': tokens(11) });
    expect(await judged(join(folder, 'sub'), '--base', 'main', '--config-from', 'base')).toEqual([
      1,
      ['ok', 'TH000', 'a.md', 9, 2],
      ['error', 'TH001', 'a.md', 9, 2],
      ['warn', 'TH009', null, null, null],
    ]);
  });

  test('is not read through a link in the base, which leads where no commit is', async () => {
    const folder = changeOf({ 'real.yaml': budgets('name: p, paths: ["*.md"], max: 5 tokens'), 'a.md': 'a' });
    symlinkSync('real.yaml', join(folder, CONFIG));
    commit(folder, {});
    git(folder, 'branch', '-f', 'main', 'change');
    expect(await judged(folder, '--base', 'main', '--config-from', 'base')).toEqual([2, 'BAD_CONFIG']);
    expect((await judged(folder, '--base', 'main'))[0]).toBe(0);
  });

  test('is left out by --only and --kind like its budget', async () => {
    const codes = async (...flags: string[]) =>
      (await judged(change(), '--base', 'main', ...flags)).slice(1).map(([, code]) => code);
    expect(await codes('--only', 'new')).toEqual(['TH000']);
    expect(await codes('--only', 'p')).toEqual(['TH000', 'TH009']);
  });

  test('needs a base, a config in it that can be read, and says so when there is none', async () => {
    const folder = changeOf({ 'a.md': 'a' });
    write(folder, { [CONFIG]: budgets('name: p, paths: ["*.md"], max: 5 tokens') });
    expect(await judged(folder, '--config-from', 'base')).toEqual([2, 'NO_BASE']);
    const { notes } = await sceneIn(folder).json('check', '--base', 'main', '--config-from', 'base');
    expect(notes[0]).toMatch(/^there is no config in main \([0-9a-f]{7}\), so the limits of now judge$/);
    write(folder, { 'mine.yaml': budgets('name: p, paths: ["*.md"], max: 5 tokens') });
    expect((await judged(folder, '--config=mine.yaml', '--base=main', '--config-from=base'))[0]).toBe(0);
    const broken = changeOf({ [CONFIG]: 'budgets: 7\n', 'a.md': 'a' });
    write(broken, { [CONFIG]: budgets('name: p, paths: ["*.md"], max: 5 tokens') });
    expect(await judged(broken, '--base', 'main', '--config-from', 'base')).toEqual([2, 'BAD_CONFIG']);
    const { stderr } = await sceneIn(broken).tokenhub('check', '--base', 'main', '--config-from', 'base');
    expect(stderr).toContain('tokenhub.config.yaml (main):1: budgets');
    expect((await sceneIn(broken).json('check', '--base', 'main')).notes[0]).toContain(
      'whether this change loosens limits is not known',
    );
  });
});
