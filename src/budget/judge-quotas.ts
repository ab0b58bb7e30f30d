/** Judges a budget that every user, team, … has for itself. */

import type { LedgerBudget, QuotaHolder, Verdict } from './budget.js';
import { doubtAboutPeriod, judgeLedger, type LedgerMeasure } from './judge-ledger.js';
import { CODES, count, ground } from './verdict.js';

/** What one of them used. */
export interface Quota {
  /** `(none)`, or of units `(unassigned)`, for usage that says of nobody. */
  readonly value: string;
  readonly measure: LedgerMeasure;
}

/**
 * A verdict for each that breaches or warns, by name; those that cannot be judged are one verdict per reason, and
 * those within the limit one verdict together.
 *
 * @param all  what all of them used together
 */
export function judgeQuotas(budget: LedgerBudget, all: LedgerMeasure, quotas: readonly Quota[]): Verdict[] {
  const judged = quotas.map(({ value, measure }) => ({ value, verdict: judgeLedger(budget, measure, value) }));
  const breaches = judged.filter(({ verdict }) => verdict.level === 'error');
  const doubt = doubtAboutPeriod(budget, all);
  if (doubt !== null) {
    const left = holders(budget, judged.length - breaches.length);
    return [...breaches.map((each) => ofOne(budget, each)), { ...together(budget, left), level: 'unknown', ...doubt }];
  }
  const warnings = judged.filter(({ verdict }) => verdict.level === 'warn');
  const unknown = judged.filter(({ verdict }) => verdict.level === 'unknown');
  const ok = judged.filter(({ verdict }) => verdict.level === 'ok');
  return [
    ...[...breaches, ...warnings].map((each) => ofOne(budget, each)),
    ...[...new Set(unknown.map(({ verdict }) => verdict.code))].map((code) =>
      ofSeveral(
        budget,
        unknown.filter(({ verdict }) => verdict.code === code),
      ),
    ),
    ...(ok.length > 0 || judged.length === 0 ? [within(budget, all, ok.length)] : []),
  ];
}

interface Judged {
  readonly value: string;
  readonly verdict: Verdict;
}

const holders = ({ each }: LedgerBudget, values: number, value: string | null = null): QuotaHolder => ({
  each: each!,
  value,
  values,
});

const ofOne = (budget: LedgerBudget, { value, verdict }: Judged): Verdict => ({
  ...verdict,
  message: `${budget.each} ${value}: ${verdict.message}`,
  quota: holders(budget, 1, value),
});

/** The first by name stands for the others. */
function ofSeveral(budget: LedgerBudget, judged: readonly Judged[]): Verdict {
  const [first, ...others] = judged;
  if (others.length === 0) return ofOne(budget, first!);
  const more = `and ${count(BigInt(others.length))} more ${pluralOf(budget, others.length)}`;
  const { verdict, value } = first!;
  return {
    ...verdict,
    measured: null,
    message: `${budget.each} ${value} ${more}: of ${value}, ${verdict.message}`,
    quota: holders(budget, judged.length),
  };
}

/** What a verdict on several of them has in any case. */
const together = (budget: LedgerBudget, quota: QuotaHolder) =>
  ({ ...ground(budget), path: null, measured: null, method: 'exact', quota }) as const;

function within(budget: LedgerBudget, { period }: LedgerMeasure, values: number): Verdict {
  const text = `${count(BigInt(values))} ${pluralOf(budget, values)} within the limit over ${period}`;
  return {
    ...together(budget, holders(budget, values)),
    level: 'ok',
    code: CODES.ok,
    message: values === 0 ? `no ${budget.each} used any over ${period}` : text,
    hint: '',
  };
}

const pluralOf = ({ each }: LedgerBudget, number: number): string => (number === 1 ? each! : `${each}s`);
