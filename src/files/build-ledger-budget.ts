import type { LedgerBudget } from '../budget/ledger-budget.js';
import { parseLimit } from '../budget/limit.js';
import type { RawBudget } from './budget-schema.js';
import type { BudgetMaking } from './build-budget.js';
import { checkWarn } from './check-warn.js';

/** @throws BAD_CONFIG, BAD_LIMIT */
export function buildLedgerBudget(raw: RawBudget, { base, parsed, wrong }: BudgetMaking): LedgerBudget {
  if (raw.max === undefined) throw wrong('max', 'is missing', 'write a limit, such as max: 1200 USD or max: 2M tokens');
  const max = parsed('max', () => parseLimit(raw.max!));
  checkWarn(max, base.warn, wrong);
  return {
    ...base,
    kind: 'ledger',
    max,
    unit: raw.unit ?? null,
    model: raw.model ?? null,
    period: raw.period!,
    each: raw.each ?? null,
  };
}
