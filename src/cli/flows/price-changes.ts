import type { Budget } from '../../budget/budget.js';
import type { FileBudget } from '../../budget/files/file-budget.js';
import type { FieldChange, LimitChange } from '../../budget/limit-changes.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { readEntryText } from '../../files/entry-text.js';
import type { Former, InForce } from './budgets-in-force.js';
import type { CheckOptions } from './check-options.js';
import { isChosen } from './choose-budgets.js';
import type { PriceLists } from './price-lists.js';
import type { Settings } from './settings.js';

export const listsOfNow = ({ config }: Settings): PriceLists => ({ config, read: readEntryText });

/** A budget of the base is judged at the prices of the base; what is new, at those of now. */
export function listsOf({ former }: InForce, now: PriceLists): (budget: Budget) => PriceLists {
  const names = new Set(former?.judges ? former.budgets.map(({ name }) => name) : []);
  return ({ name }) => (names.has(name) ? former!.lists : now);
}

/**
 * What the change loosens, prices and windows that limits depend on included: whoever lowers a price lifts a limit in money.
 *
 * @param at  instant (ms)
 * @throws BAD_PRICE where the base judges
 */
export async function withPriceChanges(
  inForce: InForce,
  now: PriceLists,
  at: number,
  options: CheckOptions,
): Promise<InForce> {
  const { former } = inForce;
  if (former === null || (isPlain(former.lists, now) && isPlain(now, former.lists))) return inForce;
  const concerned = former.budgets.filter(dependsOnModel).filter((budget) => isChosen(budget, options));
  if (concerned.length === 0) return inForce;
  try {
    const { loweredPrices } = await import('./lowered-prices.js');
    const lowered = await loweredPrices(concerned, { before: former.lists, now, at });
    return { ...inForce, loosened: joinedChanges(inForce, former, lowered) };
  } catch (error) {
    if (former.judges || !(error instanceof TokenhubError)) throw error;
    const note = `whether this change lowers prices that limits are in is not known: ${error.message}`;
    return { ...inForce, notes: [...inForce.notes, note] };
  }
}

/** Without prices of its own, and of the same region as the other: then both have the built-in prices. */
const isPlain = ({ config }: PriceLists, other: PriceLists): boolean =>
  config.prices.length + config.contracts.length === 0 && config.alibaba.region === other.config.alibaba.region;

const dependsOnModel = (budget: Budget): budget is FileBudget =>
  budget.kind === 'files' && budget.max !== null && !('tokens' in budget.max);

/** In the order of the base. A budget that is removed has no price any more. */
function joinedChanges(
  { budgets, loosened }: InForce,
  former: Former,
  lowered: ReadonlyMap<string, readonly FieldChange[]>,
): LimitChange[] {
  const known = new Map(loosened.map((change) => [change.before.name, change]));
  const now = new Map(budgets.map((budget) => [budget.name, budget]));
  return former.budgets.flatMap((before): LimitChange[] => {
    const change = known.get(before.name) ?? { before, now: now.get(before.name) ?? null, fields: [] };
    const fields = [...change.fields, ...(change.now === null ? [] : (lowered.get(before.name) ?? []))];
    return change.now === null || fields.length > 0 ? [{ ...change, fields }] : [];
  });
}
