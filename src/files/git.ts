/**
 * What git knows of a folder. git is run with an argument array, never through a shell, and may start no program that a
 * repository's own config names. Where git is not installed every folder counts as outside of git.
 */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gitFailed } from '../errors/git.js';

/** Set by hooks and wrappers; they would point git at another repository than the folder's own. */
const MISLEADING = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
];

/**
 * True when the folder lies in a git work tree and git is installed.
 *
 * @param folder  absolute, existing, without symbolic links
 * @throws GIT_FAILED when there is a repository that git refuses to read
 */
export function isInWorkTree(folder: string): boolean {
  if (!hasGitAbove(folder)) return false;
  const answer = runGit(folder, ['rev-parse', '--is-inside-work-tree']);
  if (answer === null || answer.stderr.includes('not a git repository')) return false;
  if (answer.status !== 0) throw gitFailed(folder, firstLine(answer.stderr));
  return answer.stdout.toString().trim() === 'true';
}

/** True when git ignores the path; one that is tracked never is. */
export function isIgnored(folder: string, path: string): boolean {
  const answer = runGit(folder, ['check-ignore', '--quiet', '--', path]);
  return answer !== null && answer.status === 0;
}

/** True when the index has the path. */
export const isTracked = (folder: string, path: string): boolean =>
  gitOutput(folder, ['--literal-pathspecs', 'ls-files', '-z', '--', path]).length > 0;

/**
 * Files beneath a folder of a work tree, tracked or untracked but not ignored: `git ls-files -co --exclude-standard`.
 *
 * @param within  folders to list alone; empty: all
 * @returns paths relative to the folder, each once; folders in it are submodules, or end in `/` and are other repositories
 */
export function listTracked(folder: string, within: readonly string[]): string[] {
  const flags = ['--cached', '--others', '--exclude-standard', '-z'];
  const listed = gitOutput(folder, ['--literal-pathspecs', 'ls-files', ...flags, '--', ...within]);
  return [...new Set(listed.toString().split('\0'))].filter((path) => path !== '');
}

/** Tracked files beneath a folder that a sparse checkout leaves out, relative to it. Source: git-ls-files(1), -t. */
export function listLeftOut(folder: string): ReadonlySet<string> {
  const entries = gitOutput(folder, ['ls-files', '--cached', '-t', '-z']).toString().split('\0');
  return new Set(entries.flatMap((entry) => (entry.startsWith('S ') ? [entry.slice(2)] : [])));
}

/** True for the top folder of a repository, which nothing in it ignores. */
export const isTopFolder = (folder: string): boolean => existsSync(join(folder, '.git'));

/** The nearest folder with a `.git`, from `folder` upwards; `null`: none. */
export function repositoryRoot(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return null;
  }
}

const hasGitAbove = (folder: string): boolean => repositoryRoot(folder) !== null;

/** Flags in front of every git command. */
export const GIT_FLAGS = ['-c', 'core.fsmonitor=false'] as const;

/** git's environment: messages in English, no locks, no network, and no other repository than the folder's own. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const quiet = { LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };
  const env: NodeJS.ProcessEnv = { ...process.env, ...quiet };
  for (const name of MISLEADING) delete env[name];
  return env;
}

/** `null`: git is not installed. */
export function runGit(cwd: string, args: readonly string[]) {
  // Loaded here because loading it takes longer than counting a file does.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const { error, status, stdout, stderr } = spawnSync('git', [...GIT_FLAGS, ...args], {
    cwd,
    env: gitEnvironment(),
    maxBuffer: Number.POSITIVE_INFINITY,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  if (error === undefined) return { status, stdout, stderr: stderr.toString() };
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw gitFailed(cwd, error.message, error);
}

/** What git writes. @throws GIT_FAILED when it is not installed, or ends with another status than 0 */
export function gitOutput(cwd: string, args: readonly string[]): Buffer {
  const answer = runGit(cwd, args);
  if (answer === null || answer.status !== 0) throw gitFailed(cwd, firstLine(answer?.stderr ?? 'git is gone'));
  return answer.stdout;
}

export const firstLine = (text: string): string =>
  text
    .trim()
    .split('\n')[0]
    ?.replace(/^fatal: /, '') ?? '';
