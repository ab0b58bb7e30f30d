import type { Amount } from '../pricing/money.js';

/** A limit is a number of tokens or an amount of money; exactly at the limit passes. */
export type Limit = { readonly tokens: number } | { readonly cost: Amount };

/** Where a warning begins: a share of the limit in percent, or a limit of its own. */
export type WarnLimit = { readonly percent: number } | Limit;

interface BudgetBase {
  readonly name: string;
  readonly max: Limit;
  readonly warn: WarnLimit | null;
  /** `file:line` of the config, for messages. */
  readonly place: { readonly file: string; readonly line: number };
}

/** A budget on files: every file by itself, or all of them together. Its limit is in tokens. */
export interface FileBudget extends BudgetBase {
  readonly kind: 'files';
  /** Globs relative to `root`, `!` negates. */
  readonly paths: readonly string[];
  /** Absolute folder of the file that names the budget. */
  readonly root: string;
  readonly scope: 'file' | 'total';
  /** Model or encoding to count with; both `null`: o200k_base, the default. */
  readonly model: string | null;
  readonly encoding: string | null;
}

/** A budget on the ledger: tokens or cost of one unit (or model, or all) in the current day, week or month. */
export interface LedgerBudget extends BudgetBase {
  readonly kind: 'ledger';
  readonly unit: string | null;
  readonly model: string | null;
  readonly period: 'day' | 'week' | 'month';
}

export type Budget = FileBudget | LedgerBudget;

export type Level = 'ok' | 'warn' | 'error' | 'unknown';

/** What a check found for one budget, or one file of it. Findings are facts; `code` is public. */
export interface Verdict {
  readonly budget: string;
  readonly level: Level;
  /** Tokens as bigint, money as Amount; `null` when nothing could be measured. */
  readonly measured: bigint | Amount | null;
  readonly limit: bigint | Amount;
  readonly method: 'exact' | 'approximate';
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** File the verdict is about; `null` for the ledger and for totals. */
  readonly path: string | null;
}
