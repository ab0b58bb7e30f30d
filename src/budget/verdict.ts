/** What every verdict is made of, and whether it lets a check pass. */

import type { Amount } from '../pricing/money.js';
import { type Budget, type BudgetPlace, COMMAND_LINE, type WarnLimit } from './budget.js';
import type { Code } from './codes.js';
import type { Each, LedgerBudget } from './ledger/ledger-budget.js';
import type { Limit } from './limit.js';
import { shareOf } from './percent.js';
import type { Quantity } from './quantity.js';

export type Level = 'ok' | 'warn' | 'error' | 'unknown';

/** What a verdict tells: tokens, money, or another quantity. */
export type Figure = bigint | Amount | Quantity;

/** The key of a budget that a verdict is of; `change`: of what the change does to the budget: loosens it, removes it, takes files out of it. */
export type Rule =
  | ('paths' | 'max' | 'maxIncrease')
  | ('forecast' | 'growth' | 'anomaly' | 'unassigned' | 'maxAge')
  | 'change';

/** What a check found for one budget, or one file of it. Findings are facts; `code` is public. */
export interface Verdict {
  readonly budget: string;
  /** Where the budget stands. */
  readonly place: BudgetPlace;
  readonly rule: Rule;
  readonly level: Level;
  /** `null` when nothing could be measured. */
  readonly measured: Figure | null;
  /** Whether counting stopped before the end, so that `measured` is the least it can be. */
  readonly atLeast: boolean;
  /** The most that passes; `null`: the budget has no such limit. */
  readonly limit: Figure | null;
  /** What `measured` was before the change, or in the period before; `null`: there is nothing to compare with. */
  readonly baseline: Figure | null;
  /** `measured` less `baseline`. */
  readonly delta: Figure | null;
  readonly method: 'exact' | 'approximate';
  /** Tokens the true number lies between; `null`: the count is exact, or none. */
  readonly band: readonly [low: bigint, high: bigint] | null;
  readonly code: Code;
  readonly message: string;
  readonly hint: string;
  /** File the verdict is about, relative to the folder of the config; `null` for the ledger and for totals. */
  readonly path: string | null;
  /** Line it begins at, counted from 1; `null`: it is about no part of a file. */
  readonly line: number | null;
  /** Headings of the section it is about, from the highest; `null`: of none. */
  readonly section: readonly string[] | null;
  /** What grew most since the base, or is largest, most first: what to look at when it fails. */
  readonly parts: readonly Part[];
  /** Of a quota: whose it is. Absent: of no quota. */
  readonly quota?: QuotaHolder;
}

/** A file or a section that a verdict is made of. */
export interface Part {
  /** `prompts/a.md`, or `prompts/a.md#Rules › Tone`. */
  readonly name: string;
  readonly tokens: bigint;
  /** Since the base; `null`: there is none. */
  readonly delta: bigint | null;
}

/** Who has a quota. */
export interface QuotaHolder {
  readonly each: Each;
  /** The user, team, …; `null`: several of them, or none, in one verdict. */
  readonly value: string | null;
  /** How many the verdict is of. */
  readonly values: number;
}

/** What fails a check: errors, warnings too, or nothing that it finds. */
export const FAIL_ON = ['error', 'warn', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** What a check lets pass. */
export interface Leniency {
  readonly failOn: FailOn;
  readonly allowUnknown: boolean;
}

/** Whether a level lets the check pass. */
export function passes(level: Level, { failOn, allowUnknown }: Leniency): boolean {
  if (failOn === 'never' || level === 'ok') return true;
  if (level === 'unknown') return allowUnknown;
  return level === 'warn' && failOn === 'error';
}

/** What every verdict on a budget has, unless it says otherwise. */
export const ground = ({ name, place }: Budget, rule: Rule) =>
  ({
    budget: name,
    place,
    rule,
    measured: null,
    atLeast: false,
    limit: null,
    baseline: null,
    delta: null,
    method: 'exact',
    band: null,
    path: null,
    line: null,
    section: null,
    parts: [],
  }) as const satisfies Partial<Verdict>;

/** `file:line` of the budget in its config, and when a limit that is changed there counts. */
export function placeOf({ place }: Budget): string {
  if (place === COMMAND_LINE) return 'the command line';
  const at = `${place.file}:${place.line}`;
  return place.judgedBy === undefined
    ? at
    : `${at} (in a change of its own: the limits of ${place.judgedBy} judge this one)`;
}

/** The limit of a budget on the ledger, as verdicts carry it. */
export const limitFigure = ({ max }: LedgerBudget): Figure | null =>
  max === null ? null : measureLike(max, pointsOf(max));

/** A limit as a whole number: tokens, pico-units, or millionths of another quantity. */
export function pointsOf(limit: Limit): bigint {
  if ('cost' in limit) return limit.cost.pico;
  return 'quantity' in limit ? limit.millionths : BigInt(limit.tokens);
}

/** Such a whole number as what it is of. */
export function measureLike(limit: Limit, points: bigint): bigint | Amount | Quantity {
  if ('cost' in limit) return { currency: limit.cost.currency, pico: points, text: null };
  return 'quantity' in limit ? { quantity: limit.quantity, millionths: points } : points;
}

/** A share of the limit rounds down, so that 80% of 9 warns from 8 on. */
export function warnLimit(warn: WarnLimit | null, limit: bigint): bigint | null {
  if (warn === null) return null;
  if (!('percent' in warn)) return pointsOf(warn);
  return shareOf(warn.percent, limit);
}

/** The verdict with a breach as the budget takes it: it may only warn, and says so. */
export const levelled = (verdict: Verdict, { level }: Pick<Budget, 'level'>): Verdict =>
  verdict.level === 'error' && level === 'warn' ? { ...verdict, level, message: softened(verdict.message) } : verdict;

/** What is said of a breach that only warns. */
export const softened = (message: string): string => `${message}; it only warns, by \`level: warn\``;

/** A count as a person reads it: `1,234,567`. */
export const count = (value: bigint): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
