import { symlinkSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matchListing } from '../../src/files/match-paths.js';
import { folderWith, git, repositoryWith } from './folder.js';

const matched = async (globs: readonly string[], root: string) =>
  (await matchListing(globs, { root })).files.map(({ absolute }) => relative(root, absolute));

test('paths, folders and globs add up, and a pattern with ! takes away whatever its place', async () => {
  const root = folderWith({ 'a.md': '', 'p/b.md': '', 'p/d/c.md': '', 'p/d/e.txt': '', 'q/f.md': '' });
  expect(await matched(['**/*.md'], root)).toEqual(['a.md', 'p/b.md', 'p/d/c.md', 'q/f.md']);
  expect(await matched(['**/*.md', '!p/d/**'], root)).toEqual(['a.md', 'p/b.md', 'q/f.md']);
  expect(await matched(['!p/d', '**/*.md'], root)).toEqual(['a.md', 'p/b.md', 'q/f.md']);
  expect(await matched(['p', '!**/d/'], root)).toEqual(['p/b.md']);
  expect(await matched(['p/d', 'a.md', 'a.*'], root)).toEqual(['a.md', 'p/d/c.md', 'p/d/e.txt']);
  expect(await matched(['p/*.md'], root)).toEqual(['p/b.md']);
  expect(await matched(['a.md', '!a.md'], root)).toEqual([]);
});

test('nothing that matches is an empty list', async () => {
  const root = folderWith({ 'a.md': '' });
  for (const globs of [['*.txt'], ['b.md'], ['!a.md'], [], ['a\0*'], ['nope/**']])
    expect(await matched(globs, root)).toEqual([]);
});

test('ignored files stay out unless named', async () => {
  const root = repositoryWith({ '.gitignore': 'out\n', 'out/a.md': '', 'b.md': '' });
  expect(await matched(['**/*.md'], root)).toEqual(['b.md']);
  expect(await matched(['**/*.md', 'out/a.md'], root)).toEqual(['b.md', 'out/a.md']);
});

test('what matches but is no file is named', async () => {
  const root = folderWith({ 'a.md': '' });
  symlinkSync('a.md', join(root, 'link.md'));
  expect(await matchListing(['*.md'], { root })).toEqual({
    files: [{ path: 'a.md', absolute: join(root, 'a.md'), explicit: false }],
    skipped: [],
  });
  expect(await matched(['*.md', '!a.md'], root)).toEqual(['link.md']);
  expect(await matched(['*.md', '!a.md', '!link.md'], root)).toEqual([]);
});

describe('a symbolic link to a folder', () => {
  const linked = (globs: readonly string[], make = folderWith) => {
    const root = make({ 'real/big.md': '', 'p/a/prompts/x.md': '', 'p/a/docs/y.md': '' });
    symlinkSync('../../../real', join(root, 'p/a/prompts/sub'));
    symlinkSync('../../real', join(root, 'p/a/other'));
    symlinkSync('nowhere', join(root, 'p/a/prompts/dangling'));
    return matchListing(globs, { root });
  };
  const SUB = 'p/a/prompts/sub';
  const OTHER = 'p/a/other';

  test.each([
    [['p/*/prompts/**/*.md'], [SUB]],
    [['p/a/prompts/*/*.md'], [SUB]],
    [['p/a/prompts/*.md'], []],
    [['p/*/{prompts,agents}/**/*.md'], [SUB]],
    [['p/{a/prompts,b}/**/*.md'], [SUB]],
    [['**/prompts/**/*.md'], [SUB]],
    [['**/*.md', '!**/big.md'], []],
    [['**/*.md'], []], // real/big.md is matched under its own name
    [
      ['**/*.md', '!real'],
      [OTHER, SUB],
    ],
    [['**/*.md', '!real', '!p/a/other'], [SUB]],
    [['**/*.md', '!**/sub/**', '!**/other/**'], []],
    [['*/*.md'], []],
  ])('in which %j could match is named, and no other', async (globs, paths) => {
    for (const make of [folderWith, repositoryWith]) {
      const { skipped } = await linked(globs, make);
      expect(skipped).toEqual(paths.map((path) => ({ path, reason: 'symbolic link' })));
    }
  });

  test.each(['p/link/*.md', 'p/link', 'p/link/**', 'p/link/a.md', 'p/link/{a,b}.md'])(
    'that leads out of where the budget is is not followed by %s',
    async (glob) => {
      const away = folderWith({ 'a.md': '' });
      for (const [make, out] of [
        [folderWith, 'the folder'],
        [repositoryWith, 'the repository'],
      ] as const) {
        const root = make({ 'p/b.md': '' });
        symlinkSync(away, join(root, 'p/link'));
        const { files, skipped } = await matchListing([glob], { root });
        const path = glob === 'p/link/a.md' ? glob : 'p/link';
        expect({ files, skipped }).toEqual({
          files: [],
          skipped: [{ path, reason: `a symbolic link leads out of ${out}` }],
        });
      }
    },
  );

  test('is followed where the pattern names it, within the repository, or a place outside by its own name', async () => {
    const root = repositoryWith({ 'real/a.md': '', 'sub/b.md': '' });
    symlinkSync('../real', join(root, 'sub/link'));
    symlinkSync('.git', join(root, 'git'));
    expect((await matchListing(['link/*.md'], { root: join(root, 'sub') })).files).toMatchObject([
      { path: 'link/a.md' },
    ]);
    const other = folderWith({ 'c.md': '' });
    for (const glob of [`${other}/*.md`, `../${basename(other)}/c.md`])
      expect((await matchListing([glob], { root })).files).toMatchObject([{ absolute: join(other, 'c.md') }]);
    expect(await matched(['git/*'], root)).toEqual([]);
  });
});

describe('what a pattern with no folder in front could reach', () => {
  const skippedIn = async (root: string, globs: readonly string[]) =>
    (await matchListing(globs, { root })).skipped.map(({ path }) => path);

  test('is quiet of a link to a folder without matches, and tells one with them', async () => {
    const root = repositoryWith({ 'prompts/a.md': '', 'docs/v1/x.md': '', 'docs/v2/prompts/b.md': '' });
    symlinkSync('v1', join(root, 'docs/latest'));
    expect(await skippedIn(root, ['**/prompts/**/*.md', 'docs/*', '*/*'])).toEqual([]);
    symlinkSync('v2', join(root, 'docs/next'));
    expect(await skippedIn(root, ['**/next/**/*.md'])).toEqual(['docs/next']);
    expect(await skippedIn(root, ['**/prompts/**/*.md'])).toEqual([]); // docs/v2/prompts/b.md is matched as such
    expect(await skippedIn(root, ['docs'])).toEqual([]); // all of it is matched under its own name
  });

  test('is quiet of a link to a folder whose matches are judged under their own names, unless those are left out', async () => {
    const root = repositoryWith({ 'docs/v1/a.md': '' });
    symlinkSync('v1', join(root, 'docs', 'latest'));
    expect((await matchListing(['**/*.md'], { root })).skipped).toEqual([]);
    const leftOut = await matchListing(['**/*.md', '!docs/v1/**'], { root });
    expect(leftOut.skipped.map(({ path }) => path)).toEqual(['docs/latest']);
  });

  test('is found over several links, in folders that git ignores, and without end in those that lead back', async () => {
    const root = repositoryWith({ '.gitignore': 'out\n', 'out/prompts/a.md': '', 'x/y.md': '', 'own/z.md': '' });
    symlinkSync('../out', join(root, 'x/built'));
    symlinkSync('..', join(root, 'own/up'));
    expect(await skippedIn(root, ['**/prompts/**'])).toEqual(['own/up', 'x/built']);
    expect(await skippedIn(root, ['**/agents/**'])).toEqual([]);
  });

  test('is told of a link out of the repository only where the pattern names it, or a folder above it', async () => {
    const root = repositoryWith({ 'prompts/a.md': '', 'docs/b.md': '' });
    const away = folderWith({ 'c.md': '' });
    for (const link of ['docs/prompts', 'docs/other', 'prompts/other']) symlinkSync(away, join(root, link));
    expect(await skippedIn(root, ['**/prompts/**/*.md'])).toEqual(['docs/prompts', 'prompts/other']);
    expect(await skippedIn(root, ['**/*.md'])).toEqual([]);
    expect(await skippedIn(root, ['docs/**/*.md'])).toEqual(['docs/other', 'docs/prompts']);
  });

  test('is told of a submodule by its files, and by its name where it is not checked out', async () => {
    const module = repositoryWith({ 'prompts/a.md': '' });
    git(module, 'add', '.');
    git(module, 'commit', '-qm', 'all');
    const root = repositoryWith({ 'b.md': '' });
    for (const name of ['lib', 'vendor/prompts'])
      git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', module, name);
    const told = () =>
      Promise.all(['**/prompts/**', '**/docs/**', 'vendor/**/x'].map((glob) => skippedIn(root, [glob])));
    expect(await told()).toEqual([['lib', 'vendor/prompts'], [], []]);
    git(root, 'commit', '-qm', 'all');
    git(root, 'submodule', '--quiet', 'deinit', '--all');
    expect(await told()).toEqual([['vendor/prompts'], [], ['vendor/prompts']]);
  });

  test('is not a file beyond the repository, nor one that is not there', async () => {
    const root = repositoryWith({ 'a.md': '' });
    symlinkSync(join(folderWith({ 'b.md': '' }), 'b.md'), join(root, 'away.md'));
    symlinkSync('nowhere', join(root, 'gone.md'));
    symlinkSync('.git/config', join(root, 'git.md'));
    expect(await matched(['**/*.md'], root)).toEqual(['a.md']);
    expect(await skippedIn(root, ['**/*.md'])).toEqual(['away.md', 'git.md', 'gone.md']);
  });
});
