/** Sums as the figures of a row: counts as bigint, money and quantities as exact decimal text. */

import { formatDecimal } from '../pricing/decimal.js';
import type { TokenSums } from './cell.js';
import { byName, costTexts } from './costs.js';
import { type LatencyFigures, latencyFigures } from './latency.js';
import { type Sums, totalOf } from './sums.js';
import { type UnitMetrics, unitMetrics } from './unit-metrics.js';

/** Decimal text by currency. */
export type CostTexts = Readonly<Record<string, string>>;

export interface Usage {
  readonly events: bigint;
  readonly tokens: bigint;
}

/** The figures of one row, or of the total. */
export interface Figures {
  readonly requests: bigint;
  /** `null`: no event reported it. */
  readonly tokens: TokenSums & { readonly total: bigint | null };
  /** Decimal text by name of the quantity (`image`, `second`). */
  readonly quantities: Readonly<Record<string, string>>;
  readonly cost: CostTexts;
  /** Of the cost: lines of a bill beside usage, by kind (`tax`, `discount`, `credit`). */
  readonly charges: Readonly<Record<string, CostTexts>>;
  readonly unpriced: Usage;
  /** Usage that a plan, package or free quota covered: nothing is owed for it. */
  readonly covered: Usage;
  readonly metrics: UnitMetrics;
  /** Absent: not asked for. */
  readonly latency?: LatencyFigures;
}

export const figuresOf = (sums: Sums): Figures => ({
  requests: sums.requests,
  tokens: { ...sums.tokens, total: totalOf(sums.tokens) },
  quantities: byName(new Map([...sums.quantities].map(([name, millionths]) => [name, millionthsText(millionths)]))),
  cost: costTexts(byName(sums.cost)),
  charges: byName(new Map([...sums.charges].map(([charge, amounts]) => [charge, costTexts(byName(amounts))]))),
  unpriced: { events: sums.unpricedEvents, tokens: sums.unpricedTokens },
  covered: { events: sums.planEvents, tokens: sums.planTokens },
  metrics: unitMetrics(sums),
  ...(sums.latency === null ? {} : { latency: latencyFigures(sums.latency) }),
});

const millionthsText = (millionths: bigint): string => formatDecimal({ units: millionths, scale: 6 });
