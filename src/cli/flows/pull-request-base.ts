/** What the environment of a CI job says of the pull request it runs for. */

import type { Io } from '../io.js';

type Env = Io['env'];

export interface PullRequestBase {
  /** As messages may call it: a branch, or a commit. */
  readonly name: string;
  readonly kind: 'branch' | 'commit';
}

/**
 * Variables that name the target of a pull request, in the order they are asked; they are empty in other jobs. Sources: GitHub, "Variables
 * reference"; GitLab, "Predefined CI/CD variables"; Bitbucket, "Variables and secrets"; Azure Pipelines, "Predefined
 * variables"; Jenkins, Branch API (`CHANGE_TARGET`); Buildkite, "Environment variables".
 */
const VARIABLES: readonly (readonly [name: string, kind: PullRequestBase['kind']])[] = [
  ['GITHUB_BASE_REF', 'branch'],
  ['CI_MERGE_REQUEST_DIFF_BASE_SHA', 'commit'],
  ['CI_MERGE_REQUEST_TARGET_BRANCH_NAME', 'branch'],
  ['BITBUCKET_PR_DESTINATION_BRANCH', 'branch'],
  ['SYSTEM_PULLREQUEST_TARGETBRANCH', 'branch'],
  ['CHANGE_TARGET', 'branch'],
  ['BUILDKITE_PULL_REQUEST_BASE_BRANCH', 'branch'],
];

/** All that is named, the first to be asked first; empty: the job is of no pull request. */
export const pullRequestBases = (env: Env): PullRequestBase[] =>
  VARIABLES.flatMap(([variable, kind]) => {
    const name = (env[variable] ?? '').trim().replace(/^refs\/heads\//, '');
    return name === '' ? [] : [{ name, kind }];
  });

/** Variables that a CI sets for its jobs, and how a job there gets the whole history. */
const WHOLE_HISTORY: readonly (readonly [variable: string, how: string])[] = [
  ['GITHUB_ACTIONS', 'in the workflow: actions/checkout with fetch-depth: 0'],
  ['GITLAB_CI', 'in .gitlab-ci.yml: variables: { GIT_DEPTH: 0 }'],
  ['BITBUCKET_BUILD_NUMBER', 'in bitbucket-pipelines.yml: clone: { depth: full }'],
  ['TF_BUILD', 'in azure-pipelines.yml: checkout: self with fetchDepth: 0'],
];

/** How the job at hand is told to clone everything; `null`: no CI is known, or it does so by itself. */
export const wholeHistoryIn = (env: Env): string | null =>
  WHOLE_HISTORY.find(([variable]) => (env[variable] ?? '') !== '')?.[1] ?? null;
