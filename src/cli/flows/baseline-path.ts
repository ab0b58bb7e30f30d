import { dirname, join, resolve } from 'node:path';
import { BASELINE_NAME } from '../../files/baseline-text.js';
import type { CheckOptions } from './check-options.js';

/**
 * Where the baseline file of a check is, or would be; absolute.
 *
 * @param config  absolute path of the config, beside which it is by default; `null`: there is none
 */
export const baselinePath = (cwd: string, { baseline }: CheckOptions, config: string | null): string =>
  baseline === undefined ? join(config === null ? cwd : dirname(config), BASELINE_NAME) : resolve(cwd, baseline);

/** Whether such a file is looked at: a base that is typed stands before one that is not. */
export const readsBaseline = ({ base, baseline, updateBaseline }: CheckOptions): boolean =>
  base === undefined || baseline !== undefined || updateBaseline === true;
