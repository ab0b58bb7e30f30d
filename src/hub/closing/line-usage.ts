/** What the lines of a period say of usage without a unit, or without a price. */

import { usesQuantity } from '../../pricing/priceable.js';
import type { MeterLine } from '../statement/meter-line.js';
import { totalTokens } from '../statement/meter-reading.js';

interface Usage {
  readonly events: bigint;
  readonly tokens: bigint;
}

interface UnpricedModel extends Usage {
  readonly model: string;
  /** Why; the first where there are several. */
  readonly reason: string;
}

/** Usage of no unit, of what a report reads for tokens. */
export function unassignedUsage(lines: readonly MeterLine[]): Usage {
  const of = lines.filter((line) => line.unit === null && line.charge === 'usage' && line.isReadForTokens);
  return of.reduce((sum, line) => plus(sum, line), { events: 0n, tokens: 0n });
}

/** Usage whose cost a report would read and does not find, by model; what a plan covers owes nothing. */
export function unpricedModels(lines: readonly MeterLine[]): UnpricedModel[] {
  const sums = new Map<string, UnpricedModel>();
  for (const line of lines) {
    if (!line.isReadForMoney || line.cost !== null || line.isCovered || line.charge !== 'usage' || !isUsed(line))
      continue;
    const sum = sums.get(line.model) ?? {
      model: line.model,
      events: 0n,
      tokens: 0n,
      reason: line.unpriced ?? 'no price',
    };
    sums.set(line.model, { ...sum, ...plus(sum, line) });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

const plus = (sum: Usage, { events, tokens }: MeterLine): Usage => ({
  events: sum.events + events,
  tokens: sum.tokens + (totalTokens(tokens) ?? 0n),
});

const isUsed = ({ tokens, quantities }: MeterLine): boolean =>
  (totalTokens(tokens) ?? 0n) > 0n || usesQuantity(quantities);
