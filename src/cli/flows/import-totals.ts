import type { ComputedCost } from '../../pricing/cost.js';
import { totalTokens } from '../../pricing/token-classes.js';
import type { ImportBody } from '../../render/import-sheet.js';
import type { Unpriced } from './entries.js';

export type ImportTotals = Pick<ImportBody, 'unassigned' | 'unpriced'>;

/** Collects, over all records read, what no rule assigned and what has no price. */
export function importTotals() {
  const unassigned = { events: 0n, tokens: 0n };
  const unpriced = new Map<string, { model: string; events: bigint; tokens: bigint; reason: string }>();
  function add({ event, unit, recording }: Unpriced, cost: ComputedCost): void {
    if (unit === null) {
      unassigned.events++;
      unassigned.tokens += BigInt(totalTokens(event.tokens));
    }
    const isBilled = recording.role === 'bill' && event.statedCost !== null;
    if (cost.known || cost.plan !== undefined || isBilled) return;
    const tokens = BigInt(totalTokens(event.tokens));
    if (tokens === 0n && !Object.values(event.quantities).some((amount) => amount > 0n)) return;
    const sum = unpriced.get(event.model) ?? { model: event.model, events: 0n, tokens: 0n, reason: cost.reason };
    unpriced.set(event.model, { ...sum, events: sum.events + 1n, tokens: sum.tokens + tokens });
  }
  const result = (): ImportTotals => ({
    unassigned,
    unpriced: [...unpriced.values()].sort((a, b) => (a.model < b.model ? -1 : 1)),
  });
  return { add, result };
}

/** The totals of several files. */
export function addTotals(all: readonly ImportTotals[]): ImportTotals {
  const models = new Map<string, ImportTotals['unpriced'][number]>();
  for (const one of all.flatMap(({ unpriced }) => unpriced)) {
    const sum = models.get(one.model) ?? { ...one, events: 0n, tokens: 0n };
    models.set(one.model, { ...sum, events: sum.events + one.events, tokens: sum.tokens + one.tokens });
  }
  return {
    unassigned: {
      events: all.reduce((sum, { unassigned }) => sum + unassigned.events, 0n),
      tokens: all.reduce((sum, { unassigned }) => sum + unassigned.tokens, 0n),
    },
    unpriced: [...models.values()].sort((a, b) => (a.model < b.model ? -1 : 1)),
  };
}
