/** Judges how old the newest usage is. */

import { CODES } from '../codes.js';
import { ground, type Verdict } from '../verdict.js';
import type { LedgerBudget } from './ledger-budget.js';
import { ageText } from './period.js';

export interface FreshnessFacts {
  /** The newest usage the budget reads that is no newer than the check; `null`: there is none. */
  readonly newest: { readonly age: number; readonly time: string } | null;
}

type Aging = LedgerBudget & { readonly maxAge: number };

/** As old as it may be is still fresh. */
export function judgeFreshness(budget: Aging, { newest }: FreshnessFacts): Verdict {
  if (newest === null)
    return {
      ...ground(budget, 'maxAge'),
      level: 'unknown',
      code: CODES.noUsage,
      message: 'no usage recorded of what the budget reads',
      hint: 'import its logs: tokenhub import <files...>',
    };
  const [age, most] = [ageText(newest.age), ageText(budget.maxAge)];
  const told = `the newest usage is of ${newest.time}, ${age} old`;
  if (newest.age <= budget.maxAge)
    return { ...ground(budget, 'maxAge'), level: 'ok', code: CODES.ok, message: `${told} (at most ${most})`, hint: '' };
  return {
    ...ground(budget, 'maxAge'),
    level: 'unknown',
    code: CODES.stale,
    message: `${told}, and may be ${most}: what came since is not known`,
    hint: 'import the logs since then, see: tokenhub imports --coverage; or accept it with --allow-unknown',
  };
}
