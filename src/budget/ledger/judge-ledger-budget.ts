/** Judges a budget on the ledger by all of its rules. */

import { levelled, type Verdict } from '../verdict.js';
import { type AnomalyFacts, judgeAnomaly } from './judge-anomaly.js';
import { type ForecastFacts, judgeForecast } from './judge-forecast.js';
import { type FreshnessFacts, judgeFreshness } from './judge-freshness.js';
import { judgeLedger } from './judge-ledger.js';
import { type GrowthFacts, judgePeriodGrowth } from './judge-period-growth.js';
import { judgeQuotas, type Quotas } from './judge-quotas.js';
import { judgeUnassigned, type UnassignedFacts } from './judge-unassigned.js';
import type { LedgerBudget } from './ledger-budget.js';

/** What the ledger holds for the rules of a budget; `null`: it has no such rule. */
export interface LedgerFacts {
  readonly period: Quotas;
  readonly forecast: ForecastFacts | null;
  readonly growth: GrowthFacts | null;
  readonly anomaly: AnomalyFacts | null;
  readonly unassigned: UnassignedFacts | null;
  readonly freshness: FreshnessFacts | null;
}

/** A verdict for each rule; a reason that leaves several of them unknown is told once. */
export function judgeLedgerBudget(budget: LedgerBudget, facts: LedgerFacts): Verdict[] {
  const { max, growth, anomaly, unassigned, maxAge } = budget;
  const verdicts = [
    ...(max === null ? [] : limitVerdicts({ ...budget, max }, facts)),
    growth !== null && facts.growth !== null ? judgePeriodGrowth({ ...budget, growth }, facts.growth) : null,
    anomaly !== null && facts.anomaly !== null ? judgeAnomaly({ ...budget, anomaly }, facts.anomaly) : null,
    unassigned !== null && facts.unassigned !== null
      ? judgeUnassigned({ ...budget, unassigned }, facts.unassigned)
      : null,
    maxAge !== null && facts.freshness !== null ? judgeFreshness({ ...budget, maxAge }, facts.freshness) : null,
  ].filter((verdict) => verdict !== null);
  return toldOnce(verdicts).map((verdict) => levelled(verdict, budget));
}

function limitVerdicts(budget: Parameters<typeof judgeLedger>[0], { period, forecast }: LedgerFacts) {
  if (budget.each !== null) return judgeQuotas(budget, period);
  const end = forecast === null ? null : judgeForecast(budget, period.all, forecast);
  return [judgeLedger(budget, period.all), end];
}

/** Of the same reason the first, which is of the period itself where that is in doubt. */
function toldOnce(verdicts: readonly Verdict[]): Verdict[] {
  const told = new Set<string>();
  return verdicts.filter(({ level, code }) => {
    if (level !== 'unknown') return true;
    const isNew = !told.has(code);
    told.add(code);
    return isNew;
  });
}
