import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, git, repositoryWith } from '../files/folder.js';
import { changeOf, write } from './repository.js';
import { type Body, type Files, sceneIn } from './scene.js';
import { tokens } from './token-text.js';

const CONFIG = 'tokenhub.config.yaml';
const budget = (name: string, max = 10): string =>
  `budgets:\n  - { name: ${name}, paths: ["*.md"], max: ${max} tokens }\n`;
const include = (text: string): string => `include: ${text}\n`;

/** Budget, level, path and place of every verdict; or the error, as printed. */
async function judged(folder: string, ...flags: string[]) {
  const { stdout, stderr } = await sceneIn(folder).tokenhub('check', '--json', ...flags);
  if (stdout === '') return JSON.parse(stderr).error;
  return JSON.parse(stdout).verdicts.map(({ budget: name, level, path, config }: Body) => [
    name,
    level,
    path,
    `${config.file}:${config.line}`,
  ]);
}

const packages: Files = {
  [CONFIG]: `${include('"packages/*/tokenhub.config.yaml"')}${budget('top')}`,
  'top.md': tokens(3),
  [`packages/a/${CONFIG}`]: budget('prompts'),
  'packages/a/x.md': tokens(5),
  [`packages/b/${CONFIG}`]: `\n${budget('prompts', 4)}`,
  'packages/b/x.md': tokens(5),
};

describe('include', () => {
  test('takes the budgets of packages: names, paths and places are told apart', async () => {
    const all = [
      ['top', 'ok', 'top.md', `${CONFIG}:3`],
      ['packages/a: prompts', 'ok', 'packages/a/x.md', `packages/a/${CONFIG}:2`],
      ['packages/b: prompts', 'error', 'packages/b/x.md', `packages/b/${CONFIG}:3`],
    ];
    const folder = folderWith(packages);
    expect(await judged(folder)).toEqual(all);
    expect(await judged(folder, '--only', 'packages/b*')).toEqual(all.slice(2));
    expect(await judged(join(folder, 'packages/b'))).toEqual([['prompts', 'error', 'x.md', `${CONFIG}:3`]]);
  });

  test('names each file once, never itself, and does not follow what those include', async () => {
    const folder = folderWith({
      ...packages,
      [CONFIG]: `${include('["**/tokenhub.config.yaml", packages/a/tokenhub.config.yaml, ./packages/../packages/a/tokenhub.config.yaml]')}${budget('top')}`,
      [`packages/a/${CONFIG}`]: `${include('["../../tokenhub.config.yaml", nowhere.yaml]')}${budget('prompts')}`,
    });
    const { stdout, stderr } = await sceneIn(folder).tokenhub('check', '--json');
    expect(JSON.parse(stdout).verdicts.map((verdict: Body) => verdict.budget)).toEqual([
      'top',
      'packages/a: prompts',
      'packages/b: prompts',
    ]);
    expect(stderr).toBe(
      `warning: packages/a/${CONFIG}:1: include is not followed here, as the file is included itself\n`,
    );
  });

  test('never matches what git ignores, nor installed packages', async () => {
    const folder = repositoryWith({
      ...packages,
      [CONFIG]: include('"**/tokenhub.config.yaml"'),
      [`node_modules/x/${CONFIG}`]: 'budgets: 7\n',
      [`packages/a/node_modules/x/${CONFIG}`]: 'budgets: 7\n',
      [`dist/${CONFIG}`]: 'budgets: 7\n',
      '.gitignore': 'dist\n',
    });
    expect((await judged(folder)).map(([name]: string[]) => name)).toEqual([
      'packages/a: prompts',
      'packages/b: prompts',
    ]);
    symlinkSync('a', join(folder, 'packages/c'));
    expect((await judged(folder)).length).toBe(2);
  });

  test('of nothing is told: a glob warns, a path is an error at its line', async () => {
    const files = { 'a.md': 'a' };
    const at = sceneIn(folderWith({ ...files, [CONFIG]: `${budget('p')}${include('"packages/*/x.yaml"')}` }));
    expect((await at.tokenhub('check')).stderr).toBe(
      `warning: ${CONFIG}:3: include: no file matches "packages/*/x.yaml"\n`,
    );
    const missing = { ...files, [CONFIG]: `${budget('p')}include:\n  - a.md\n  - no/such.yaml\n`, 'a.md': '{}' };
    expect(await judged(folderWith(missing))).toMatchObject({
      code: 'BAD_CONFIG',
      message: 'there is no file "no/such.yaml"',
      file: CONFIG,
      line: 5,
      field: 'include[1]',
    });
    expect(await judged(folderWith({ ...packages, [CONFIG]: include('packages/a/') }))).toMatchObject({
      message: '"packages/a/" is a folder',
      hint: 'name the config in it: packages/a/tokenhub.config.yaml',
    });
  });

  test('tells what is wrong at the file that has it', async () => {
    expect(
      await judged(folderWith({ ...packages, [`packages/b/${CONFIG}`]: 'budgets:\n  - { name: p, max: 1 tokens }\n' })),
    ).toMatchObject({
      file: `packages/b/${CONFIG}`,
      line: 2,
      message: 'is a budget on nothing',
    });
    const twice = {
      ...packages,
      'packages/b/more.yaml': budget('prompts'),
      [CONFIG]: include('["packages/*/*.yaml"]'),
    };
    expect(await judged(folderWith(twice))).toMatchObject({
      file: `packages/b/${CONFIG}`,
      field: 'budgets[0].name',
      message: `is also the name of budgets[0] of packages/b/more.yaml`,
    });
  });

  test('of more than 1,000 configs is refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`p/${i}.yaml`, '{}\n']));
    expect(await judged(folderWith({ ...many, [CONFIG]: include('"p/*.yaml"') }))).toMatchObject({
      message: 'names more than 1,000 configs',
      line: 1,
    });
  });

  test('counts with a base, under one baseline, and by the configs of the base', async () => {
    const folder = changeOf({ ...packages, 'packages/a/x.md': tokens(9) });
    write(folder, { [`packages/a/${CONFIG}`]: budget('prompts', 99), 'packages/a/x.md': tokens(12) });
    const of = async (...flags: string[]) =>
      (await sceneIn(folder).json('check', '--base', 'main', ...flags)).verdicts.map(
        ({ budget: name, code, path, baseline }: Body) => [name, code, path, baseline],
      );
    expect(await of('--config-from', 'base')).toEqual([
      ['top', 'TH000', 'top.md', 3],
      ['packages/a: prompts', 'TH001', 'packages/a/x.md', 9],
      ['packages/a: prompts', 'TH009', null, null],
      ['packages/b: prompts', 'TH008', 'packages/b/x.md', 5],
    ]);
    expect(await of('--only', '*a: prompts')).toEqual([
      ['packages/a: prompts', 'TH000', 'packages/a/x.md', 9],
      ['packages/a: prompts', 'TH009', null, null],
    ]);
    expect(git(folder, 'status', '--short')).not.toContain('baseline');
  });

  test('tells the pattern that leaves a file out as its own config has it', async () => {
    const folder = folderWith({ ...packages, 'packages/a/bin.md': new Uint8Array([0, 1]) });
    const { verdicts } = await sceneIn(folder).json('check');
    const { path, hint } = verdicts.find(({ code }: Body) => code === 'TH005');
    expect([path, hint]).toEqual(['packages/a/bin.md', expect.stringContaining('"!bin.md"')]);
  });

  test('of a folder outside of the repository has no base: an error where one was typed, else a note', async () => {
    const other = folderWith({ [CONFIG]: budget('far'), 'x.md': tokens(3) });
    const folder = changeOf({ [CONFIG]: include(`"${join(other, CONFIG)}"`) });
    expect(await judged(folder, '--base', 'main')).toMatchObject({
      code: 'OUTSIDE_REPOSITORY',
      file: expect.any(String),
    });
    const { stdout } = await sceneIn(folder, { env: { GITHUB_BASE_REF: 'main' } }).tokenhub('check', '--json');
    expect([JSON.parse(stdout).passed, JSON.parse(stdout).notes]).toEqual([
      true,
      [expect.stringContaining('loosens limits is not known'), expect.stringContaining('outside of the repository')],
    ]);
  });

  test('is never an output', async () => {
    const { exitCode, stderr } = await sceneIn(folderWith(packages)).tokenhub(
      'check',
      '-o',
      `json=packages/a/${CONFIG}`,
    );
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('not overwritten')]);
  });
});

describe('a config behind a link or in a submodule', () => {
  const FIRST = { [CONFIG]: `${budget('top')}${include('packages/*/tokenhub.config.yaml')}`, 'top.md': 'a' };
  const away = (name: string, to: string) => ({
    code: 'BAD_CONFIG',
    file: CONFIG,
    line: 3,
    message: expect.stringContaining(`does not follow "${name}"`),
    hint: expect.stringContaining(`own path: ${to}`),
  });
  const refused = async (folder: string, name: string, to: string) => {
    expect((await sceneIn(folder).tokenhub('check')).exitCode).toBe(2);
    expect(await judged(folder)).toMatchObject(away(name, to));
    write(folder, { [CONFIG]: `${budget('top')}${include(`[packages/*/${CONFIG}, ${to}]`)}` });
    expect((await judged(folder)).length).toBe(2);
  };

  test('is asked for by its own path: in a linked folder, as a link, in a submodule', async () => {
    const folder = repositoryWith({
      ...FIRST,
      [`impl/a/${CONFIG}`]: budget('a'),
      'impl/a/x.md': 'a',
      'packages/b/y': '',
    });
    symlinkSync('../impl/a', join(folder, 'packages/a'));
    await refused(folder, 'packages/a', `impl/a/${CONFIG}`);
    write(folder, { [CONFIG]: `${budget('top')}${include(`"packages/!(a)/${CONFIG}"`)}` });
    expect((await judged(folder)).length).toBe(1);

    const other = repositoryWith({ ...FIRST, 'conf/b.yaml': budget('b'), 'conf/x.md': 'a', 'packages/b/y': '' });
    symlinkSync('../../conf/b.yaml', join(other, `packages/b/${CONFIG}`));
    await refused(other, `packages/b/${CONFIG}`, 'conf/b.yaml');

    const module = repositoryWith({ [CONFIG]: budget('c'), 'x.md': 'a' });
    git(module, 'add', '.');
    git(module, 'commit', '-qm', 'all');
    const top = repositoryWith(FIRST);
    git(top, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', module, 'packages/c');
    await refused(top, 'packages/c', `packages/c/${CONFIG}`);
  });

  test('is asked for out of the repository, too, and a link to no config is nothing', async () => {
    const folder = repositoryWith({ ...FIRST, 'docs/x.md': 'a', 'packages/b/y': '' });
    symlinkSync('../docs', join(folder, 'packages/docs'));
    symlinkSync('nowhere', join(folder, 'packages/gone'));
    expect((await judged(folder)).length).toBe(1);
    symlinkSync(folderWith({ [CONFIG]: budget('z') }), join(folder, 'packages/z'));
    expect(await judged(folder)).toMatchObject(away('packages/z', '../'));
  });

  test('is asked for in the base', async () => {
    const folder = changeOf({ ...FIRST, [`impl/a/${CONFIG}`]: budget('a'), 'impl/a/x.md': 'a', 'packages/b/y': '' });
    symlinkSync('../impl/a', join(folder, 'packages/a'));
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'link');
    git(folder, 'branch', '-qf', 'main', 'HEAD');
    write(folder, { [CONFIG]: budget('top') });
    const error = await judged(folder, '--base', 'main', '--config-from', 'base');
    expect(error).toMatchObject({ ...away('packages/a', `impl/a/${CONFIG}`), file: expect.stringContaining('main') });
  });
});
