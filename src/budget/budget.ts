import type { Amount } from '../pricing/money.js';
import type { Quantity } from './quantity.js';

/** A limit is a number of tokens, an amount of money, or of something else used; exactly at the limit passes. */
export type Limit = { readonly tokens: number } | { readonly cost: Amount } | Quantity;

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

/** Whose quota a budget may be: each value of one of these has the limit for itself. */
export const EACH = [
  ...(['user', 'team', 'unit', 'project', 'agent', 'key', 'workspace', 'service', 'consumer'] as const),
] as const;
export type Each = (typeof EACH)[number];

/** A budget on the ledger: what one unit (or model, or all) used or cost in the current day, week or month. */
export interface LedgerBudget extends BudgetBase {
  readonly kind: 'ledger';
  readonly unit: string | null;
  readonly model: string | null;
  readonly period: 'day' | 'week' | 'month';
  /** Every user, team, … by itself; `null`: all together. */
  readonly each: Each | null;
}

export type Budget = FileBudget | LedgerBudget;

export type Level = 'ok' | 'warn' | 'error' | 'unknown';

/** What a check found for one budget, or one file of it. Findings are facts; `code` is public. */
export interface Verdict {
  readonly budget: string;
  readonly level: Level;
  /** Tokens as bigint; `null` when nothing could be measured. */
  readonly measured: bigint | Amount | Quantity | null;
  readonly limit: bigint | Amount | Quantity;
  readonly method: 'exact' | 'approximate';
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** File the verdict is about; `null` for the ledger and for totals. */
  readonly path: string | null;
  /** Of a quota: whose it is. Absent: of no quota. */
  readonly quota?: QuotaHolder;
}

/** Who has a quota. */
export interface QuotaHolder {
  readonly each: Each;
  /** The user, team, …; `null`: several of them, or none, in one verdict. */
  readonly value: string | null;
  /** How many the verdict is of. */
  readonly values: number;
}
