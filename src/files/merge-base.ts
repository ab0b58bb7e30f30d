/** Where a change and its base parted. No program that the repository names is run, and nothing is fetched. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gitFailed } from '../errors/git.js';
import { failureReason } from './failure-reason.js';
import { firstLine, gitOutput, runGit } from './git.js';
import type { Commit } from './git-tree.js';

/** `shallow`: what this clone has of the history does not say. */
export type Parting = { readonly id: string } | { readonly problem: 'shallow' | 'unrelated' };

/**
 * The nearest commit that both came from, when it can be told.
 *
 * In a shallow clone a nearer one may lie behind a cut: then it cannot.
 */
export function partingOf({ root, id: base }: Commit, head: string): Parting {
  const cuts = cutsOf(root);
  const answer = runGit(root, ['merge-base', head, base]);
  if (answer === null || answer.status === null || answer.status > 1)
    throw gitFailed(root, firstLine(answer?.stderr ?? 'git is gone'));
  const id = answer.stdout.toString().trim();
  if (id === '') return { problem: cuts.size > 0 ? 'shallow' : 'unrelated' };
  return cuts.size > 0 && isCutAbove(root, [head, base], id, cuts) ? { problem: 'shallow' } : { id };
}

/** Whether a commit that is not an ancestor of `id` has parents that this clone has not. */
function isCutAbove(root: string, tips: readonly string[], id: string, cuts: ReadonlySet<string>): boolean {
  return lines(gitOutput(root, ['rev-list', ...tips, `^${id}`])).some((commit) => cuts.has(commit));
}

/** Commits whose parents a shallow clone leaves out; none in a whole one. Source: gitrepository-layout(5), `shallow`. */
function cutsOf(root: string): ReadonlySet<string> {
  if (!isShallow(root)) return new Set();
  const path = gitOutput(root, ['rev-parse', '--git-path', 'shallow'])
    .toString()
    .replace(/\r?\n$/, '');
  try {
    return new Set(lines(readFileSync(resolve(root, path))));
  } catch (cause) {
    throw gitFailed(root, `${path}: ${failureReason(cause)}`, cause);
  }
}

export const isShallow = (root: string): boolean =>
  gitOutput(root, ['rev-parse', '--is-shallow-repository']).toString().trim() === 'true';

const lines = (bytes: Buffer): string[] =>
  bytes
    .toString()
    .split('\n')
    .filter((line) => line !== '');

/** Names of branches and tags, as they may be typed. */
export const refNames = (root: string): string[] =>
  lines(gitOutput(root, ['for-each-ref', '--format=%(refname:short)']));

/** The remote that branches are fetched from; `null`: the repository has none. */
export function usualRemote(root: string): string | null {
  const remotes = lines(gitOutput(root, ['remote']));
  return remotes.includes('origin') ? 'origin' : (remotes[0] ?? null);
}
