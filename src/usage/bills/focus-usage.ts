import { badField, missingField } from '../../errors.js';
import type { Mode } from '../../pricing/price.js';
import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { quantityOf } from '../reading/count.js';
import { type Fields, isFields, scalarTextOf, shown, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { NO_MODEL } from '../reading/no-model.js';
import { jsonCell, type Row } from '../reading/row.js';
import { type MeterName, meteredTokens, meterName } from './meter-name.js';
import { tokensOfQuantity, tokenUnitOf } from './token-unit.js';

export interface FocusUsage {
  readonly model: string;
  readonly tokens: TokenClasses;
  readonly quantities: Readonly<Record<string, bigint>>;
  readonly mode: Mode;
}

/** Columns that hold the tokens of a class, in the names peers have given them. */
const CLASS_COLUMNS: Readonly<Record<keyof TokenClasses, readonly string[]>> = {
  input: ['x_InputTokens'],
  cacheRead: ['x_CacheReadTokens', 'x_CachedInputTokens', 'x_CacheReadInputTokens'],
  cacheWrite5m: ['x_CacheWriteTokens', 'x_CacheWrite5mTokens', 'x_CacheCreationInputTokens'],
  cacheWrite1h: ['x_CacheWrite1hTokens'],
  output: ['x_OutputTokens'],
  reasoning: ['x_ReasoningTokens'],
};

/**
 * The model, tokens and quantities of a row. The model is `x_Model` or that of `SkuPriceDetails`, else what the meter's
 * name says of a row of tokens, else the resource or the service.
 *
 * @param isUsage  false for a charge that is no usage, which has neither tokens nor quantities
 * @throws BAD_FIELD, MISSING_FIELD
 */
export function focusUsage(row: Row, isUsage: boolean): FocusUsage {
  const details = detailsOf(row);
  const meter = meterOf(row, details);
  const metered = isUsage ? tokensAt(row, meter) : { tokens: NO_TOKENS, quantities: {} };
  const stated = row.text('x_Model', 'x_ModelName') ?? detail(details, 'x_Model', 'Model', 'ModelName');
  const byMeter = countsTokens(row) && meter.class !== null ? meter.model : null;
  return {
    model: modelOf([stated, byMeter, row.text('SkuMeter', 'ResourceName', 'ServiceName'), NO_MODEL], 'x_Model'),
    tokens: metered.tokens,
    quantities: { ...metered.quantities, ...(isUsage ? currencyUsed(row) : {}) },
    mode: meter.mode,
  };
}

function detailsOf(row: Row): Fields {
  const details = jsonCell(row.cell('SkuPriceDetails'), 'SkuPriceDetails') ?? {};
  if (!isFields(details)) throw badField('SkuPriceDetails', shown(details), 'is no object', 'write {"Model": "…"}');
  return details;
}

function detail(details: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const text = scalarTextOf(valueAt(details, name), `SkuPriceDetails.${name}`);
    if (text !== null) return text;
  }
  return null;
}

/** What the most particular text says that names a class: a stated type of tokens, the meter, the description. */
function meterOf(row: Row, details: Fields): MeterName {
  const meters = [row.text('SkuMeter'), row.text('x_SkuMeterName'), row.text('ChargeDescription')];
  const read = meters
    .filter((text) => text !== null)
    .map((text) => meterName(text, row.text('x_SkuMeterSubcategory') ?? ''));
  const meter = read.find((candidate) => candidate.class !== null) ?? read[0] ?? meterName('', '');
  const type = row.text('x_TokenType', 'x_TokenClass') ?? detail(details, 'x_TokenType', 'TokenType', 'TokenClass');
  return type === null ? meter : { ...meter, class: meterName(type, '').class };
}

/** Names of the columns of a quantity of tokens; `null` when the row counts something else. */
function tokenQuantity(row: Row): { readonly field: string; readonly size: bigint } | null {
  for (const [unit, field] of [
    ['ConsumedUnit', 'ConsumedQuantity'],
    ['PricingUnit', 'PricingQuantity'],
  ] as const) {
    const counted = tokenUnitOf(row.text(unit) ?? '');
    if (counted?.saysTokens) return { field, size: counted.size };
  }
  return null;
}

/** True for a row of tokens; a purchase of a virtual currency that is called so is one too. */
export const countsTokens = (row: Row): boolean =>
  tokenQuantity(row) !== null || Object.values(CLASS_COLUMNS).some((names) => row.text(...names) !== null);

function tokensAt(row: Row, meter: MeterName) {
  const apart = Object.entries(CLASS_COLUMNS).map(([name, columns]) => [name, row.count(...columns)] as const);
  if (apart.some(([, count]) => count !== null))
    return { tokens: { ...NO_TOKENS, ...Object.fromEntries(apart) }, quantities: {} };
  const quantity = tokenQuantity(row);
  if (quantity === null) return { tokens: NO_TOKENS, quantities: {} };
  const text = row.text(quantity.field);
  if (text === null) throw missingField(quantity.field, 'a unit without a quantity says nothing; export the column');
  return meteredTokens(tokensOfQuantity(text, quantity.size, quantity.field), meter, quantity.field);
}

/** The currency of a provider's own (tokens, credits) that a row is priced in; `null`: a currency of a state, or none. */
export function virtualCurrency(row: Row): string | null {
  const currency = row.text('PricingCurrency');
  return currency === null || CURRENCIES.has(currency.toUpperCase()) ? null : currency;
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

function currencyUsed(row: Row): Readonly<Record<string, bigint>> {
  const currency = virtualCurrency(row);
  const used = quantityOf(row.text('PricingCurrencyEffectiveCost'), 'PricingCurrencyEffectiveCost') ?? 0n;
  return currency === null || used === 0n ? {} : { [`currency:${currency}`]: used };
}
