/** Files and folders. */

import { TokenhubError } from './tokenhub-error.js';
import { quoted } from './wording.js';

export const pathNotFound = (path: string): TokenhubError =>
  new TokenhubError({
    code: 'PATH_NOT_FOUND',
    message: `there is no file or folder ${quoted(path)}`,
    hint: 'check the spelling; paths are relative to the current folder',
  });

export const globMatchesNothing = (glob: string): TokenhubError =>
  new TokenhubError({
    code: 'GLOB_MATCHES_NOTHING',
    message: `no file matches ${quoted(glob)}`,
    hint: 'widen the pattern, or name an ignored file by its own path; patterns are relative to the current folder',
  });

/** Standard input is to be both a list of paths and a text to count. */
export const standardInputTwice = (): TokenhubError =>
  new TokenhubError({
    code: 'STANDARD_INPUT_TWICE',
    message: 'standard input cannot be both a list of paths and a text',
    hint: 'leave out -, or put the list into a file: --files-from list.txt',
    place: { field: '--files-from' },
  });

export const fileUnreadable = (file: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'FILE_UNREADABLE',
    message: `cannot be read: ${why}`,
    hint: 'name a file you may read, or pipe its content to tokenhub',
    place: { file },
    cause,
  });

export const fileChanged = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'FILE_CHANGED',
    message: 'changed while it was being read',
    hint: 'run the command again when nothing writes to the file, or import a copy',
    place: { file },
  });

/** `count`: how many folders there are to watch. */
export const cannotWatch = (folder: string, count: number, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'CANNOT_WATCH',
    message: `cannot be watched, one of ${count} folders: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'let `paths` of the budgets begin in fewer folders, or raise what the system can watch (fs.inotify.max_user_watches on Linux)',
    place: { file: folder },
    cause,
  });
