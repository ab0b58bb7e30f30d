/** What a change does to the limits that judge it. */

import type { Budget } from './budget.js';
import type { FileBudget } from './files/file-budget.js';
import type { BudgetPeriod, Rise } from './ledger/ledger-budget.js';
import { increaseText, shownLimit } from './limit-text.js';
import {
  isAssumedLess,
  isIncreaseLooser,
  isLimitLooser,
  isNumberLooser,
  isRiseLooser,
  isSwitchedOff,
  isToleranceLooser,
} from './looser.js';

/** A budget that lets pass more than it did, or something else. */
export interface LimitChange {
  readonly before: Budget;
  /** `null`: the change removes it. */
  readonly now: Budget | null;
  readonly fields: readonly FieldChange[];
}

export interface FieldChange {
  /** Key in the config. */
  readonly field: string;
  /** As a config would write it; `none`: it is not given. */
  readonly from: string;
  readonly to: string;
  /** Whether it surely lets pass more; else it decides what is judged, which may go either way. */
  readonly isLooser: boolean;
}

/** Budgets, told apart by name, that were loosened or removed; in the order they had before. */
export function limitChanges(before: readonly Budget[], now: readonly Budget[]): LimitChange[] {
  const named = new Map(now.map((budget) => [budget.name, budget]));
  return before
    .map((budget): LimitChange => {
      const after = named.get(budget.name) ?? null;
      return { before: budget, now: after, fields: after === null ? [] : fieldChanges(budget, after) };
    })
    .filter(({ now: after, fields }) => after === null || fields.length > 0);
}

type Fields = Readonly<Record<string, unknown>>;

/** Of a field that is not here any change counts, since it decides what is judged. */
const IS_LOOSER: Readonly<Record<string, (before: never, now: never) => boolean>> = {
  max: isLimitLooser,
  warn: isLimitLooser,
  maxIncrease: isIncreaseLooser,
  tolerance: isToleranceLooser,
  assume: isAssumedLess,
  level: (before: Budget['level'], now: Budget['level']) => before === 'error' && now === 'warn',
  allowEmpty: (before: boolean, now: boolean) => now && !before,
  forecast: isSwitchedOff,
  growth: isRiseLooser,
  anomaly: isRiseLooser,
  maxAge: isNumberLooser,
  unassigned: isNumberLooser,
};

/** Where it stands and what it is called. */
const IDENTITY = new Set(['name', 'place', 'root', 'shownFrom']);

function fieldChanges(before: Budget, now: Budget): FieldChange[] {
  if (before.kind !== now.kind) return [{ field: 'kind', from: before.kind, to: now.kind, isLooser: false }];
  const fields = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...fields]
    .filter((field) => !IDENTITY.has(field))
    .filter((field) => isLooser(field, before as unknown as Fields, now as unknown as Fields))
    .map((field) => ({
      field: KEYS[field] ?? field,
      from: valueText(field, before as unknown as Fields),
      to: valueText(field, now as unknown as Fields),
      isLooser: IS_LOOSER[field] !== undefined,
    }));
}

function isLooser(field: string, before: Fields, now: Fields): boolean {
  const [from, to] = [before[field] ?? null, now[field] ?? null];
  const looser = IS_LOOSER[field];
  return looser === undefined ? jsonOf(from) !== jsonOf(to) : looser(from as never, to as never);
}

/** Keys that a config calls otherwise. */
const KEYS: Readonly<Record<string, string>> = { content: 'messages' };

const HOUR = 3_600_000;

const limitWords = (value: never): string => shownLimit(value);
const riseWords = ({ percent, floor }: Rise): string =>
  floor === null ? `${percent}%` : `${percent}% and ${shownLimit(floor)}`;

/** Fields whose values have words of their own. */
const WORDS: Readonly<Record<string, (value: never) => string>> = {
  max: limitWords,
  warn: limitWords,
  tolerance: limitWords,
  maxIncrease: increaseText,
  growth: riseWords,
  anomaly: riseWords,
  content: (value: FileBudget['content']) => String(value === 'messages'),
  period: (period: BudgetPeriod) => (typeof period === 'string' ? period : `${period.days} days`),
  maxAge: (ms: number) => `${ms / HOUR} hours`,
  unassigned: (percent: number) => `${percent}%`,
};

function valueText(field: string, fields: Fields): string {
  const value = fields[field] ?? null;
  if (value === null) return 'none';
  return (WORDS[field] ?? plainText)(value as never);
}

/** Lists by their items, whatever else is no text as JSON. */
function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.map(plainText).join(', ') || 'none';
  if (typeof value === 'string') return value;
  return jsonOf(value);
}

const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? 'none';
