import { columnsNamed } from '../reading/columns.js';
import type { Row } from '../reading/row.js';

/** Columns of FOCUS that are read, and columns of peers for what FOCUS does not say, in the names they have given them. */
export const FOCUS_COLUMNS = {
  ...columnsNamed([
    ...(['BilledCost', 'BillingCurrency', 'ChargeCategory', 'ChargePeriodStart', 'ChargePeriodEnd'] as const),
    ...(['BillingPeriodStart', 'BillingPeriodEnd', 'BillingAccountId', 'SubAccountId', 'SubAccountName'] as const),
    ...(['ChargeDescription', 'CommitmentDiscountId', 'CommitmentDiscountName', 'ConsumedQuantity'] as const),
    ...(['ConsumedUnit', 'EffectiveCost', 'InvoiceIssuerName', 'PricingCurrency', 'PricingQuantity'] as const),
    ...(['PricingCurrencyEffectiveCost', 'PricingUnit', 'ProviderName', 'ServiceProviderName'] as const),
    ...(['PublisherName', 'ResourceId', 'ResourceName', 'ServiceCategory', 'ServiceName', 'SkuMeter'] as const),
    ...(['SkuPriceDetails', 'Tags', 'x_SkuMeterName', 'x_SkuMeterSubcategory'] as const),
  ]),
  model: ['x_Model', 'x_ModelName'],
  tokenType: ['x_TokenType', 'x_TokenClass'],
  input: ['x_InputTokens'],
  cacheRead: ['x_CacheReadTokens', 'x_CachedInputTokens', 'x_CacheReadInputTokens'],
  cacheWrite5m: ['x_CacheWriteTokens', 'x_CacheWrite5mTokens', 'x_CacheCreationInputTokens'],
  cacheWrite1h: ['x_CacheWrite1hTokens'],
  output: ['x_OutputTokens'],
  reasoning: ['x_ReasoningTokens'],
} as const;

export type FocusRow = Row<keyof typeof FOCUS_COLUMNS>;
