import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findLedger, wouldBeCommitted } from '../../src/files/ledger-path.js';
import { folderWith, git, repositoryWith } from './folder.js';

const none = { flag: null, env: {}, config: { ledger: null } };

test('the flag goes before the environment, that before the config, that before the nearest file', () => {
  const cwd = folderWith({ '.git/x': '', 'tokenhub.db': 'content', 'e.db': 'content' });
  const env = { TOKENHUB_LEDGER: 'e.db' };
  const config = { ledger: join(cwd, 'c.db') };
  expect(findLedger({ flag: 'f.db', env, config, cwd })).toEqual({ path: join(cwd, 'f.db'), exists: false });
  expect(findLedger({ ...none, env, config, cwd })).toEqual({ path: join(cwd, 'e.db'), exists: true });
  expect(findLedger({ ...none, env: { TOKENHUB_LEDGER: '' }, config, cwd })).toEqual({
    path: join(cwd, 'c.db'),
    exists: false,
  });
  expect(findLedger({ ...none, cwd })).toEqual({ path: join(cwd, 'tokenhub.db'), exists: true });
});

test('the nearest tokenhub.db is looked for up to the repository root and no further', () => {
  const root = folderWith({
    'tokenhub.db': '',
    'repo/.git/x': '',
    'repo/a/tokenhub.db': '',
    'repo/a/b/c/x': '',
    'repo/d/x': '',
  });
  expect(findLedger({ ...none, cwd: join(root, 'repo/a/b/c') }).path).toBe(join(root, 'repo/a/tokenhub.db'));
  expect(findLedger({ ...none, cwd: join(root, 'repo/d') })).toEqual({
    path: join(root, 'repo/d/tokenhub.db'),
    exists: false,
  });
});

test('a ledger would be committed when it lies in a work tree and is not ignored', () => {
  const root = repositoryWith({ '.gitignore': 'tokenhub.db\nshut/\n' });
  for (const folder of ['sub', 'shut']) mkdirSync(join(root, folder));
  expect(wouldBeCommitted(join(root, 'tokenhub.db'))).toBe(false);
  expect(wouldBeCommitted(join(root, 'shut/other.db'))).toBe(false);
  expect(wouldBeCommitted(join(root, 'sub/other.db'))).toBe(true);
  expect(wouldBeCommitted(join(root, 'nowhere/other.db'))).toBe(false);
  expect(wouldBeCommitted(join(folderWith(), 'tokenhub.db'))).toBe(false);
  const tracked = repositoryWith({ '.gitignore': '*.db\n', 'tokenhub.db': '' });
  git(tracked, 'add', '-f', 'tokenhub.db');
  expect(wouldBeCommitted(join(tracked, 'tokenhub.db'))).toBe(true);
});
