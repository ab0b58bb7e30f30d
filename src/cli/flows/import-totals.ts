import type { ComputedCost } from '../../pricing/cost.js';
import { lowestTierOf } from '../../pricing/lowest-tier.js';
import { usesQuantity } from '../../pricing/priceable.js';
import { totalTokens } from '../../pricing/token-classes.js';
import type { ImportBody } from '../../render/import-sheet.js';
import type { Unpriced } from './entries.js';

export type ImportTotals = Pick<ImportBody, 'unassigned' | 'unpriced' | 'lowestTier'>;

interface Usage {
  readonly events: bigint;
  readonly tokens: bigint;
}

/** Usage by what `keyOf` tells of it; of the rest the first of a key stands. */
function usageBy<T extends Usage>(keyOf: (usage: T) => string) {
  const sums = new Map<string, T>();
  const add = (usage: T): void => {
    const key = keyOf(usage);
    const sum = sums.get(key);
    const { events, tokens } = usage;
    sums.set(key, sum === undefined ? usage : { ...sum, events: sum.events + events, tokens: sum.tokens + tokens });
  };
  const sorted = (): T[] => [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
  return { add, sorted };
}

const byModel = () => usageBy<ImportTotals['unpriced'][number]>(({ model }) => model);
const byTier = () => usageBy<ImportTotals['lowestTier'][number]>(({ model, upTo }) => `${model}\n${upTo}`);

/** Collects, over all records read, what no rule assigned, what has no price, and what has the lowest of several. */
export function importTotals() {
  const unassigned = { events: 0n, tokens: 0n };
  const [unpriced, lowestTier] = [byModel(), byTier()];
  function add({ event, unit, recording }: Unpriced, cost: ComputedCost): void {
    if (unit === null) {
      unassigned.events++;
      unassigned.tokens += BigInt(totalTokens(event.tokens));
    }
    const isBilled = recording.role === 'bill' && event.statedCost !== null;
    if (isBilled || (!cost.known && cost.plan !== undefined)) return;
    if (cost.known) {
      const upTo = lowestTierOf(event, cost);
      if (upTo !== null)
        lowestTier.add({ model: event.model, events: 1n, tokens: BigInt(totalTokens(event.tokens)), upTo });
      return;
    }
    const tokens = BigInt(totalTokens(event.tokens));
    if (tokens === 0n && !usesQuantity(event.quantities)) return;
    unpriced.add({ model: event.model, events: 1n, tokens, reason: cost.reason });
  }
  const result = (): ImportTotals => ({
    unassigned,
    unpriced: unpriced.sorted(),
    lowestTier: lowestTier.sorted(),
  });
  return { add, result };
}

/** The totals of several files. */
export function addTotals(all: readonly ImportTotals[]): ImportTotals {
  const [unpriced, lowestTier] = [byModel(), byTier()];
  for (const each of all.flatMap((one) => one.unpriced)) unpriced.add(each);
  for (const each of all.flatMap((one) => one.lowestTier)) lowestTier.add(each);
  return {
    unassigned: {
      events: all.reduce((sum, { unassigned }) => sum + unassigned.events, 0n),
      tokens: all.reduce((sum, { unassigned }) => sum + unassigned.tokens, 0n),
    },
    unpriced: unpriced.sorted(),
    lowestTier: lowestTier.sorted(),
  };
}
