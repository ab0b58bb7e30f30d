import { CODES } from '../codes.js';
import { count, ground, placeOf, type Verdict } from '../verdict.js';
import type { FileBudget } from './file-budget.js';

/** A file that a budget was on, under both names, relative to the folder of the config. */
export interface MovedFile {
  readonly was: string;
  readonly now: string;
}

const MOST_NAMED = 3;

/** Files that leave a budget are judged by it no more: their reviewers should know. */
export function judgeMovedOut(budget: FileBudget, moved: readonly MovedFile[]): Verdict[] {
  const [first] = moved;
  if (first === undefined) return [];
  return [
    {
      ...ground(budget, 'change'),
      path: first.now,
      level: 'warn',
      code: CODES.limitChanged,
      message: `the change moves ${movesText(moved)} out of this budget`,
      hint: `add the new place to \`paths\` at ${placeOf(budget)}, or say in the change why it needs no limit any more`,
    },
  ];
}

function movesText(moved: readonly MovedFile[]): string {
  const named = moved.slice(0, MOST_NAMED).map(({ was, now }) => `${was} to ${now}`);
  const more = moved.length - named.length;
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${count(BigInt(more))} more`;
}
