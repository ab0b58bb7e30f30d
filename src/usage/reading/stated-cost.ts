import { TokenhubError } from '../../errors/tokenhub-error.js';
import { badField, missingField } from '../../errors/usage-records.js';
import { type Amount, parseAmount } from '../../pricing/money.js';
import { ungrouped } from './decimals.js';
import { shown, textOf } from './fields.js';

/**
 * The cost a record states; `null` when it states none. A cost without a currency is an error: guessing one would
 * put a wrong amount into the books.
 *
 * @param cost      number or decimal text, negative for a refund; groups of three may be set off by commas
 * @param currency  three letters, any case
 * @throws BAD_FIELD at `cost` or `currency`; MISSING_FIELD at `currency`
 */
export function statedCostOf(cost: unknown, currency: unknown): Amount | null {
  if (typeof cost === 'object' && cost !== null) throw badField('cost', shown(cost), 'is no amount', 'write 0.0034');
  const text = textOf(cost, 'cost');
  if (text === null) return null;
  const code = textOf(currency, 'currency');
  if (code === null) throw missingField('currency', NO_CURRENCY);
  return amountAt('cost', text, code);
}

const NO_CURRENCY = 'a cost needs its currency: add a column, or give one for all rows, as in --map currency==USD';

/** An amount under the field name of its format. Throws BAD_FIELD at `field`. */
export function amountAt(field: string, text: string, currency: string): Amount {
  try {
    return parseAmount(ungrouped(text), currency);
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause.at({ field }) : cause;
  }
}

/** An amount of a format that states US dollars alone; `null` when it states none. Throws BAD_FIELD at `field`. */
export function dollarsOf(value: unknown, field: string): Amount | null {
  const text = textOf(value, field);
  return text === null ? null : amountAt(field, text, 'USD');
}
