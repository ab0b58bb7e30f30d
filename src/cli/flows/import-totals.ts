import type { ComputedCost } from '../../pricing/cost.js';
import { totalTokens } from '../../pricing/token-classes.js';
import type { ImportBody } from '../../render/import-sheet.js';
import type { Unpriced } from './entries.js';

/** Collects, over all records read, what no rule assigned and what has no price. */
export function importTotals() {
  const unassigned = { events: 0n, tokens: 0n };
  const unpriced = new Map<string, { model: string; events: bigint; tokens: bigint; reason: string }>();
  function add({ event, unit, recording }: Unpriced, cost: ComputedCost): void {
    const tokens = BigInt(totalTokens(event.tokens));
    const isUsed = tokens > 0n || Object.values(event.quantities).some((amount) => amount > 0n);
    if (unit === null) {
      unassigned.events++;
      unassigned.tokens += tokens;
    }
    const isBilled = recording.role === 'bill' && event.statedCost !== null;
    if (cost.known || isBilled || !isUsed) return;
    const sum = unpriced.get(event.model) ?? { model: event.model, events: 0n, tokens: 0n, reason: cost.reason };
    unpriced.set(event.model, { ...sum, events: sum.events + 1n, tokens: sum.tokens + tokens });
  }
  const result = (): Pick<ImportBody, 'unassigned' | 'unpriced'> => ({
    unassigned,
    unpriced: [...unpriced.values()].sort((a, b) => (a.model < b.model ? -1 : 1)),
  });
  return { add, result };
}
