import type { FileBudget } from './files/file-budget.js';
import type { LedgerBudget } from './ledger/ledger-budget.js';
import type { Limit } from './limit.js';

export type Budget = FileBudget | LedgerBudget;

/** Where a warning begins: a share of the limit in percent, or a limit of its own. */
export type WarnLimit = { readonly percent: number } | Limit;

/** What a breach is: one that fails the check, or one that warns. */
type BreachLevel = 'error' | 'warn';

export interface BudgetBase {
  readonly name: string;
  readonly warn: WarnLimit | null;
  readonly level: BreachLevel;
  /** Where the budget stands, `file:line`, for messages. */
  readonly place: BudgetPlace;
}

/** The place of a budget that was typed. */
export const COMMAND_LINE: BudgetPlace = { file: 'command line', line: 1 };

export interface BudgetPlace {
  /** As messages call it: a config, or `command line`. */
  readonly file: string;
  readonly line: number;
  /** The branch whose limits judge, whatever the file says now; absent: the file's own. */
  readonly judgedBy?: string;
}
