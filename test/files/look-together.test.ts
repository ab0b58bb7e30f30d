import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foldersOf, lookTogether } from '../../src/files/look-together.js';
import { findPath } from '../../src/files/walk.js';
import { folderWith, git, repositoryWith } from './folder.js';

const sorted = (found: ReturnType<typeof findPath>) =>
  found && {
    files: [...found.files].sort((a, b) => (a.path < b.path ? -1 : 1)),
    skipped: [...found.skipped].sort((a, b) => (a.path < b.path ? -1 : 1)),
  };

/** Whether folders looked at together are as each by itself. */
async function expectAlike(root: string, texts: readonly string[]): Promise<void> {
  const look = lookTogether(await foldersOf(texts.map((text) => ({ text, root }))));
  for (const text of texts) expect([text, sorted(look(text, root))]).toEqual([text, sorted(findPath(text, root))]);
}

const FILES = {
  'p/a.md': '',
  'p/q/b.md': '',
  'r/c.md': '',
  'd.md': '',
  '.gitignore': 'out\n*.log\n',
  'out/e.md': '',
  'p/x.log': '',
};

test('folders of a repository have the files that each has by itself, ignored ones, links and other repositories too', async () => {
  const root = repositoryWith({ ...FILES, 'odd "name"\n/f.md': '' });
  git(root, 'add', '.');
  writeFileSync(join(root, 'r', 'untracked.md'), '');
  mkdirSync(join(root, 'other'));
  git(join(root, 'other'), 'init', '-q', '.');
  writeFileSync(join(root, 'other', 'g.md'), '');
  symlinkSync('p', join(root, 'link'));
  symlinkSync('a.md', join(root, 'p', 'link.md'));
  const folders = ['p', 'p/q', 'r', 'out', 'other', 'link', 'odd "name"\n', 'p/link.md', 'd.md', 'nope'];
  await expectAlike(root, folders);
  await expectAlike(root, ['.', ...folders]);
  await expectAlike(root, ['p']);
  await expectAlike(join(root, 'p'), ['q', '../r', '.', '../out']);
});

test('so have folders outside of git, and of two places', async () => {
  const root = folderWith(FILES);
  await expectAlike(root, ['.', 'p', 'p/q', 'out']);
  const repository = repositoryWith(FILES);
  await expectAlike(root, ['p', join(repository, 'p'), join(repository, 'out')]);
});
