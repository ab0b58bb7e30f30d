/** Budgets of a check. */

import { TokenhubError } from './tokenhub-error.js';
import { quoted } from './wording.js';

export const unknownBudget = (name: string, near: string | null): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_BUDGET',
    message: `no budget is called ${quoted(name)}`,
    hint: near === null ? 'see `budgets` of the config' : `did you mean ${quoted(near)}?`,
    place: { field: '--only' },
  });

/** `words`: what is typed and belongs to a budget that is typed. */
export const noLimitTyped = (words: string): TokenhubError =>
  new TokenhubError({
    code: 'NO_LIMIT',
    message: `${words} has no limit to be judged by`,
    hint: 'add one, such as --max "8k tokens", or leave it out to judge the budgets of the config',
  });

export const nothingToLimit = (max: string): TokenhubError =>
  new TokenhubError({
    code: 'NOTHING_TO_LIMIT',
    message: `${quoted(max)} is a limit of no files`,
    hint: `name them: tokenhub check prompts/ --max ${quoted(max)}, or - for standard input`,
    place: { field: '--max' },
  });

/** Of the kind asked for, or of the names and the kind. */
export const nothingChosen = (kind: 'files' | 'ledger' | undefined): TokenhubError =>
  new TokenhubError({
    code: 'NO_BUDGETS',
    message: `the config has no such budget${kind === undefined ? '' : ` on ${kind === 'files' ? 'files' : 'the ledger'}`}`,
    hint: 'see `budgets` of the config, or leave out --kind and --only',
    place: { field: kind === undefined ? '--only' : '--kind' },
  });

/** Of `explain`. */
export const unknownCode = (code: string, near: string | null): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_CODE',
    message: `${quoted(code)} is no code of a verdict`,
    hint:
      near === null ? 'see all of them: tokenhub explain' : `did you mean ${near}? see all of them: tokenhub explain`,
  });
