import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findBase } from '../../../src/cli/flows/find-base.js';
import { folderWith, git, repositoryWith } from '../../files/folder.js';
import { memoryIo } from '../memory-io.js';
import { changeOf, cloneOf, commit } from '../repository.js';

type Env = Record<string, string>;

const find = (folder: string, typed?: string | false, env: Env = {}) =>
  findBase(memoryIo({ cwd: folder, env }).io, folder, typed);

/** Name and commit of the base, or code and hint of why there is none. */
function found(folder: string, typed?: string | false, env: Env = {}): unknown {
  try {
    const { base, problem } = find(folder, typed, env);
    return base === null ? (problem === null ? null : [problem.code, problem.hint]) : [base.ref, base.commit.id];
  } catch (error) {
    return [(error as { code: string }).code, (error as { hint: string }).hint];
  }
}

/** Runs the command that a hint begins with, as it would be typed. */
function typeHint(folder: string, hint: string): void {
  const [, command] = /^(?:did you mean [^?]*\? if not, )?fetch it: (.*?)(?:, then .*|; or .*)?$/.exec(hint)!;
  execFileSync('sh', ['-c', command!], {
    cwd: folder,
    env: { ...process.env, GIT_ALLOW_PROTOCOL: 'file' },
    stdio: 'pipe',
  });
}

/** A repository with `main`, a branch `change`, and on each a commit of its own; and where both parted. */
function parted(): { folder: string; parting: string } {
  const folder = changeOf({ 'a.md': 'a' });
  const parting = git(folder, 'rev-parse', 'main').trim();
  commit(folder, { 'a.md': 'b' });
  git(folder, 'checkout', '-q', 'main');
  commit(folder, { 'b.md': 'c' });
  git(folder, 'checkout', '-q', 'change');
  return { folder, parting };
}

describe('the base of a change', () => {
  test('is where it parted from the ref that was typed', () => {
    const { folder, parting } = parted();
    expect(found(folder, 'main')).toEqual(['main', parting]);
    expect(find(folder, 'main').base!.name).toBe(`main (${parting.slice(0, 7)})`);
    git(folder, 'checkout', '-q', '--detach', 'change');
    expect(found(folder, 'main')).toEqual(['main', parting]);
    expect(found(folder, 'HEAD~1')).toEqual(['HEAD~1', parting]);
  });

  test('is none without a flag outside of a pull request, and none with --no-base', () => {
    const { folder } = parted();
    expect(found(folder)).toBe(null);
    expect(found(folder, undefined, { GITHUB_BASE_REF: '', CHANGE_TARGET: ' ' })).toBe(null);
    expect(found(folder, false, { GITHUB_BASE_REF: 'main' })).toBe(null);
  });

  test.each([
    ['GITHUB_BASE_REF', 'main'],
    ['CI_MERGE_REQUEST_TARGET_BRANCH_NAME', 'main'],
    ['BITBUCKET_PR_DESTINATION_BRANCH', 'main'],
    ['SYSTEM_PULLREQUEST_TARGETBRANCH', 'refs/heads/main'],
    ['CHANGE_TARGET', 'main'],
    ['BUILDKITE_PULL_REQUEST_BASE_BRANCH', 'main'],
  ])('is that of the pull request which %s names: the branch of origin, else the local one', (variable, value) => {
    const { folder, parting } = parted();
    expect(found(folder, undefined, { [variable]: value })).toEqual(['main', parting]);
    expect(found(cloneOf(folder), undefined, { [variable]: value })).toEqual(['origin/main', parting]);
  });

  test('is the commit that GitLab names, else the branch', () => {
    const { folder, parting } = parted();
    const branch = { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' };
    const sha = (id: string) => ({ ...branch, CI_MERGE_REQUEST_DIFF_BASE_SHA: id });
    expect(found(folder, undefined, sha(parting))).toEqual([parting, parting]);
    expect(found(folder, undefined, sha('0'.repeat(40)))).toEqual(['main', parting]);
  });

  test('of a merge commit as GitHub checks it out is the tip that was merged into', () => {
    const { folder } = parted();
    const tip = git(folder, 'rev-parse', 'main').trim();
    git(folder, 'checkout', '-q', '--detach', 'main');
    git(folder, 'merge', '-q', '--no-ff', '-m', 'merge', 'change');
    expect(found(folder, undefined, { GITHUB_BASE_REF: 'main' })).toEqual(['main', tip]);
  });
});

describe('a base that cannot be found', () => {
  test('tells the near name, or the command that fetches it', () => {
    const { folder, parting } = parted();
    const clone = cloneOf(folder);
    expect(found(clone, 'main')).toEqual(['UNKNOWN_REF', 'did you mean "origin/main"?']);
    git(clone, 'update-ref', '-d', 'refs/remotes/origin/main');
    const hint = 'fetch it: git fetch origin +refs/heads/main:refs/remotes/origin/main';
    expect(found(clone, 'origin/main')).toEqual(['UNKNOWN_REF', hint]);
    expect(found(clone, 'main')).toEqual(['UNKNOWN_REF', `${hint}, then --base origin/main`]);
    expect(found(clone, undefined, { GITHUB_BASE_REF: 'main' })).toEqual(['UNKNOWN_REF', hint]);
    typeHint(clone, hint);
    expect(found(clone, 'origin/main')).toEqual(['origin/main', parting]);
  });

  test('and has a name that a shell would run is quoted in the command', () => {
    const { folder } = parted();
    const clone = cloneOf(folder);
    const [, hint] = found(clone, undefined, { GITHUB_BASE_REF: "x;touch$(id)it's" }) as [string, string];
    expect(hint).toContain(`'+refs/heads/x;touch$(id)it'\\''s:refs/remotes/origin/x;touch$(id)it'\\''s'`);
    expect(found(clone, '--upload-pack=x')).toEqual(['UNKNOWN_REF', expect.any(String)]);
  });

  test('in a shallow clone tells the command that gets the history, and then it is found', () => {
    const { folder, parting } = parted();
    const clone = cloneOf(folder, '--depth=1');
    const env = { GITHUB_BASE_REF: 'main', GITHUB_ACTIONS: 'true' };
    const [code, hint] = found(clone, undefined, env) as [string, string];
    expect(code).toBe('UNKNOWN_REF');
    expect(hint).toBe(
      'fetch it: git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main; or in the workflow: actions/checkout with fetch-depth: 0',
    );
    typeHint(clone, hint);
    expect(found(clone, undefined, env)).toEqual(['origin/main', parting]);
  });

  test('since both histories are cut is never answered by a commit further back', () => {
    const { folder, parting } = parted();
    const clone = cloneOf(folder, '--depth=1', '--no-single-branch');
    const [code, hint] = found(clone, 'origin/main', { GITLAB_CI: 'true' }) as [string, string];
    expect([code, hint.endsWith('; or in .gitlab-ci.yml: variables: { GIT_DEPTH: 0 }')]).toEqual([
      'SHALLOW_CLONE',
      true,
    ]);
    typeHint(clone, hint);
    expect(found(clone, 'origin/main')).toEqual(['origin/main', parting]);
  });

  test('is found in a shallow clone whose history reaches as far', () => {
    const { folder, parting } = parted();
    expect(found(cloneOf(folder, '--depth=2', '--no-single-branch'), 'origin/main')).toEqual(['origin/main', parting]);
  });

  // root - near - main;  near - cut and root - side, merged into HEAD: without the parents of `cut` only `root` is in common
  test('is not an older commit that a cut leaves as the only one in common', () => {
    const folder = changeOf({ 'a.md': 'a' });
    const tree = git(folder, 'rev-parse', 'HEAD^{tree}').trim();
    const make = (message: string, ...parents: string[]): string =>
      git(folder, 'commit-tree', tree, '-m', message, ...parents.flatMap((parent) => ['-p', parent])).trim();
    const root = git(folder, 'rev-parse', 'HEAD').trim();
    const near = make('near', root);
    const cut = make('cut', near);
    git(folder, 'update-ref', 'refs/heads/main', make('main', near));
    git(folder, 'update-ref', 'refs/heads/change', make('merge', cut, make('side', root)));
    expect(found(folder, 'main')).toEqual(['main', near]);
    writeFileSync(join(folder, '.git/shallow'), `${cut}\n`);
    expect(git(folder, 'merge-base', 'HEAD', 'main').trim()).toBe(root);
    expect(found(folder, 'main')).toEqual(['SHALLOW_CLONE', expect.any(String)]);
    writeFileSync(join(folder, '.git/shallow'), `${root}\n`);
    expect(found(folder, 'main')).toEqual(['main', near]);
  });

  test('has unrelated histories, no commits, or no repository', () => {
    const folder = changeOf({ 'a.md': 'a' });
    git(folder, 'checkout', '-q', '--orphan', 'other');
    commit(folder, { 'b.md': 'b' });
    expect(found(folder, 'main')).toEqual(['NO_MERGE_BASE', expect.stringContaining('--no-base')]);
    expect(found(repositoryWith(), 'main')).toEqual(['NO_COMMITS', expect.stringContaining('git commit')]);
    expect(found(folderWith(), 'main')).toEqual(['NOT_IN_GIT', expect.any(String)]);
    expect(found(folderWith(), undefined, { GITHUB_BASE_REF: 'main' })).toEqual(['NOT_IN_GIT', expect.any(String)]);
  });
});
