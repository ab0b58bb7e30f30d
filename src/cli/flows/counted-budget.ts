import type { FileBudget } from '../../budget/files/file-budget.js';
import type { FileTokens } from '../../budget/files/file-measure.js';
import type { Skipped } from '../../files/walk.js';
import type { ModelEncoding } from '../../tokenizer/models.js';

/** What a budget's files are counted with; `model` null: an encoding by name. */
export type BudgetCounter = Pick<ModelEncoding, 'encoding' | 'factor' | 'band'> & { readonly model: string | null };

/** The files of a budget as they are now; both lists empty and none left: its globs match nothing. */
export interface CountedBudget {
  readonly budget: FileBudget;
  readonly counter: BudgetCounter;
  readonly files: readonly FileTokens[];
  /** Files that match and could not be counted; paths as those of `files`. */
  readonly skipped: readonly Skipped[];
  /** Number of files that were not counted because a breach ended the check before. */
  readonly left: number;
  /** Why a count of messages is not exact, whatever the encoding; empty: it is, or no messages are counted. */
  readonly doubts: readonly string[];
}
