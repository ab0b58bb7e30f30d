import { formatPico } from '../pricing/money.js';
import type { WarnLimit } from './budget.js';
import type { FileLimit, MaxIncrease, Tolerance } from './files/file-budget.js';
import type { Limit } from './limit.js';
import { quantityText } from './quantity.js';
import { count } from './verdict.js';

/** A limit as a config writes it, its numbers as a person reads them: `2,000 tokens`, `0.05 USD`, `5% of context`. */
export function shownLimit(limit: Limit | FileLimit | WarnLimit | Tolerance): string {
  if ('percent' in limit) return `${limit.percent}%`;
  if ('contextPercent' in limit) return `${limit.contextPercent}% of context`;
  if ('cost' in limit) return `${formatPico(limit.cost.pico)} ${limit.cost.currency}`;
  return 'quantity' in limit ? quantityText(limit) : `${count(BigInt(limit.tokens))} tokens`;
}

/** `200 tokens and 10%`: both must be passed. */
export function increaseText({ tokens, percent, when }: MaxIncrease): string {
  const parts = [tokens === null ? [] : shownLimit({ tokens }), percent === null ? [] : shownLimit({ percent })];
  return parts.flat().join(when === 'both' ? ' and ' : ' or ');
}
