/** Git. */

import { TokenhubError } from './tokenhub-error.js';
import { quoted } from './wording.js';

export const noBaseOfStandardInput = (): TokenhubError =>
  new TokenhubError({
    code: 'NO_BASE_OF_STANDARD_INPUT',
    message: 'standard input has no version in git to compare with',
    hint: 'name files or folders instead of -',
    place: { field: '--base' },
  });

export const notInGit = (folder: string): TokenhubError =>
  new TokenhubError({
    code: 'NOT_IN_GIT',
    message:
      'the current folder is not in a git work tree, or git is not installed, so there is nothing to compare with',
    hint: 'run it inside of a clone, or leave out --base',
    place: { file: folder },
  });

export const unknownRef = (ref: string): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_REF',
    message: `git knows no commit ${quoted(ref)} here`,
    hint: 'list what there is: git branch --all; in a shallow clone, fetch it first: git fetch --depth=1 origin <branch>',
    place: { field: '--base' },
  });

export const outsideRepository = (path: string): TokenhubError =>
  new TokenhubError({
    code: 'OUTSIDE_REPOSITORY',
    message: `${quoted(path)} lies outside of the repository, so it has no version to compare with`,
    hint: 'name paths of the repository, or leave out --base',
    place: { field: '--base' },
  });

/** git is there but would not answer; `why` is the first line it wrote. */
export const gitFailed = (folder: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'GIT_FAILED',
    message: `git could not read the repository: ${why}`,
    hint: why.includes('dubious ownership')
      ? `if you trust the repository, run: git config --global --add safe.directory ${folder}`
      : `run git status in ${folder} and mend what it reports`,
    place: { file: folder },
    cause,
  });
