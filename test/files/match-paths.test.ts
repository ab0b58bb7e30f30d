import { symlinkSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matchListing } from '../../src/files/match-paths.js';
import { folderWith, repositoryWith } from './folder.js';

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
    skipped: [{ path: 'link.md', reason: 'symbolic link' }],
  });
  expect((await matchListing(['*.md', '!link.md'], { root })).skipped).toEqual([]);
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
    [['p/{a/prompts,b}/**/*.md'], [OTHER, SUB]],
    [['**/*.md'], [OTHER, SUB]],
    [['**/*.md', '!p/a/other'], [SUB]],
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
