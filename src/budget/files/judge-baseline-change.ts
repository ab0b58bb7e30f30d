import { CODES } from '../codes.js';
import { count, ground, type Verdict } from '../verdict.js';
import type { Baseline } from './baseline.js';
import type { FileBudget } from './file-budget.js';
import { type FileMeasure, measureKey } from './file-measure.js';
import { nameOf } from './file-texts.js';

export interface BaselineChange {
  /** As messages call it, and as verdicts do: relative to the folder of the config. */
  readonly file: { readonly shown: string; readonly path: string };
  /** The branch. */
  readonly base: string;
  /** `null`: it holds nothing of the budget. */
  readonly now: Baseline | null;
  /** The same file in the base; without one, files were compared with the commit. */
  readonly before: Baseline | null | 'no file';
}

const MOST_NAMED = 3;

/** A baseline that lets pass what that of the base would not: a change must not lift its own measure unseen. */
export function judgeBaselineChange(
  budget: FileBudget,
  measures: readonly FileMeasure[],
  change: BaselineChange,
): Verdict[] {
  const looser = measures.map((measure) => entryOf(measure, change)).filter((entry) => isLooser(budget, entry, change));
  if (looser.length === 0) return [];
  const { shown, path } = change.file;
  return [
    {
      ...ground(budget, 'change'),
      path,
      level: 'warn',
      code: CODES.limitChanged,
      message: `the change loosens ${shown}: ${entriesText(looser)}`,
      hint: `write baselines in a change of their own, or compare with the commit itself: --base ${change.base}`,
    },
  ];
}

interface Entry {
  readonly measure: FileMeasure;
  /** Tokens; `null`: it is not in the file. */
  readonly from: number | null;
  readonly to: number | null;
}

function entryOf(measure: FileMeasure, { now, before }: BaselineChange): Entry {
  const key = measureKey(measure);
  const former = before === 'no file' ? null : before;
  return { measure, from: former?.tokens.get(key) ?? null, to: now?.tokens.get(key) ?? null };
}

/** Growth is judged from any entry; size only looks at one over the limit, which makes a breach one that was there. */
function isLooser({ max, maxIncrease }: FileBudget, { from, to }: Entry, { before }: BaselineChange): boolean {
  const ofGrowth = maxIncrease !== null;
  if (to === null) return from !== null && ofGrowth;
  const isOver = max !== null && (!('tokens' in max) || to > max.tokens);
  if (from === null) return isOver || (ofGrowth && before === 'no file');
  return to > from && (ofGrowth || isOver);
}

function entriesText(entries: readonly Entry[]): string {
  const text = (tokens: number | null): string => (tokens === null ? 'none' : count(BigInt(tokens)));
  const named = entries
    .slice(0, MOST_NAMED)
    .map(({ measure, from, to }) => `${nameOf(measure)} from ${text(from)} to ${text(to)}`);
  const more = entries.length - named.length;
  return more === 0 ? named.join(', ') : `${named.join(', ')} and ${count(BigInt(more))} more`;
}
