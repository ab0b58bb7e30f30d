import type { Amount } from '../../pricing/money.js';
import { addAmounts, isZero } from '../reading/amounts.js';
import { type Fields, textOf, valueAt } from '../reading/fields.js';
import { amountAt } from '../reading/stated-cost.js';

/**
 * What OpenRouter calls spend: its own credits, which are US dollars, and its estimate of what calls with the user's own
 * keys cost at the upstream provider; `null`: neither is stated.
 *
 * @param credits  name of the field of credits
 * @param byok     name of the field of spend with own keys
 * @throws BAD_FIELD
 */
export function openrouterSpend(fields: Fields, credits: string, byok: string): Amount | null {
  const [own, upstream] = [dollarsAt(fields, credits), dollarsAt(fields, byok)];
  if (own === null || upstream === null) return own ?? upstream;
  return isZero(upstream) ? own : addAmounts(own, upstream);
}

function dollarsAt(fields: Fields, name: string): Amount | null {
  const text = textOf(valueAt(fields, name), name);
  return text === null ? null : amountAt(name, text, 'USD');
}
