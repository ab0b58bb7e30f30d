import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
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
