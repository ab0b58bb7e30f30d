/** Where a verdict is shown in a repository. */

import { isAbsolute, relative, resolve, sep } from 'node:path';
import { COMMAND_LINE } from '../budget/budget.js';
import type { Verdict } from '../budget/verdict.js';
import type { ReportFolders } from './check-report.js';

export interface Location {
  /** From the top of the repository, with `/`; never outside of it. */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
}

/** The file a verdict is about, else the line of its budget in the config; `null`: neither is in the repository. */
export const locationOf = ({ path, line, place }: Verdict, { top, config, current }: ReportFolders): Location | null =>
  (path === null ? null : locationIn(top, resolve(config, path), line ?? 1)) ??
  (place.file === COMMAND_LINE.file ? null : locationIn(top, resolve(current, place.file), place.line));

/**
 * The same for readers that refuse a report with a finding of no file: where neither is in the repository, the budget's
 * name stands for one. A typed budget is named after its paths.
 */
export const anchorOf = (verdict: Verdict, folders: ReportFolders): Location =>
  locationOf(verdict, folders) ?? { path: verdict.budget.replace(/^(?:\.{0,2}\/)+/, '') || 'tokenhub', line: 1 };

function locationIn(top: string, file: string, line: number): Location | null {
  const path = relative(top, file).replaceAll(sep, '/');
  const isOutside = path === '' || path === '..' || path.startsWith('../') || isAbsolute(path);
  return isOutside ? null : { path, line: Math.max(1, line) };
}
