import { parseDecimal } from '../pricing/decimal.js';
import { toPico } from '../pricing/money.js';
import type { CostTexts } from '../report/figures.js';

/** Pico-units of one currency; `null` when there is no amount in it. */
export const picoOf = (cost: CostTexts, currency: string): bigint | null =>
  Object.hasOwn(cost, currency) ? toPico(parseDecimal(cost[currency]!)) : null;
