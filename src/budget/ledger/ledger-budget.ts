import type { BudgetBase } from '../budget.js';
import type { Limit } from '../limit.js';

/** Whose quota a budget may be: each value of one of these has the limit for itself. */
export const EACH = [
  ...(['user', 'team', 'unit', 'project', 'agent', 'key', 'workspace', 'service', 'consumer'] as const),
] as const;
export type Each = (typeof EACH)[number];

/** The period that holds an instant: one of the calendar, or so many days, the last of which holds it. */
export type BudgetPeriod = CalendarPeriod | { readonly days: number };
export type CalendarPeriod = 'day' | 'week' | 'month' | 'quarter';

/** More than the figure before by so many percent, and by more than the floor; each is to be passed. */
export interface Rise {
  readonly percent: number;
  /** `null`: the percentage alone decides. */
  readonly floor: Limit | null;
}

/** A budget on the ledger: what one unit (or model, agent, … or all) used or cost in its current period. */
export interface LedgerBudget extends BudgetBase {
  readonly kind: 'ledger';
  /** `null`: another rule of the budget is judged alone. */
  readonly max: Limit | null;
  readonly unit: string | null;
  readonly model: string | null;
  /** Further conditions, all of which hold, as reports have them: `agent=codex`. */
  readonly where: readonly string[];
  readonly period: BudgetPeriod;
  /** IANA zone of its periods; `null`: that of the check. */
  readonly timeZone: string | null;
  /** Every user, team, … by itself; `null`: all together. */
  readonly each: Each | null;
  /** Whether it is also judged by what the period will end at. */
  readonly forecast: boolean;
  /** Against the period before; `null`: not compared. */
  readonly growth: Rise | null;
  /** The last recorded day against the same weekdays before it; `null`: not compared. */
  readonly anomaly: Rise | null;
  /** How old the newest usage may be, in ms; `null`: as old as it is. */
  readonly maxAge: number | null;
  /** The share of usage that may be of no unit, in percent; `null`: any. */
  readonly unassigned: number | null;
}

/** What a budget measures: tokens, a currency or another quantity. Only the kind of it counts, not how much it is. */
export const gaugeOf = ({ max, growth, anomaly }: LedgerBudget): Limit =>
  max ?? growth?.floor ?? anomaly?.floor ?? { tokens: 0 };
