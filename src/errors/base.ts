/** What a check compares with. */

import { type Place, TokenhubError } from './tokenhub-error.js';
import { quoted, shellWord } from './wording.js';

/** @param hint  the command to type, which depends on the clone and on where it runs */
export const unknownBase = (ref: string, hint: string): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_REF',
    message: `git knows no commit ${quoted(ref)} here`,
    hint,
    place: { field: '--base' },
  });

/** The history that this clone has is cut where both would have met, or may have. */
export const shallowClone = (ref: string, hint: string): TokenhubError =>
  new TokenhubError({
    code: 'SHALLOW_CLONE',
    message: `this clone is shallow, so where the change and ${quoted(ref)} parted cannot be told`,
    hint,
    place: { field: '--base' },
  });

export const unrelatedHistories = (ref: string): TokenhubError =>
  new TokenhubError({
    code: 'NO_MERGE_BASE',
    message: `HEAD and ${quoted(ref)} have no commit in common`,
    hint: 'name a branch that this one came from, as in --base origin/main, or compare with nothing: --no-base',
    place: { field: '--base' },
  });

export const noCommits = (folder: string): TokenhubError =>
  new TokenhubError({
    code: 'NO_COMMITS',
    message: 'the repository has no commit yet, so there is nothing to compare with',
    hint: 'commit first: git add -A && git commit -m first; or leave out --base',
    place: { file: folder },
  });

export const budgetOutside = (budget: string, folder: string, file: string, line: number): TokenhubError =>
  new TokenhubError({
    code: 'OUTSIDE_REPOSITORY',
    message: `the budget ${quoted(budget)} is on files in ${quoted(folder)}, outside of the repository`,
    hint: 'run it without --base, as in --no-base, or leave the budget out with --only',
    place: { file, line, field: '--base' },
  });

export const noBaseForConfig = (): TokenhubError =>
  new TokenhubError({
    code: 'NO_BASE',
    message: 'there is no base to take the limits from: no --base, and no pull request is known',
    hint: 'name the branch, as in --base origin/main, or take the limits of now: --config-from head',
    place: { field: '--config-from' },
  });

/** @param config  one of the base, relative to the top of the repository */
export const configOutOfReach = (config: string, base: string, why: string): TokenhubError =>
  new TokenhubError({
    code: 'CONFIG_OUT_OF_REACH',
    message: `${why}, so the limits of ${quoted(config)} in ${base} would judge nothing`,
    hint: 'name the config as the base has it with --config, or take the limits of now: --config-from head',
    place: { field: '--config-from' },
  });

/** A config of the base that is wrong: the change that mends it cannot be judged by it. */
export const brokenInBase = (
  { code, message, hint, place, exitCode, cause }: TokenhubError,
  base: string,
): TokenhubError =>
  new TokenhubError({
    code,
    message,
    hint: `${hint}; a change that mends it in ${base} is checked by its own limits, once: --config-from head`,
    place,
    exitCode,
    cause,
  });

/** A config that is named, and that the change deletes. */
export const configDeleted = (config: string, base: string): TokenhubError =>
  new TokenhubError({
    code: 'PATH_NOT_FOUND',
    message: `there is no file ${quoted(config)} any more; ${base} has it`,
    hint: `put it back (git checkout ${shellWord(base)} -- ${shellWord(config)}), or name the config that takes its place with --config`,
    place: { field: '--config' },
  });

/** A config in the base that leads elsewhere, which no commit holds. */
export const linkedConfig = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'BAD_CONFIG',
    message: 'is a symbolic link there, so its limits cannot be read',
    hint: 'name the file it leads to with --config',
    place: { file },
  });

export const missingBlob = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'FILE_UNREADABLE',
    message: 'is not in this clone, which is partial',
    hint: 'fetch it: git checkout asks for what is missing; or clone without --filter',
    place: { file },
  });

export const badBaseline = (place: Place, message: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BAD_BASELINE',
    message,
    hint: 'take the file as it was committed, or remove it and write it again: tokenhub check --update-baseline',
    place,
    cause,
  });

/** @param line  where the first of its marks is */
export const conflictInBaseline = (file: string, line: number): TokenhubError =>
  new TokenhubError({
    code: 'BAD_BASELINE',
    message: 'a merge left a conflict here',
    hint: 'take the file of one side, as in git checkout --theirs, then write it anew: tokenhub check --update-baseline',
    place: { file, line },
  });

export const pruneAlone = (): TokenhubError =>
  new TokenhubError({
    code: 'USAGE',
    message: 'drops entries while a baseline is written, and none is',
    hint: 'type both: tokenhub check --update-baseline --prune',
    place: { field: '--prune' },
  });

/** @param largest  bytes */
export const configTooLarge = (file: string, largest: number): TokenhubError =>
  new TokenhubError({
    code: 'BAD_CONFIG',
    message: largerThan(largest),
    hint: 'name a config file',
    place: { file },
  });

/** @param largest  bytes */
export const baselineTooLarge = (file: string, largest: number): TokenhubError =>
  badBaseline({ file }, largerThan(largest));

/** A baseline in the base that leads elsewhere, which no commit holds. */
export const linkedBaseline = (file: string): TokenhubError =>
  badBaseline({ file }, 'is a symbolic link there, so what it leads to cannot be read');

const largerThan = (bytes: number): string => `is larger than ${bytes / 1024 / 1024} MiB`;

export const cannotUpdate = (why: string): TokenhubError =>
  new TokenhubError({
    code: 'USAGE',
    message: `writes what is now, and ${why}`,
    hint: 'type it alone: tokenhub check --update-baseline',
    place: { field: '--update-baseline' },
  });
