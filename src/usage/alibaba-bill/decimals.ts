import { TokenhubError } from '../../errors.js';
import { addDecimals, type Decimal, parseDecimal } from '../../pricing/decimal.js';
import type { BillColumn, BillRow } from './columns.js';

/**
 * The exact number of a cell; `null` when it is absent, blank, `-` or `NULL`. Groups of three may be set off by commas.
 *
 * @throws BAD_FIELD
 */
export function decimalAt(row: BillRow, name: BillColumn): Decimal | null {
  const text = row.text(name);
  if (text === null || text === '-' || text.toUpperCase() === 'NULL') return null;
  try {
    return parseDecimal(/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text);
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause.at({ field: row.field(name) }) : cause;
  }
}

export const negative = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });

export const minus = (a: Decimal, b: Decimal): Decimal => addDecimals(a, negative(b));
