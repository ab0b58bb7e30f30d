import { columnsNamed } from '../reading/columns.js';
import type { Row } from '../reading/row.js';

/** Columns of Azure's cost details that are read: of agreements of both kinds, and of pay as you go. */
export const AZURE_COLUMNS = columnsNamed([
  ...(['Date', 'UsageDateTime', 'SubscriptionId', 'SubscriptionGuid', 'SubscriptionName', 'ResourceGroup'] as const),
  ...(['ResourceGroupName', 'MeterCategory', 'MeterSubCategory', 'MeterName', 'UnitOfMeasure', 'Quantity'] as const),
  ...(['UsageQuantity', 'CostInBillingCurrency', 'PreTaxCost', 'Cost', 'BillingCurrencyCode'] as const),
  ...(['BillingCurrency', 'Currency', 'ChargeType', 'PricingModel', 'ReservationName', 'BenefitName'] as const),
  ...(['ResourceId', 'InstanceId', 'ConsumedService', 'CostCenter', 'Tags'] as const),
  ...(['BillingPeriodStartDate', 'BillingPeriodEndDate'] as const),
]);
export type AzureRow = Row<keyof typeof AZURE_COLUMNS>;
