import type { BudgetBase } from './budget.js';
import type { Limit } from './limit.js';

/** Whose quota a budget may be: each value of one of these has the limit for itself. */
export const EACH = [
  ...(['user', 'team', 'unit', 'project', 'agent', 'key', 'workspace', 'service', 'consumer'] as const),
] as const;
export type Each = (typeof EACH)[number];

/** A budget on the ledger: what one unit (or model, or all) used or cost in the current day, week or month. */
export interface LedgerBudget extends BudgetBase {
  readonly kind: 'ledger';
  readonly max: Limit;
  readonly unit: string | null;
  readonly model: string | null;
  readonly period: 'day' | 'week' | 'month';
  /** Every user, team, … by itself; `null`: all together. */
  readonly each: Each | null;
}
