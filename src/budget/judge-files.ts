/** Judges counted files against a budget on files. */

import type { Baseline } from './baseline.js';
import { CODES } from './codes.js';
import type { FileBudget, FileLimit } from './file-budget.js';
import type { FileMeasure } from './file-measure.js';
import { count, ground, placeOf, type Verdict, warnLimit } from './verdict.js';

/** What a budget's files were counted with. */
export interface CountedAs {
  /** Factors: the true count lies between tokens × low and tokens × high; `null`: the count is exact. */
  readonly band: readonly [low: number, high: number] | null;
}

/**
 * Verdicts on one measure, one on its size and perhaps one on its growth. Exactly at the limit passes. An approximate
 * count fails only when even the low end of its band is over the limit; over the limit inside the band it warns.
 *
 * @param baseline  `null`: there is nothing to compare with
 */
export function judgeFile(
  budget: FileBudget,
  { path, tokens, atLeast }: FileMeasure,
  { band }: CountedAs,
  _baseline: Baseline | null,
): Verdict[] {
  const limit = tokensOf(budget.max);
  const [low] = band ?? [1, 1];
  const fact = {
    ...ground(budget),
    limit,
    path,
    measured: BigInt(tokens),
    atLeast,
    method: band === null ? 'exact' : 'approximate',
  } as const;
  const what = path ?? 'all files together';
  if (BigInt(Math.floor(tokens * low)) > limit)
    return [
      {
        ...fact,
        level: 'error',
        code: CODES.overLimit,
        message: `${what}: ${atLeast ? 'at least ' : ''}${count(BigInt(tokens))} tokens, ${count(BigInt(tokens) - limit)} ${atLeast ? 'or more ' : ''}over the limit of ${count(limit)}`,
        hint: `shorten ${what}, or raise \`max\` at ${placeOf(budget)}`,
      },
    ];
  if (BigInt(tokens) > limit)
    return [
      {
        ...fact,
        level: 'warn',
        code: CODES.insideBand,
        message: `${what}: about ${count(BigInt(tokens))} tokens, over the limit of ${count(limit)}, but the count is approximate`,
        hint: 'count with the exact tokenizer of the model before relying on it',
      },
    ];
  const warnAt = warnLimit(budget.warn, limit);
  if (warnAt !== null && BigInt(tokens) > warnAt)
    return [
      {
        ...fact,
        level: 'warn',
        code: CODES.overWarning,
        message: `${what}: ${count(BigInt(tokens))} tokens, over the warning at ${count(warnAt)} (limit ${count(limit)})`,
        hint: `shorten ${what} before it reaches the limit`,
      },
    ];
  return [
    {
      ...fact,
      level: 'ok',
      code: CODES.ok,
      message: `${what}: ${count(BigInt(tokens))} of ${count(limit)} tokens`,
      hint: '',
    },
  ];
}

/** A budget whose globs match no file judges nothing, so it is unknown, unless it says that there need be none. */
export const judgeNoFiles = (budget: FileBudget): Verdict =>
  budget.allowEmpty
    ? { ...ground(budget), level: 'ok', code: CODES.ok, message: 'no file matches, which is allowed', hint: '' }
    : {
        ...ground(budget),
        level: 'unknown',
        code: CODES.noFiles,
        message: `no file matches ${budget.paths.join(', ')}`,
        hint: `mend \`paths\` at ${placeOf(budget)}, or set allowEmpty: true when no file is right`,
      };

/** A file that matches but cannot be counted (binary, unreadable) must not pass unseen. */
export const judgeSkippedFile = (budget: FileBudget, path: string, reason: string): Verdict => ({
  ...ground(budget),
  path,
  level: 'unknown',
  code: CODES.notCounted,
  message: `${path} was not counted: ${reason}`,
  hint: `mend the file, or take it out of \`paths\` at ${placeOf(budget)} (a pattern "!${path}" leaves it out)`,
});

const tokensOf = (limit: FileLimit | null): bigint => {
  if (limit === null || !('tokens' in limit)) throw new RangeError('a budget on files has a limit in tokens');
  return BigInt(limit.tokens);
};
