/** What tells one finding from another, in this run and in the next. */

import { createHash } from 'node:crypto';
import type { Verdict } from '../budget/verdict.js';
import { locationOf } from './check-location.js';
import type { ReportFolders } from './check-report.js';

/**
 * One for each verdict, same order, no two alike. Made of what it is about and of nothing that another change moves: no
 * figures, no lines, no messages. Equal ones are numbered.
 */
export function fingerprintsOf(verdicts: readonly Verdict[], folders: ReportFolders): string[] {
  const seen = new Map<string, number>();
  return verdicts.map((verdict) => {
    const key = keyOf(verdict, folders);
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    return createHash('sha256')
      .update(JSON.stringify([key, number]))
      .digest('hex')
      .slice(0, DIGITS);
  });
}

/** 128 bits. */
const DIGITS = 32;

const keyOf = (verdict: Verdict, folders: ReportFolders): string => {
  const { budget, code, path, section, quota } = verdict;
  const file = locationOf(verdict, folders)?.path ?? null;
  return JSON.stringify([budget, code, file, path, section, quota?.each ?? null, quota?.value ?? null]);
};
