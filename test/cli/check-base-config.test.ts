import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git } from '../files/folder.js';
import { changeOf, commit, write } from './repository.js';
import { type Body, type Files, sceneIn } from './scene.js';
import { tokens } from './token-text.js';

const CONFIG = 'tokenhub.config.yaml';
const budget = (name: string, max: number, paths = '"*.md"'): string =>
  `budgets:\n  - { name: ${name}, paths: [${paths}], max: ${max} tokens }\n`;

/** Exit code, and of every verdict budget, code and path; or the error's code and message. */
async function judged(folder: string, ...flags: string[]) {
  const { exitCode, stdout, stderr } = await sceneIn(folder).tokenhub(
    ...['check', '--json', '--base', 'main', '--config-from', 'base', ...flags],
  );
  if (stdout === '') {
    const { code, message } = JSON.parse(stderr).error;
    return [exitCode, code, message.replace(/[0-9a-f]{7}/, 'ID')];
  }
  return [exitCode, ...JSON.parse(stdout).verdicts.map((each: Body) => [each.budget, each.code, each.path])];
}

/** Moves a folder and leaves a link to it. */
function moveBehindLink(folder: string, from: string, to: string): void {
  git(folder, 'mv', from, to);
  symlinkSync(to, join(folder, from));
}

const CODE = 'CONFIG_OUT_OF_REACH';
const NONE_HERE = 'the search from here finds none there';
const behindLink = (config: string): string =>
  `the change has a link in place of a folder, so the limits of "${config}" in main (ID) would judge nothing`;

describe('--config-from base', () => {
  test('takes the config that is named as the base has it, though the change puts a link before it', async () => {
    const folder = changeOf({ [`conf/${CONFIG}`]: budget('p', 10, '"../*.md"'), 'a.md': tokens(9) });
    moveBehindLink(folder, 'conf', 'conf2');
    commit(folder, { [`conf2/${CONFIG}`]: budget('p', 99, '"../*.md"'), 'a.md': tokens(11) });
    for (const named of [`conf/${CONFIG}`, join(folder, 'conf', CONFIG)])
      expect(await judged(folder, '--config', named)).toEqual([1, ['p', 'TH001', '../a.md'], ['p', 'TH009', null]]);
  });

  test.each([
    ['alone', {}],
    ['beside one further up', { [CONFIG]: budget('top', 1000) }],
  ])('refuses a folder that the change replaces by a link, with a config %s', async (_, beside: Files) => {
    const folder = changeOf({ ...beside, [`sub/${CONFIG}`]: budget('p', 10), 'sub/a.md': tokens(9) });
    moveBehindLink(folder, 'sub', 'sub2');
    commit(folder, { [`sub2/${CONFIG}`]: budget('p', 99), 'sub2/a.md': tokens(11) });
    expect(await judged(join(folder, 'sub2'))).toEqual([2, CODE, behindLink(`sub/${CONFIG}`)]);
    git(folder, 'rm', '-qf', `sub2/${CONFIG}`);
    commit(folder, { 'sub2/other.md': 'a' });
    expect((await judged(join(folder, 'sub2'), '--config', 'other.yaml'))[0]).toBe(2);
    expect((await judged(join(folder, 'sub2')))[0]).toBe(2);
  });

  test('refuses a package.json so replaced, if tokenhub is in it', async () => {
    const manifest = JSON.stringify({ tokenhub: { budgets: [{ name: 'p', paths: '*.md', max: '10 tokens' }] } });
    const folder = changeOf({ 'sub/package.json': manifest, 'plain/package.json': '{}', 'sub/a.md': tokens(9) });
    moveBehindLink(folder, 'sub', 'sub2');
    moveBehindLink(folder, 'plain', 'plain2');
    commit(folder, { 'sub2/package.json': manifest.replace('10', '99'), 'sub2/a.md': tokens(11) });
    expect(await judged(join(folder, 'sub2'))).toEqual([2, CODE, behindLink('sub/package.json')]);
  });

  test('refuses a config that is nowhere in the base where the base has another', async () => {
    const folder = changeOf({ [`a/${CONFIG}`]: budget('p', 10), 'a/a.md': tokens(9) });
    commit(folder, { [`b/${CONFIG}`]: budget('q', 10), 'b/b.md': tokens(9), 'b/mine.yaml': budget('r', 10) });
    const message = `${NONE_HERE}, so the limits of "a/${CONFIG}" in main (ID) would judge nothing`;
    expect(await judged(join(folder, 'b'))).toEqual([2, CODE, message]);
    expect(await judged(join(folder, 'b'), '--config', 'mine.yaml')).toEqual([2, CODE, message]);
    expect(await judged(join(folder, 'b'), '--config-from', 'head')).toEqual([0, ['q', 'TH000', 'b.md']]);
  });

  test('follows the links that the base has', async () => {
    const folder = changeOf({ [`real/${CONFIG}`]: budget('p', 10), 'real/a.md': tokens(9) });
    symlinkSync('real', join(folder, 'link'));
    symlinkSync('loop', join(folder, 'loop'));
    commit(folder, {});
    git(folder, 'branch', '-f', 'main', 'change');
    commit(folder, { [`real/${CONFIG}`]: budget('p', 99), 'real/a.md': tokens(11) });
    const codes = async (at: string, ...flags: string[]) =>
      (await judged(at, ...flags)).slice(1).map(([, code]) => code);
    expect(await codes(folder, '--config', `link/${CONFIG}`)).toEqual(['TH001', 'TH009']);
    expect(await codes(join(folder, 'link'))).toEqual(['TH001', 'TH009']);
  });

  test('keeps configs apart that the change makes one by a link', async () => {
    const folder = changeOf({
      [CONFIG]: 'include: packages/*/tokenhub.config.yaml\n',
      ...{ [`packages/a/${CONFIG}`]: budget('p', 10), 'packages/a/a.md': tokens(9) },
      ...{ [`packages/b/${CONFIG}`]: budget('p', 50), 'packages/b/b.md': tokens(9) },
    });
    rmSync(join(folder, 'packages/a'), { recursive: true });
    symlinkSync('b', join(folder, 'packages/a'));
    commit(folder, { 'packages/b/b.md': tokens(11) });
    expect(await judged(folder)).toEqual([
      1,
      ['packages/b: p', 'TH000', 'packages/b/b.md'],
      ['packages/a: p', 'TH001', 'packages/a/b.md'],
      ['packages/a: p', 'TH009', null],
    ]);
  });

  test.each<[string, Files, Files]>([
    ['from YAML to package.json', { [CONFIG]: budget('p', 10) }, { 'package.json': manifest(99) }],
    ['from package.json to YAML', { 'package.json': manifest(10) }, { [CONFIG]: budget('p', 99) }],
    ['to JSON', { [CONFIG]: budget('p', 10) }, { 'tokenhub.config.json': JSON.stringify(section(99)) }],
  ])('is not lifted by a config that moves %s', async (_, before, now) => {
    const folder = changeOf({ ...before, 'a.md': tokens(9) });
    for (const name of Object.keys(before)) rmSync(join(folder, name));
    commit(folder, { ...now, 'a.md': tokens(11) });
    expect(await judged(folder)).toEqual([1, ['p', 'TH001', 'a.md'], ['p', 'TH009', null]]);
  });

  test('is not lifted by a package.json beside the config, or one before it', async () => {
    const folder = changeOf({ 'tokenhub.config.yml': budget('p', 10), 'sub/a.md': 'a', 'a.md': tokens(9) });
    commit(folder, { 'package.json': manifest(99), [CONFIG]: budget('p', 99), 'a.md': tokens(11) });
    expect(await judged(folder)).toEqual([1, ['p', 'TH001', 'a.md'], ['p', 'TH009', null]]);
  });

  test('tells a budget that moves to another folder, where its paths mean other files, and no other', async () => {
    const folder = changeOf({
      [CONFIG]: budget('p', 10, '"**/*.md", "!old/**"').replace(' }', ', allowEmpty: true }'),
      'sub/a.md': tokens(9),
      'sub/b.md': 'b',
    });
    const told = async (paths: string) => {
      write(folder, { [`sub/${CONFIG}`]: budget('p', 10, paths).replace(' }', ', allowEmpty: true }') });
      const { verdicts } = await sceneIn(join(folder, 'sub')).json('check', '--base', 'main');
      return verdicts.filter(({ code }: Body) => code === 'TH009').map(({ message }: Body) => message);
    };
    const from = 'the change alters `paths` from **/*.md, !old/** to';
    expect(await told('"**/*.md", "!old/**"')).toEqual([`${from} sub/**/*.md, !sub/old/**`]);
    expect(await told('"../**/*.md", "!../old/**"')).toEqual([]);
    expect(await told('"../**/*.md"')).toEqual([`${from} **/*.md`]);
  });

  test('judges by an included config that the change removes', async () => {
    const folder = changeOf({
      [CONFIG]: 'include: [packages/a/tokenhub.config.yaml]\n',
      ...{ [`packages/a/${CONFIG}`]: budget('p', 10), 'packages/a/a.md': tokens(9) },
    });
    git(folder, 'rm', '-q', `packages/a/${CONFIG}`);
    commit(folder, { [CONFIG]: budget('top', 99), 'packages/a/a.md': tokens(11) });
    const told = await judged(folder, '--only', 'packages/a*');
    expect(told).toEqual([1, ['packages/a: p', 'TH001', 'packages/a/a.md'], ['packages/a: p', 'TH009', null]]);
  });

  test('refuses an included config that the base lists and has not', async () => {
    const folder = changeOf({ [CONFIG]: `include: [lib/${CONFIG}]\n${budget('p', 10)}`, 'a.md': tokens(9) });
    const id = git(folder, 'rev-parse', 'HEAD').trim();
    git(folder, 'update-index', '--add', '--cacheinfo', `160000,${id},lib/${CONFIG}`);
    git(folder, 'commit', '-qm', 'a submodule of that name');
    git(folder, 'branch', '-f', 'main', 'change');
    write(folder, { [CONFIG]: budget('p', 99), 'a.md': tokens(11) });
    expect((await judged(folder)).slice(0, 2)).toEqual([2, 'PATH_NOT_FOUND']);
  });

  test('counts files that the change tells git to ignore, or to keep in other ways', async () => {
    const folder = changeOf({ [CONFIG]: budget('p', 10), 'a.md': tokens(9) });
    write(folder, { 'a.md': tokens(11) });
    commit(folder, {
      '.gitignore': '*.md\n',
      '.gitattributes': '*.md binary export-ignore -diff linguist-generated eol=crlf\n',
    });
    expect(await judged(folder)).toEqual([1, ['p', 'TH001', 'a.md']]);
  });

  test('says so when the files move out of sight altogether', async () => {
    const folder = changeOf({ [CONFIG]: budget('p', 10, '"prompts/*.md"'), 'prompts/a.md': tokens(9) });
    mkdirSync(join(folder, 'texts'));
    renameSync(join(folder, 'prompts/a.md'), join(folder, 'texts/a.md'));
    commit(folder, { 'texts/a.md': tokens(11) });
    expect(await judged(folder)).toEqual([3, ['p', 'TH004', null]]);
  });
});

function section(max: number) {
  return { budgets: [{ name: 'p', paths: '*.md', max: `${max} tokens` }] };
}

function manifest(max: number): string {
  return JSON.stringify({ tokenhub: section(max) });
}
