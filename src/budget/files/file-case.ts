import { type InputCount, rangeOf } from '../../pricing/estimate.js';
import type { Part } from '../verdict.js';
import type { Baseline } from './baseline.js';
import type { FileBudget } from './file-budget.js';
import { type FileMeasure, type FileTokens, measureKey } from './file-measure.js';
import { partsOf } from './parts.js';

/** Factors: the true count lies between tokens × low and tokens × high; `null`: the count is exact. */
type Band = readonly [low: number, high: number] | null;

/** One measure of a budget with all that is known of it: what the rules of size and of growth look at. */
export interface FileCase {
  readonly budget: FileBudget;
  readonly measure: FileMeasure;
  readonly band: Band;
  readonly isExact: boolean;
  readonly range: InputCount;
  readonly former: Former;
  /** Asked for only where something is wrong. */
  readonly parts: () => readonly Part[];
}

/** What a measure was before the change. `base`: what messages call the baseline. */
export type Former =
  | { readonly is: 'nothing to compare with' }
  | { readonly is: 'new'; readonly base: string }
  | { readonly is: 'not counted'; readonly base: string; readonly reason: string }
  | { readonly is: 'known'; readonly base: string; readonly range: InputCount };

/** What measures are judged with beside their budget. */
export interface Comparison {
  readonly band: Band;
  /** Why the count is not exact, beside its band; empty: nothing else is in doubt. */
  readonly doubts: readonly string[];
  readonly baseline: Baseline | null;
  /** All files of the budget, for what is largest in them. */
  readonly files: readonly FileTokens[];
}

export function caseOf(budget: FileBudget, measure: FileMeasure, comparison: Comparison): FileCase {
  const { band, doubts, baseline, files } = comparison;
  let parts: readonly Part[] | null = null;
  return {
    budget,
    measure,
    band,
    isExact: band === null && doubts.length === 0,
    range: rangeOf(measure.tokens, band),
    former: formerOf(measure, comparison),
    parts: () => {
      parts ??= partsOf(measure, files, baseline?.files ?? null);
      return parts;
    },
  };
}

/** All files together were there always, and had no tokens where no file was. */
function formerOf(measure: FileMeasure, { band, baseline }: Pick<Comparison, 'band' | 'baseline'>): Former {
  if (baseline === null) return { is: 'nothing to compare with' };
  const { name: base, tokens, unknown } = baseline;
  const key = measureKey(measure);
  const reason = unknown.get(key);
  if (reason !== undefined) return { is: 'not counted', base, reason };
  const before = tokens.get(key) ?? (measure.path === null ? 0 : undefined);
  return before === undefined ? { is: 'new', base } : { is: 'known', base, range: rangeOf(before, band) };
}
