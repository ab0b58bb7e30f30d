import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TokenhubError } from '../../src/errors/tokenhub-error.js';
import { isShallow, partingOf, refNames, usualRemote } from '../../src/files/merge-base.js';
import { changeOf } from '../cli/repository.js';
import { folderWith, git } from './folder.js';

const codeOf = (act: () => unknown): string => {
  try {
    return `answered ${JSON.stringify(act())}`;
  } catch (error) {
    return (error as TokenhubError).code;
  }
};

test('what git cannot answer is no answer', () => {
  const nowhere = folderWith();
  expect([isShallow, refNames, usualRemote].map((ask) => codeOf(() => ask(nowhere)))).toEqual(
    Array(3).fill('GIT_FAILED'),
  );
  const folder = changeOf({ a: 'a' });
  expect([isShallow(folder), refNames(folder), usualRemote(folder)]).toEqual([false, ['change', 'main'], null]);
});

test('cuts that cannot be read are not none', () => {
  const folder = changeOf({ a: 'a' });
  const id = git(folder, 'rev-parse', 'HEAD').trim();
  expect(partingOf({ root: folder, id }, id)).toEqual({ id });
  writeFileSync(join(folder, '.git/shallow'), 'no id\n');
  expect(codeOf(() => partingOf({ root: folder, id }, id))).toBe('GIT_FAILED');
  expect(codeOf(() => isShallow(folder))).toBe('GIT_FAILED');
});
