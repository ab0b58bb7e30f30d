/** The baseline file, as it is now and as it was in a commit. */

import type { BaselineBudget } from '../../budget/files/baseline-entries.js';
import { baselineTooLarge, linkedBaseline } from '../../errors/base.js';
import { LARGEST_BASELINE } from '../../files/baseline-text.js';
import { commitPaths } from '../../files/commit-paths.js';
import { type LimitedFile, limitedText } from '../../files/limited-text.js';
import { textInCommit } from '../../files/text-in-commit.js';
import type { Base } from './find-base.js';

const BASELINE_FILE: LimitedFile = {
  largest: LARGEST_BASELINE,
  tooLarge: baselineTooLarge,
  linked: linkedBaseline,
};

/** `null`: there is no such file. */
type Written = readonly BaselineBudget[] | null;

/** @throws BAD_BASELINE, FILE_UNREADABLE */
export const baselineNow = (path: string, shown: string): Promise<Written> =>
  parsed(limitedText(path, shown, BASELINE_FILE), shown);

/** @throws BAD_BASELINE, FILE_UNREADABLE */
export async function baselineInBase(path: string, shown: string, { commit, ref }: Base): Promise<Written> {
  const called = `${shown} (${ref})`;
  return parsed(await textInCommit(await commitPaths(commit), path, called, BASELINE_FILE), called);
}

async function parsed(text: string | null, shown: string): Promise<Written> {
  return text === null ? null : (await import('../../files/parse-baseline.js')).parseBaseline(text, shown);
}
