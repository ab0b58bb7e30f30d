/** What is without a price in a period, by unit with those beneath it, as a closing keeps it. */

import type { UnpricedUnit } from '../../hub/closing/closing-content.js';
import { unitsWithin } from '../../hub/unit-tree.js';
import type { UnitDefinition } from '../../hub/units.js';
import type { Ledger } from '../../ledger/ledger.js';
import { readCellsOf } from '../../report/lines.js';
import type { Window } from '../../report/query.js';
import { sumOf } from '../../report/sum-cells.js';

/**
 * Of every unit that is defined or has usage. Whether a bill can be split is told of all units of a statement together, so
 * that the sums of units alone would not do. Ask in a snapshot.
 */
export async function unpricedUnits(
  ledger: Ledger,
  defined: readonly UnitDefinition[],
  window: Window,
): Promise<UnpricedUnit[]> {
  const presence = await ledger.presence(window, 'auto');
  const cells = await ledger.cells({
    ...{ window, by: ['unit'], cost: 'auto', days: 'each', units: null, models: null, filters: [] },
    ...{ latency: false, top: null },
  });
  const read = readCellsOf({ presence, cells }, 'auto');
  const used = read.map(({ cell }) => cell.values[0] ?? null);
  const ids = [...new Set([...defined.map(({ id }) => id), ...used, null])].sort();
  return ids.map((id) => {
    const units = id === null ? [null] : unitsWithin(id, defined);
    const within = new Set<string | null>(units);
    const sums = sumOf(read.filter(({ cell }) => within.has(cell.values[0] ?? null)));
    return {
      units,
      ...{ events: sums.unpricedEvents, tokens: sums.unpricedTokens },
      unsplit: { events: sums.unsplitEvents, tokens: sums.unsplitTokens },
    };
  });
}
