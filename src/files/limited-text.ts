import { readFileSync, statSync } from 'node:fs';
import { fileUnreadable } from '../errors/files.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { failureReason, meansAbsent } from './failure-reason.js';

/** A small file that is read at once, and what is wrong with one that cannot be. */
export interface LimitedFile {
  /** Bytes. */
  readonly largest: number;
  readonly tooLarge: (shown: string, largest: number) => TokenhubError;
  /** Of a link in a commit, which leads where no commit is. */
  readonly linked: (shown: string) => TokenhubError;
}

/**
 * @param shown  as messages call it
 * @returns      `null`: there is no such file
 * @throws FILE_UNREADABLE, and what `tooLarge` makes
 */
export function limitedText(path: string, shown: string, { largest, tooLarge }: LimitedFile): string | null {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw fileUnreadable(shown, 'it is not a regular file');
    if (stats.size > largest) throw tooLarge(shown, largest);
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (meansAbsent(cause)) return null;
    throw cause instanceof TokenhubError ? cause : fileUnreadable(shown, failureReason(cause), cause);
  }
}
