import { missingField } from '../../errors/usage-records.js';
import type { Mode } from '../../pricing/price.js';
import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { quantityOf } from '../reading/count.js';
import { type Fields, scalarTextOf, valueAt } from '../reading/fields.js';
import { objectCell } from '../reading/json-cell.js';
import { modelOf, NO_MODEL } from '../reading/model-name.js';
import type { FocusRow } from './focus-columns.js';
import { type MeterName, meteredTokens, meterName } from './meter-name.js';
import { tokensOfQuantity, tokenUnitOf } from './token-unit.js';

export interface FocusUsage {
  readonly model: string;
  readonly tokens: TokenClasses;
  readonly quantities: Readonly<Record<string, bigint>>;
  readonly mode: Mode;
}

const CLASSES = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output', 'reasoning'] as const;

/**
 * The model, tokens and quantities of a row. The model is `x_Model` or that of `SkuPriceDetails`, else what the meter's
 * name says of a row of tokens, else the resource or the service.
 *
 * @param isUsage  false for a charge that is no usage, which has neither tokens nor quantities
 * @throws BAD_FIELD, MISSING_FIELD
 */
export function focusUsage(row: FocusRow, isUsage: boolean): FocusUsage {
  const details = objectCell(row.cell('SkuPriceDetails'), row.field('SkuPriceDetails'));
  const meter = meterOf(row, details);
  const metered = isUsage ? tokensAt(row, meter) : { tokens: NO_TOKENS, quantities: {} };
  const stated = row.text('model') ?? detail(details, 'x_Model', 'Model', 'ModelName');
  const byMeter = countsTokens(row) && meter.class !== null ? meter.model : null;
  return {
    model: modelOf(
      [stated, byMeter, row.firstText('SkuMeter', 'ResourceName', 'ServiceName'), NO_MODEL],
      row.field('model'),
    ),
    tokens: metered.tokens,
    quantities: { ...metered.quantities, ...(isUsage ? currencyUsed(row) : {}) },
    mode: meter.mode,
  };
}

function detail(details: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const text = scalarTextOf(valueAt(details, name), `SkuPriceDetails.${name}`);
    if (text !== null) return text;
  }
  return null;
}

/** What the most particular text says that names a class: a stated type of tokens, the meter, the description. */
function meterOf(row: FocusRow, details: Fields): MeterName {
  const meters = [row.text('SkuMeter'), row.text('x_SkuMeterName'), row.text('ChargeDescription')];
  const read = meters
    .filter((text) => text !== null)
    .map((text) => meterName(text, row.text('x_SkuMeterSubcategory') ?? ''));
  const meter = read.find((candidate) => candidate.class !== null) ?? read[0] ?? meterName('', '');
  const type = row.text('tokenType') ?? detail(details, 'x_TokenType', 'TokenType', 'TokenClass');
  return type === null ? meter : { ...meter, class: meterName(type, '').class };
}

/** The column of a quantity of tokens and its unit; `null` when the row counts something else. */
interface TokenQuantity {
  readonly name: 'ConsumedQuantity' | 'PricingQuantity';
  readonly size: bigint;
}

function tokenQuantity(row: FocusRow): TokenQuantity | null {
  for (const [unit, name] of [
    ['ConsumedUnit', 'ConsumedQuantity'],
    ['PricingUnit', 'PricingQuantity'],
  ] as const) {
    const counted = tokenUnitOf(row.text(unit) ?? '');
    if (counted?.saysTokens) return { name, size: counted.size };
  }
  return null;
}

/** True for a row of tokens; a purchase of a virtual currency that is called so is one too. */
export const countsTokens = (row: FocusRow): boolean =>
  tokenQuantity(row) !== null || CLASSES.some((name) => row.text(name) !== null);

function tokensAt(row: FocusRow, meter: MeterName) {
  const apart = CLASSES.map((name) => [name, row.count(name)] as const);
  if (apart.some(([, count]) => count !== null))
    return { tokens: { ...NO_TOKENS, ...Object.fromEntries(apart) }, quantities: {} };
  const quantity = tokenQuantity(row);
  if (quantity === null) return { tokens: NO_TOKENS, quantities: {} };
  const [text, field] = [row.text(quantity.name), row.field(quantity.name)];
  if (text === null) throw missingField(field, 'a unit without a quantity says nothing; export the column');
  return meteredTokens(tokensOfQuantity(text, quantity.size, field), meter, field);
}

/** The currency of a provider's own (tokens, credits) that a row is priced in; `null`: a currency of a state, or none. */
export function virtualCurrency(row: FocusRow): string | null {
  const currency = row.text('PricingCurrency');
  return currency === null || CURRENCIES.has(currency.toUpperCase()) ? null : currency;
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

function currencyUsed(row: FocusRow): Readonly<Record<string, bigint>> {
  const currency = virtualCurrency(row);
  const cost = 'PricingCurrencyEffectiveCost';
  const used = quantityOf(row.text(cost), row.field(cost)) ?? 0n;
  return currency === null || used === 0n ? {} : { [`currency:${currency}`]: used };
}
