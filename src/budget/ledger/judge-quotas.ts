/** Judges a budget that every user, team, … has for itself. */

import { CODES } from '../codes.js';
import { count, ground, limitFigure, type QuotaHolder, type Verdict } from '../verdict.js';
import { judgeLedger, type LimitedBudget } from './judge-ledger.js';
import type { LedgerBudget } from './ledger-budget.js';
import { doubtAboutPeriod } from './ledger-doubts.js';
import type { LedgerMeasure } from './ledger-measure.js';
import { doubtAboutNobody } from './usage-of-nobody.js';

/** What one of them used. */
interface Quota {
  readonly value: string;
  readonly measure: LedgerMeasure;
}

/** Whom a quota is judged of. */
export interface Quotas {
  /** What all of them used together, that of nobody included. */
  readonly all: LedgerMeasure;
  readonly holders: readonly Quota[];
  /** What is read of usage that does not say whose it is; `null`: there is no such usage. */
  readonly nobody: LedgerMeasure | null;
}

/**
 * A verdict for each that breaches or warns, by name; those that cannot be judged are one verdict per reason, and
 * those within the limit one verdict together. Usage of nobody may be anybody's: where there is any, none of them is
 * known to be within the limit.
 */
export function judgeQuotas(budget: LimitedBudget, { all, holders: quotas, nobody }: Quotas): Verdict[] {
  const judged = quotas.map(({ value, measure }) => ({ value, verdict: judgeLedger(budget, measure, value) }));
  const breaches = judged.filter(({ verdict }) => verdict.level === 'error');
  const doubt = doubtAboutPeriod(budget, all);
  if (doubt !== null) {
    const left = holders(budget, judged.length - breaches.length);
    return [...breaches.map((each) => ofOne(budget, each)), { ...together(budget, left), level: 'unknown', ...doubt }];
  }
  const unknown = judged.filter(({ verdict }) => verdict.level === 'unknown');
  const within = judged.length - breaches.length - unknown.length;
  const ofNobody = nobody === null ? null : doubtAboutNobody(budget, nobody, nounOf(budget, within));
  if (ofNobody !== null)
    return [
      ...breaches.map((each) => ofOne(budget, each)),
      ...foldedByCode(budget, unknown),
      { ...together(budget, holders(budget, within)), level: 'unknown', ...ofNobody },
    ];
  const warnings = judged.filter(({ verdict }) => verdict.level === 'warn');
  const ok = judged.filter(({ verdict }) => verdict.level === 'ok');
  return [
    ...[...breaches, ...warnings].map((each) => ofOne(budget, each)),
    ...foldedByCode(budget, unknown),
    ...(ok.length > 0 || judged.length === 0 ? [okTogether(budget, all, ok.length)] : []),
  ];
}

const foldedByCode = (budget: LedgerBudget, unknown: readonly Judged[]): Verdict[] =>
  [...new Set(unknown.map(({ verdict }) => verdict.code))].map((code) =>
    ofSeveral(
      budget,
      unknown.filter(({ verdict }) => verdict.code === code),
    ),
  );

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
  ({ ...ground(budget, 'max'), limit: limitFigure(budget), quota }) as const;

function okTogether(budget: LedgerBudget, { period }: LedgerMeasure, values: number): Verdict {
  const text = `${nounOf(budget, values)} within the limit over ${period}`;
  return {
    ...together(budget, holders(budget, values)),
    level: 'ok',
    code: CODES.ok,
    message: values === 0 ? `no ${budget.each} used any over ${period}` : text,
    hint: '',
  };
}

/** `1 user`, `4 users`. */
const nounOf = (budget: LedgerBudget, number: number): string => `${count(BigInt(number))} ${pluralOf(budget, number)}`;

const pluralOf = ({ each }: LedgerBudget, number: number): string => (number === 1 ? each! : `${each}s`);
