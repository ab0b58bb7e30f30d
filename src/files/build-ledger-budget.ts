import { gaugeOf, type LedgerBudget, type Rise } from '../budget/ledger/ledger-budget.js';
import { CALENDAR_PERIODS, parseAge, parsePeriod } from '../budget/ledger/period.js';
import { type Limit, parseLimit, parsePercent } from '../budget/limit.js';
import { conditionsOf } from './budget-conditions.js';
import type { RawBudget } from './budget-schema.js';
import type { BudgetMaking } from './build-budget.js';
import { checkWarn, measuredIn } from './check-warn.js';

/** @throws BAD_CONFIG, BAD_LIMIT */
export function buildLedgerBudget(raw: RawBudget, making: BudgetMaking): LedgerBudget {
  const { base, parsed } = making;
  const max = raw.max === undefined ? null : parsed('max', () => parseLimit(raw.max!));
  const budget: LedgerBudget = {
    ...base,
    kind: 'ledger',
    max,
    unit: raw.unit ?? null,
    model: raw.model ?? null,
    where: conditionsOf(raw, making),
    period: parsed('period', () => parsePeriod(raw.period!)),
    timeZone: raw.timeZone ?? null,
    each: raw.each ?? null,
    forecast: raw.forecast ?? false,
    growth: raw.growth === undefined ? null : riseOf('growth', raw.growth, making),
    anomaly: raw.anomaly === undefined ? null : riseOf('anomaly', raw.anomaly, making),
    maxAge: raw.maxAge === undefined ? null : parsed('maxAge', () => parseAge(raw.maxAge!)),
    unassigned: raw.unassigned === undefined ? null : parsed('unassigned', () => parsePercent(raw.unassigned!)),
  };
  checkRules(budget, making);
  return budget;
}

type RawRise = NonNullable<RawBudget['growth'] | RawBudget['anomaly']>;

function riseOf(field: 'growth' | 'anomaly', raw: RawRise, { parsed }: BudgetMaking): Rise {
  const { percent, floor } = typeof raw === 'string' ? { percent: raw, floor: undefined } : raw;
  return {
    percent: parsed(field, () => parsePercent(percent)),
    floor: floor === undefined ? null : parsed(field, () => parseLimit(floor)),
  };
}

function checkRules(budget: LedgerBudget, { wrong }: BudgetMaking): void {
  const { max, warn, growth, anomaly, maxAge, unassigned } = budget;
  if (max === null && [growth, anomaly, maxAge, unassigned].every((rule) => rule === null))
    throw wrong('max', 'is missing', 'write a limit, such as max: 1200 USD or max: 2M tokens');
  if (max === null && warn !== null) throw wrong('warn', 'belongs to max, which is not given', 'remove it, or add max');
  if (max !== null) checkWarn(max, warn, wrong);
  checkForecast(budget, wrong);
  checkEach(budget, wrong);
  checkFloors(budget, wrong);
  if (unassigned !== null && isOfUnit(budget))
    throw wrong('unassigned', 'goes with usage of all units, but the budget names one', 'make it two budgets');
}

const isOfUnit = ({ unit, where }: LedgerBudget): boolean =>
  unit !== null || where.some((condition) => /^unit\s*[=~!]/.test(condition));

function checkForecast({ forecast, max, period }: LedgerBudget, wrong: BudgetMaking['wrong']): void {
  if (!forecast) return;
  if (max === null) throw wrong('forecast', 'belongs to max, which is not given', 'remove it, or add max');
  if (period === 'day' || typeof period !== 'string')
    throw wrong(
      'forecast',
      'needs a period with an end ahead',
      `write period: ${CALENDAR_PERIODS.slice(1).join(', or ')}; or remove it`,
    );
}

const NOT_OF_EACH = ['forecast', 'growth', 'anomaly', 'unassigned'] as const;

function checkEach(budget: LedgerBudget, wrong: BudgetMaking['wrong']): void {
  if (budget.each === null) return;
  const rule = NOT_OF_EACH.find((name) => budget[name] !== null && budget[name] !== false);
  if (rule !== undefined)
    throw wrong(
      rule,
      `does not go with each: a quota of every ${budget.each} has a limit alone`,
      'make it two budgets',
    );
  if (budget.max === null) throw wrong('each', 'belongs to max, which is not given', 'remove it, or add max');
}

/** Floors are in what the budget measures. */
function checkFloors(budget: LedgerBudget, wrong: BudgetMaking['wrong']): void {
  const gauge = measuredIn(gaugeOf(budget));
  for (const rule of ['growth', 'anomaly'] as const) {
    const floor: Limit | null = budget[rule]?.floor ?? null;
    if (floor !== null && measuredIn(floor) !== gauge)
      throw wrong(rule, `has a floor in ${measuredIn(floor)}, but the budget is in ${gauge}`, `write it in ${gauge}`);
  }
}
