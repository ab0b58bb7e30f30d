/** Shared cost of a period as statements and closings tell it. */

import type { Config } from '../../files/config-type.js';
import { type ToldSplit, toldSplit } from '../../hub/allocation/told-split.js';
import type { Ledger } from '../../ledger/ledger.js';
import { formatPico } from '../../pricing/money.js';
import { type CostChoice, UNASSIGNED, type Window } from '../../report/query.js';
import { allocationsIn, type CutInvoice } from './allocations.js';

export interface SharedCost {
  readonly splits: readonly ToldSplit[];
  /** What is not split, or too low, in sentences. */
  readonly warnings: readonly string[];
}

const NOTHING: SharedCost = { splits: [], warnings: [] };

/**
 * The splits of a window; none where the config has no allocations. Ask in a snapshot.
 *
 * @throws ALLOCATED_TWICE
 */
export async function sharedCostIn(
  ledger: Ledger,
  config: Config,
  window: Window,
  cost: CostChoice,
): Promise<SharedCost> {
  if (config.allocations.length === 0) return NOTHING;
  const { splits, cut, warnings } = await allocationsIn(ledger, config, window, cost);
  return {
    splits: splits.map((split) => toldSplit(split, UNASSIGNED)),
    warnings: [...warnings, ...cut.map(cutText)],
  };
}

const cutText = ({ name, month, currency, pico }: CutInvoice): string =>
  `${formatPico(pico)} ${currency} for ${name} in ${month} is not split, as an edge of the period cuts the month`;
