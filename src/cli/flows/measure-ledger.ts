/** What the ledger holds for the rules of a budget. */

import type { LedgerFacts } from '../../budget/ledger/judge-ledger-budget.js';
import type { Quotas } from '../../budget/ledger/judge-quotas.js';
import type { LedgerBudget } from '../../budget/ledger/ledger-budget.js';
import { groupBy } from '../../group-by.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { ReadCell } from '../../report/sum-cells.js';
import { askingOf, type JudgingContext } from './budget-asking.js';
import { windowOfBudget } from './budget-window.js';
import { measureDays } from './measure-days.js';
import { measureFreshness } from './measure-freshness.js';
import { measureGrowth } from './measure-growth.js';
import { type Held, heldIn } from './measure-window.js';

/** Asks all of one state of the ledger, when called in a snapshot. */
export async function measureLedger(
  ledger: Ledger,
  budget: LedgerBudget,
  context: JudgingContext,
): Promise<LedgerFacts> {
  const asking = await askingOf(ledger, budget, context);
  const held = await heldIn(asking, windowOfBudget(budget, context));
  const { forecast, growth, anomaly, unassigned, maxAge } = budget;
  const days = forecast || anomaly !== null ? await measureDays(asking, held) : null;
  return {
    period: quotasOf(held, budget),
    forecast: days?.forecast ?? null,
    growth: growth === null ? null : await measureGrowth(asking, held),
    anomaly: days?.anomaly ?? null,
    unassigned: unassigned === null ? null : await measureUnassigned(held, await heldIn(asking, held.window, [null])),
    freshness: maxAge === null ? null : await measureFreshness(asking, maxAge),
  };
}

const measureUnassigned = (all: Held, ofNoUnit: Held) => ({
  all: all.measureOf(all.cells),
  ofNoUnit: ofNoUnit.measureOf(ofNoUnit.cells),
});

/** All together, and each that has the budget as a quota. */
function quotasOf({ cells, measureOf, toldByAny }: Held, { each }: LedgerBudget): Quotas {
  if (each === null) return { all: measureOf(cells), holders: [], nobody: null };
  const ofSomebody = [...groupBy(cells.filter(saysWhose), ({ cell }) => cell.values[0]!)];
  const ofNobody = cells.filter((read) => !saysWhose(read));
  return {
    all: { ...measureOf(cells), reported: toldByAny },
    holders: ofSomebody
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, ofOne]) => ({ value, measure: measureOf(ofOne) })),
    nobody: ofNobody.length === 0 ? null : measureOf(ofNobody),
  };
}

const saysWhose = ({ cell: { values } }: ReadCell): boolean => values[0] !== null;
