import { printShares } from '../pricing/printed-money.js';
import type { CostTexts } from '../report/figures.js';
import { separated } from './counted.js';
import { moneyDecimals } from './money-decimals.js';
import { picoOf } from './pico-of.js';

/** An amount alone, rounded as lines are: `1,234.56 USD`; nothing in the currency is 0. */
export function amountText(cost: CostTexts, currency: string): string {
  const pico = picoOf(cost, currency) ?? 0n;
  return `${separated(printShares([pico], moneyDecimals([pico])).total)} ${currency}`;
}
