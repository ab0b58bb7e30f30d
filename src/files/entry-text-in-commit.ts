import { relative, sep } from 'node:path';
import type { TokenhubError } from '../errors/tokenhub-error.js';
import type { CommitPaths } from './commit-paths.js';
import { LARGEST_ENTRY_FILE, type ReadEntryText, readEntryText } from './entry-text.js';
import { isTracked } from './git.js';
import { realOf } from './real-path.js';
import { slashed } from './shown-path.js';
import { textInCommit } from './text-in-commit.js';

/**
 * Reads price files as they are in a commit; what git does not keep, such as a file that a job fetches, as it is now.
 *
 * @param ref  what messages call the commit
 */
export const entryTextInCommit =
  (paths: CommitPaths, ref: string): ReadEntryText =>
  async (file, facts) => {
    const { bad, noun, where } = facts;
    const shown = `${slashed(relative(paths.root, paths.link(file)))} (${ref})`;
    const wrong = (message: string): TokenhubError => bad({ file: shown }, message, `check ${where}`);
    const text = await textInCommit(paths, file, shown, {
      largest: LARGEST_ENTRY_FILE,
      tooLarge: () => wrong(`is larger than 4 MB; a ${noun} file is a short list of ${noun}s`),
      linked: () => wrong('is a symbolic link there, so what it leads to cannot be read'),
    });
    if (text !== null) return text;
    if (isKept(file, paths)) throw wrong('is not there');
    return readEntryText(file, facts);
  };

/** Whether the change could bring the file: it is tracked now, under this name or behind a link. */
function isKept(file: string, { root }: CommitPaths): boolean {
  const real = realOf(file);
  return real.startsWith(root + sep) && isTracked(root, real);
}
