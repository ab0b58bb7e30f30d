/** Judges what the ledger holds against a budget on the ledger. */

import { shellWord } from '../errors/wording.js';
import { formatPico } from '../pricing/money.js';
import { CODES } from './codes.js';
import type { LedgerBudget } from './ledger-budget.js';
import type { Limit } from './limit.js';
import { pluralOf, quantityText } from './quantity.js';
import { count, ground, limitOf, measureLike, placeOf, pointsOf, type Verdict, warnLimit } from './verdict.js';

/** What the ledger holds for a budget's unit, model and period. */
export interface LedgerMeasure {
  /** Half-open period in words, `2026-10-01 to 2026-10-31`. */
  readonly period: string;
  /** Whether the ledger holds any usage of that period, of whatever unit and model. */
  readonly recorded: boolean;
  /** What the budget names and nobody knows: neither the config nor any event; `null`: it is known. */
  readonly unheardOf: { readonly what: 'unit' | 'model'; readonly near: string | null } | null;
  readonly events: bigint;
  readonly tokens: bigint;
  readonly requests: bigint;
  /** In millionths by name. */
  readonly quantities: Readonly<Record<string, bigint>>;
  /**
   * Whether what the limit is of is told: of requests, of all that was used; of another quantity, by any record of the
   * period, of whatever unit and model.
   */
  readonly reported: boolean;
  /**
   * Views of the usage that were left out and name the budget's unit, which has none in what was read, while that holds
   * usage of no unit: `app otel of account x`. None: no such doubt.
   */
  readonly namedBy: readonly string[];
  /** Pico-units by currency. */
  readonly cost: Readonly<Record<string, bigint>>;
  /** Usage without a cost, that of `unsplitDays` included. */
  readonly unpricedEvents: bigint;
  /** Days `YYYY-MM-DD` whose bill does not say what part of it is for this unit or model, in order. */
  readonly unsplitDays: readonly string[];
  /** Rows that were rejected by imports over the period. */
  readonly rejected: number;
}

/** A budget on the ledger where there is no ledger to read. */
export const judgeNoLedger = (budget: LedgerBudget): Verdict => ({
  ...ground(budget),
  limit: limitOf(budget),
  level: 'unknown',
  code: CODES.noLedger,
  message: 'there is no ledger to judge it by',
  hint: 'import usage first: tokenhub import <files...>, or name the ledger with --ledger',
});

/**
 * Verdict on the ledger. Usage without a price can only add to a cost, so a breach stands whatever is unpriced; short
 * of a breach, a cost that is not whole is unknown.
 *
 * @param holder  whose quota it is, for the hint; `null`: of no quota
 */
export function judgeLedger(budget: LedgerBudget, measure: LedgerMeasure, holder: string | null = null): Verdict {
  const doubt = doubtAbout(budget, measure);
  const verdict = judgeAmount(budget, measure, holder);
  if (doubt === null || verdict.level === 'error') return verdict;
  const isNotTold = doubt.code === CODES.notReported && pointsUsed(budget.max, measure) === 0n;
  return { ...verdict, ...(isNotTold ? { measured: null } : {}), level: 'unknown', ...doubt };
}

export type Doubt = Pick<Verdict, 'code' | 'message' | 'hint'>;

/** `null`: nothing is in doubt. */
export const doubtAbout = (budget: LedgerBudget, measure: LedgerMeasure): Doubt | null =>
  doubtAboutPeriod(budget, measure) ??
  ('cost' in budget.max ? doubtAboutCost(budget, measure, budget.max.cost.currency) : null);

/** What puts the whole period in doubt, whoever's usage is asked for; `null`: nothing does. */
export function doubtAboutPeriod(budget: LedgerBudget, measure: LedgerMeasure): Doubt | null {
  const { period, recorded, unheardOf, reported, namedBy, rejected } = measure;
  if (!recorded)
    return {
      code: CODES.noUsage,
      message: `no usage recorded for ${period}`,
      hint: 'import the logs of that period, or judge another one with --at <date>',
    };
  if (unheardOf !== null) {
    const { what, near } = unheardOf;
    return {
      code: CODES.unheardOf,
      message: `no usage of ${what} "${budget[what]}" was ever recorded, so the name may be wrong`,
      hint: `${near === null ? '' : `did you mean ${near}? `}mend \`${what}\` at ${placeOf(budget)}`,
    };
  }
  if (rejected > 0)
    return {
      code: CODES.rejectedRows,
      message: `${count(BigInt(rejected))} rows over ${period} were rejected by their import, so the sum may be too low`,
      hint: 'mend the rows named in the rejects file and import them again',
    };
  if (namedBy.length > 0)
    return {
      code: CODES.unassigned,
      message: `usage read over ${period} is of no unit, and what was left out, ${namedBy.join(', ')}, has usage of unit "${budget.unit}", so it may not be none`,
      hint: 'write rules that map the keys or workspaces of what is read to units, see: tokenhub units; or accept it with --allow-unknown',
    };
  return 'quantity' in budget.max && !reported ? doubtAboutQuantity(period, budget.max.quantity) : null;
}

const doubtAboutQuantity = (period: string, quantity: string): Doubt =>
  quantity === 'request'
    ? {
        code: CODES.notReported,
        message: `usage read over ${period} does not tell of requests, so they may be more`,
        hint: 'bills do not count requests: set the limit in tokens, or accept it with --allow-unknown',
      }
    : {
        code: CODES.notReported,
        message: `no record over ${period} tells of ${pluralOf(quantity)}, so they may not be none`,
        hint: 'import what counts them, see: tokenhub sources; or accept it with --allow-unknown',
      };

function doubtAboutCost(budget: LedgerBudget, measure: LedgerMeasure, currency: string): Doubt | null {
  const { period, events, unpricedEvents, unsplitDays, cost } = measure;
  if (unsplitDays.length > 0)
    return {
      code: CODES.unsplitBill,
      message: `the bill of ${daysText(unsplitDays)} cannot be split by ${filterText(budget)}`,
      hint: `give its rows what says which ${filterText(budget)} they are for (unit, model, or a key or workspace that a rule names), take the import back (tokenhub imports undo) and import again, or accept it with --allow-unknown; at list price: tokenhub report --cost computed`,
    };
  if (unpricedEvents > 0n)
    return {
      code: CODES.unpriced,
      message: `${count(unpricedEvents)} of ${count(events)} events over ${period} have no price`,
      hint: 'add the missing price to a price file (config key `prices`), then: tokenhub reprice --apply; or accept it with --allow-unknown',
    };
  const others = Object.keys(cost).filter((other) => other !== currency);
  if (others.length > 0)
    return {
      code: CODES.otherCurrency,
      message: `part of the cost over ${period} is in ${others.join(', ')}, which a limit in ${currency} cannot judge`,
      hint: `give a budget in ${others.join(', ')} as well, or accept it with --allow-unknown`,
    };
  return null;
}

const DAYS_NAMED = 3;

/** `2026-10-05, 2026-10-06`, or of many the first ones and how many more. */
function daysText(days: readonly string[]): string {
  const named = days.slice(0, DAYS_NAMED).join(', ');
  return days.length > DAYS_NAMED ? `${named} and ${days.length - DAYS_NAMED} more days` : named;
}

const filterText = ({ unit, model, each }: LedgerBudget): string =>
  [unit === null ? [] : 'unit', model === null ? [] : 'model', each ?? []].flat().join(' and ');

function judgeAmount(budget: LedgerBudget, measure: LedgerMeasure, holder: string | null): Verdict {
  const { period } = measure;
  const limit = pointsOf(budget.max);
  const points = pointsUsed(budget.max, measure);
  const shown = (value: bigint) => wordsFor(budget.max, value);
  const fact = { ...ground(budget), limit: limitOf(budget), measured: measureLike(budget.max, points) } as const;
  const report = reportText(budget, holder);
  if (points > limit)
    return {
      ...fact,
      level: 'error',
      code: CODES.overLimit,
      message: `${shown(points)} over ${period}, ${shown(points - limit)} over the limit of ${shown(limit)}`,
      hint: `see where it went: ${report}, or raise \`max\` at ${placeOf(budget)}`,
    };
  const warnAt = warnLimit(budget.warn, limit);
  if (warnAt !== null && points > warnAt)
    return {
      ...fact,
      level: 'warn',
      code: CODES.overWarning,
      message: `${shown(points)} over ${period}, over the warning at ${shown(warnAt)} (limit ${shown(limit)})`,
      hint: `see where it goes: ${report}`,
    };
  return {
    ...fact,
    level: 'ok',
    code: CODES.ok,
    message: `${shown(points)} of ${shown(limit)} over ${period}`,
    hint: '',
  };
}

/** What was used, in the whole numbers of the limit; usage that a plan covered was used, too, but costs nothing. */
export function pointsUsed(limit: Limit, { tokens, requests, quantities, cost }: LedgerMeasure): bigint {
  if ('cost' in limit) return cost[limit.cost.currency] ?? 0n;
  if (!('quantity' in limit)) return tokens;
  if (limit.quantity === 'request') return requests * MILLION;
  return Object.hasOwn(quantities, limit.quantity) ? quantities[limit.quantity]! : 0n;
}

const MILLION = 1_000_000n;

function reportText({ unit, each }: LedgerBudget, holder: string | null): string {
  const whose = each === null || holder === null ? '' : ` --where ${shellWord(`${each}=${valueText(holder)}`)}`;
  return `tokenhub report --by model,day${unit === null ? '' : ` --unit ${shellWord(unit)}`}${whose}`;
}

/** As a condition holds a value, which commas would part. */
const valueText = (value: string): string => (/[,"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export function wordsFor(limit: Limit, points: bigint): string {
  if ('cost' in limit) return `${formatPico(points)} ${limit.cost.currency}`;
  return 'quantity' in limit ? quantityText({ ...limit, millionths: points }) : `${count(points)} tokens`;
}
