/** What the lines of a period say of usage without a unit, or without a price. */

import type { MeterLine } from '../statement/meter-line.js';

interface Usage {
  readonly events: bigint;
  readonly tokens: bigint;
}

export interface UnpricedModel extends Usage {
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

const plus = (sum: Usage, line: MeterLine): Usage => ({
  events: sum.events + line.events,
  tokens: sum.tokens + totalOf(line),
});

const isUsed = (line: MeterLine): boolean =>
  totalOf(line) > 0n || Object.values(line.quantities).some((value) => value !== 0n);

const totalOf = ({ tokens: { input, cacheRead, cacheWrite5m, cacheWrite1h, output } }: MeterLine): bigint =>
  [input, cacheRead, cacheWrite5m, cacheWrite1h, output].reduce<bigint>((sum, value) => sum + (value ?? 0n), 0n);
