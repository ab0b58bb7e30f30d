import { realpathSync } from 'node:fs';
import { noCommits, shallowClone, unknownBase, unrelatedHistories } from '../../errors/base.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { meant, shellWord } from '../../errors/wording.js';
import { type Commit, findCommit } from '../../files/git-tree.js';
import { isShallow, partingOf, refNames, usualRemote } from '../../files/merge-base.js';
import { nearest } from '../../nearest.js';
import type { Io } from '../io.js';
import { type PullRequestBase, pullRequestBases, wholeHistoryIn } from './pull-request-base.js';

/** The commit that a change is compared with: where it and its base parted. */
export interface Base {
  readonly commit: Commit;
  /** As messages call it: `origin/main (1a2b3c4)`. */
  readonly name: string;
  /** The branch alone. */
  readonly ref: string;
}

export interface FoundBase {
  readonly base: Base | null;
  /** Whether it was asked for; that of a pull request is used where it can be. */
  readonly isTyped: boolean;
  /** Why there is none although a pull request names one, and what to type. */
  readonly problem: TokenhubError | null;
}

const NOTHING: FoundBase = { base: null, isTyped: false, problem: null };

/**
 * The base that `--base` names, or that of the pull request which the environment knows.
 *
 * @param folder  absolute folder in the repository
 * @param typed   `false`: `--no-base`
 * @throws NOT_IN_GIT, NO_COMMITS, UNKNOWN_REF, SHALLOW_CLONE, NO_MERGE_BASE, GIT_FAILED when the base was typed
 */
export function findBase(io: Io, folder: string, typed: string | false | undefined): FoundBase {
  if (typed === false) return NOTHING;
  if (typed !== undefined) return { base: baseAt(io, folder, typed), isTyped: true, problem: null };
  const named = pullRequestBases(io.env);
  if (named.length === 0) return NOTHING;
  try {
    return { base: baseOfPullRequest(io, folder, named), isTyped: false, problem: null };
  } catch (error) {
    if (!(error instanceof TokenhubError)) throw error;
    return { base: null, isTyped: false, problem: error }; // whoever needs the base throws it, others tell it
  }
}

function baseOfPullRequest(io: Io, folder: string, named: readonly PullRequestBase[]): Base {
  const root = topOf(folder);
  const remote = usualRemote(root) ?? 'origin';
  const refs = named.flatMap(({ name, kind }) => (kind === 'commit' ? [name] : [`${remote}/${name}`, name]));
  const known = refs.find((ref) => isKnown(root, ref));
  const [first] = named.filter(({ kind }) => kind === 'branch');
  return baseAt(io, folder, known ?? (first === undefined ? refs[0]! : `${remote}/${first.name}`));
}

const topOf = (folder: string): string => {
  try {
    return findCommit(folder, 'HEAD').root;
  } catch (error) {
    throw error instanceof TokenhubError && error.code === 'UNKNOWN_REF' ? noCommits(folder) : error;
  }
};

function isKnown(root: string, ref: string): boolean {
  try {
    return findCommit(root, ref).id !== '';
  } catch (error) {
    if (error instanceof TokenhubError && error.code === 'UNKNOWN_REF') return false;
    throw error;
  }
}

function baseAt(io: Io, folder: string, ref: string): Base {
  const root = topOf(realpathSync(folder));
  if (!isKnown(root, ref)) throw unknownBase(ref, fetchHint(io, root, ref));
  const parting = partingOf(findCommit(root, ref), findCommit(root, 'HEAD').id);
  if ('id' in parting) return { commit: { root, id: parting.id }, name: `${ref} (${parting.id.slice(0, 7)})`, ref };
  throw parting.problem === 'unrelated' ? unrelatedHistories(ref) : shallowClone(ref, deepenHint(io, root, ref));
}

/** What to type where the ref is not there: another spelling, or the command that fetches it. */
function fetchHint(io: Io, root: string, ref: string): string {
  const names = refNames(root);
  const remote = usualRemote(root);
  if (remote !== null && names.includes(`${remote}/${ref}`)) return meant(`${remote}/${ref}`, '');
  if (remote === null) return meant(nearest(ref, names), 'list what there is: git branch --all');
  const near = nearest(ref, names);
  return `${near === null ? '' : `did you mean ${near}? if not, `}${deepenHint(io, root, ref)}`;
}

/** Fetches a branch with its history, in a shallow clone with that of the change as well. */
function deepenHint(io: Io, root: string, ref: string): string {
  const remote = usualRemote(root);
  const whole = isShallow(root) ? ['--unshallow'] : [];
  if (remote === null) return `fetch it: ${['git', 'fetch', ...whole].join(' ')}`;
  const branch = ref.startsWith(`${remote}/`) ? ref.slice(remote.length + 1) : ref;
  const isCommit = /^[0-9a-f]{7,64}$/.test(branch);
  const spec = isCommit ? branch : `+refs/heads/${branch}:refs/remotes/${remote}/${branch}`;
  const command = ['git', 'fetch', ...whole, remote, spec].map(shellWord).join(' ');
  const typed = isCommit || branch !== ref ? '' : `, then --base ${shellWord(`${remote}/${branch}`)}`;
  const ofCi = whole.length === 0 ? null : wholeHistoryIn(io.env);
  return `fetch it: ${command}${typed}${ofCi === null ? '' : `; or ${ofCi}`}`;
}
