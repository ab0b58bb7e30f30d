import type { Budget } from '../../budget/budget.js';
import { judgeNoLedger } from '../../budget/ledger/judge-ledger.js';
import { judgeLedgerBudget } from '../../budget/ledger/judge-ledger-budget.js';
import type { LedgerBudget } from '../../budget/ledger/ledger-budget.js';
import type { Verdict } from '../../budget/verdict.js';
import { staleRulesWarning } from '../../hub/stale-rules.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import type { Io } from '../io.js';
import { warn } from '../say.js';
import { measureLedger } from './measure-ledger.js';
import { hasRules, rulesOf, type Settings } from './settings.js';

/**
 * Judges budgets on the ledger, all of them on one state of it.
 *
 * @param instant  ms, in the periods to judge
 */
export async function judgeLedgerBudgets(
  io: Io,
  budgets: readonly LedgerBudget[],
  { config, ledger: at, timeZone }: Settings,
  instant: number,
): Promise<ReadonlyMap<Budget, readonly Verdict[]>> {
  const found = new Map<Budget, readonly Verdict[]>();
  if (!at.exists) return new Map(budgets.map((budget) => [budget, [judgeNoLedger(budget)]]));
  await using ledger = await openSqliteLedger({ path: at.path, mode: 'read' });
  await ledger.snapshot(async () => {
    if (hasRules(config)) await warnIfStale(io, ledger, rulesOf(config).hash);
    for (const budget of budgets) {
      const facts = await measureLedger(ledger, budget, { at: instant, timeZone, config });
      found.set(budget, judgeLedgerBudget(budget, facts));
    }
  });
  return found;
}

async function warnIfStale(io: Io, ledger: Ledger, hash: string): Promise<void> {
  const stale = staleRulesWarning(hash, (await ledger.appliedRules())?.hash ?? null);
  if (stale !== null) warn(io, stale);
}
