/** Runs the steps of composite actions and the scripts of jobs as a runner does, with bash and nothing of a forge. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { folderWith, git } from '../files/folder.js';
import { plainEnv } from '../smoke/program.js';

export const root = resolve(import.meta.dirname, '../..');

/** A file of the project as YAML. */
// biome-ignore lint/suspicious/noExplicitAny: its shape is what the tests are about
export const yamlOf = (name: string): any => parse(readFileSync(join(root, name), 'utf8'));

export interface StepResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `shell: bash` of a runner. Source: GitHub Docs, "Workflow syntax", jobs.<job_id>.steps[*].shell */
export function bash(script: string, cwd: string, env: Readonly<Record<string, string>>): StepResult {
  const file = join(folderWith(), 'step.sh');
  writeFileSync(file, script);
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], {
    cwd,
    env: plainEnv(env),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

export interface Repository {
  /** As actions/checkout leaves it with `fetch-depth: 0`: detached at the merge of the pull request into its base. */
  readonly workspace: string;
}

type Files = Readonly<Record<string, string>>;

/**
 * A pull request: a branch `name` that changes files of `main`, and a clone that holds their merge.
 *
 * @param change  files that the branch has otherwise
 */
export function pullRequest(main: Files, change: Files, name: string): Repository {
  const origin = folderWith(main);
  const commit = (message: string): void => {
    git(origin, 'add', '-A');
    git(origin, 'commit', '-q', '--allow-empty', '-m', message);
  };
  git(origin, 'init', '-q', '-b', 'main', '.');
  commit('main');
  git(origin, 'checkout', '-q', '-b', name);
  for (const [file, text] of Object.entries(change)) {
    mkdirSync(join(origin, file, '..'), { recursive: true });
    writeFileSync(join(origin, file), text);
  }
  commit('change');
  const workspace = join(folderWith(), 'workspace');
  git(origin, 'clone', '-q', origin, workspace);
  git(workspace, 'checkout', '-q', '--detach', 'origin/main');
  git(workspace, 'merge', '-q', '--no-ff', '-m', 'merge', `origin/${name}`);
  return { workspace };
}

/** The variables of a job of a pull request. Source: GitHub Docs, "Variables reference". */
export function runnerEnv({ workspace }: Repository, headRef: string): Record<string, string> {
  const temporary = folderWith();
  return {
    GITHUB_ACTIONS: 'true',
    CI: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_BASE_REF: 'main',
    GITHUB_HEAD_REF: headRef,
    GITHUB_REF_NAME: headRef,
    GITHUB_OUTPUT: join(temporary, 'output'),
    GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
    RUNNER_TEMP: temporary,
    GITHUB_ACTION_PATH: root,
  };
}

/** Outputs of a step: `name=value`, or a value between two lines; of two of one name the later counts. */
export function outputsIn(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/^([\w-]+)(?:=(.*)|<<(.+)\n([\s\S]*?)\n\3)$/gm);
  return Object.fromEntries([...found].map(([, name, short, , long]) => [name, short ?? long]));
}
