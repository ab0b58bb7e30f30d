/** The files of a commit, and which of them the work tree still has unchanged. No program that the repository names is run. */

import { realpathSync } from 'node:fs';
import { notInGit, unknownRef } from '../errors/git.js';
import { gitOutput, isInWorkTree, runGit } from './git.js';

export interface Commit {
  /** Absolute top folder of the work tree, without symbolic links. */
  readonly root: string;
  /** Full object id. */
  readonly id: string;
}

export interface TreeEntry {
  /** Relative to the top of the work tree, with `/`. */
  readonly path: string;
  readonly kind: 'file' | 'symbolic link' | 'submodule';
  readonly id: string;
}

/**
 * The commit that a branch, tag or other revision names.
 *
 * @param folder  absolute, existing
 * @throws NOT_IN_GIT, UNKNOWN_REF, GIT_FAILED
 */
export function findCommit(folder: string, ref: string): Commit {
  const real = realpathSync(folder);
  if (!isInWorkTree(real)) throw notInGit(folder);
  const root = realpathSync(
    gitOutput(real, ['rev-parse', '--show-toplevel'])
      .toString()
      .replace(/\r?\n$/, ''),
  );
  const named = resolveId(root, ref);
  const id = named === null ? null : resolveId(root, `${named}^{commit}`);
  if (id === null) throw unknownRef(ref);
  return { root, id };
}

/** No name of a revision begins with a dash (git-check-ref-format), so one that does is no flag of git's either. */
function resolveId(root: string, ref: string): string | null {
  if (ref.startsWith('-') || ref.includes('\0')) return null;
  const answer = runGit(root, ['rev-parse', '--verify', '--quiet', ref]);
  return /^[0-9a-f]{40,64}$/.exec(answer?.stdout.toString().trim() ?? '')?.[0] ?? null;
}

/** Everything in a commit, in git's order. */
export const listTree = ({ root, id }: Commit): TreeEntry[] =>
  fields(gitOutput(root, ['ls-tree', '-r', '-z', '--full-tree', id])).map((field): TreeEntry => {
    const [, mode = '', object = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(field) ?? [];
    return { path, kind: KINDS[mode] ?? 'file', id: object };
  });

const KINDS: Readonly<Record<string, TreeEntry['kind']>> = { '120000': 'symbolic link', '160000': 'submodule' };

/**
 * Files whose version in the index is the one git knows to be in the work tree, filters such as line ends and LFS included: path to
 * object id. A file that is missing here may have changed, or not.
 */
export function unchangedSinceIndex({ root }: Commit): ReadonlyMap<string, string> {
  const changed = changedSinceIndex(root);
  if (changed === null) return new Map();
  const entries = fields(gitOutput(root, ['ls-files', '--stage', '-v', '-z'])).flatMap((field): [string, string][] => {
    const [, tag = '', id = '', stage, path = ''] = /^(\S) \d+ ([0-9a-f]+) (\d)\t(.*)$/s.exec(field) ?? [];
    return stage === '0' && SURE_TAGS.has(tag) && !changed.has(path) ? [[path, id]] : [];
  });
  return new Map(entries);
}

/** `H`: in the work tree; `S`: left out of a sparse one. Lower case: told to be assumed unchanged. Source: git-ls-files(1), -t, -v. */
const SURE_TAGS = new Set(['H', 'S']);

/** `null`: it cannot be told without running a filter. */
function changedSinceIndex(root: string): Set<string> | null {
  const filters = filterKeys(root);
  if (filters.some((key) => key.includes('='))) return null;
  const off = filters.flatMap((key) => ['-c', `${key}=${key.endsWith('.required') ? 'false' : ''}`]);
  return new Set(fields(gitOutput(root, [...off, 'diff-files', '--name-only', '--ignore-submodules=all', '-z'])));
}

/** Keys of the config that name programs to filter files with. */
function filterKeys(root: string): string[] {
  const answer = runGit(root, [
    'config',
    '-z',
    '--name-only',
    '--get-regexp',
    '^filter\\..*\\.(clean|smudge|process|required)$',
  ]);
  return answer?.status === 0 ? fields(answer.stdout) : [];
}

const fields = (bytes: Buffer): string[] =>
  bytes
    .toString()
    .split('\0')
    .filter((field) => field !== '');
