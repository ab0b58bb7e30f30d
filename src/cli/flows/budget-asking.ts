/** A budget on the ledger as questions to it. */

import type { LedgerBudget } from '../../budget/ledger/ledger-budget.js';
import type { UnheardOf } from '../../budget/ledger/ledger-measure.js';
import type { Config } from '../../files/config-type.js';
import type { Ledger } from '../../ledger/ledger.js';
import { type Filter, type StoredField, storedFilter } from '../../report/filter.js';
import type { CellQuery } from '../../report/query.js';
import { recordedModels } from './recorded-models.js';
import { filterOf, unitsOf } from './report-query.js';
import { unheardOf } from './unheard-of.js';

export interface BudgetAsking extends Pick<CellQuery, 'units' | 'models'> {
  readonly ledger: Ledger;
  readonly budget: LedgerBudget;
  /** Instant (ms) in the period to judge. */
  readonly at: number;
  /** Of the budget's periods. */
  readonly timeZone: string;
  /** That messages need not tell. */
  readonly homeZone: string;
  readonly filters: readonly Filter<StoredField>[];
  readonly unheardOf: UnheardOf | null;
}

/** The instant, the zone of budgets that name none, and the config. */
export interface JudgingContext extends Pick<BudgetAsking, 'at' | 'timeZone'> {
  readonly config: Config;
}

export async function askingOf(
  ledger: Ledger,
  budget: LedgerBudget,
  { at, timeZone, config }: JudgingContext,
): Promise<BudgetAsking> {
  const { unit, model } = budget;
  const filters = budget.where.map(filterOf);
  return {
    ...{ ledger, budget, at },
    timeZone: budget.timeZone ?? timeZone,
    homeZone: config.timeZone,
    units: unit === null ? null : unitsOf([unit], config.units),
    models: await recordedModels(ledger, model === null ? null : [model], config.models),
    filters: filters.map(storedFilter),
    unheardOf: await unheardOf(ledger, budget, filters, config),
  };
}
