/**
 * FOCUS, the common format of cloud bills, 1.2 to 1.4 (CSV or Parquet).
 *
 * - One row is one charge of a period. `BilledCost` in `BillingCurrency` is what is owed; the other costs are not read.
 * - A bill holds every service. Rows of `ServiceCategory` "AI and Machine Learning" and rows that count tokens are read,
 *   all others skipped; a bill without that column is read whole.
 * - `ChargeCategory` Purchase, Tax and Credit are charges of their own; Adjustment is `other`; a Usage row that corrects
 *   with a negative amount is a refund. None of them has tokens.
 * - Tokens are those of `ConsumedQuantity` (else `PricingQuantity`) in a unit of tokens. Which class they are FOCUS does not
 *   say: `x_TokenType`, `SkuPriceDetails`, `SkuMeter` or `ChargeDescription` tell it, or one column per class
 *   (`x_InputTokens`, `x_CacheReadTokens`, `x_CacheWriteTokens`, `x_OutputTokens`), taken as disjoint. Tokens of no class
 *   are a quantity `unclassed_token`.
 * - Usage that is billed 0 though it has a value (`EffectiveCost`) was paid for before: its plan is the commitment, else
 *   `prepaid`. A virtual currency (`PricingCurrency` that is no currency of a state) is a quantity `currency:<name>`.
 * - Times are ISO 8601 by the specification. `4/1/25` is read where the billing period proves the order, else rejected.
 *
 * Source: https://focus.finops.org/focus-specification/
 */

import { missingField } from '../../errors/usage-records.js';
import type { Amount } from '../../pricing/money.js';
import { FOCUS_COLUMNS, type FocusRow } from '../bills/focus-columns.js';
import { countsTokens, focusUsage, virtualCurrency } from '../bills/focus-usage.js';
import { type Charge, NO_ORIGIN, type Origin, type UsageEvent, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { isNegative, isZero } from '../reading/amounts.js';
import { hasColumns, namesIn } from '../reading/columns.js';
import { decimalOf } from '../reading/decimals.js';
import { tables } from '../reading/recognise.js';
import { decodeRows } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import { statedTagsOf } from '../reading/stated-tags.js';
import type { Decoded, Source } from '../source.js';
import { bucketTime } from '../time/bucket-time.js';
import { billTime, dateOrder } from '../time/slash-date.js';

const REQUIRED = ['BilledCost', 'BillingCurrency', 'ChargeCategory', 'ChargePeriodStart', 'ChargePeriodEnd'];

export const focus: Source = {
  name: 'focus',
  title: 'FOCUS bill',
  kind: 'table',
  role: 'bill',
  documentation: 'https://focus.finops.org/focus-specification/',
  account: null,
  reads: namesIn(FOCUS_COLUMNS),
  key: 'charge period and all its dimensions',
  recognises: tables((headers) => hasColumns(headers, ...REQUIRED)),
  decoder: decodeRows(FOCUS_COLUMNS, decodeRow),
};

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeRow(row: FocusRow): Decoded {
  if (!isOfModels(row)) return { skipped: 'not a service of models' };
  const cost = costOf(row);
  const charge = chargeOf(row, cost);
  const { model, ...usage } = focusUsage(row, charge === 'usage');
  return {
    events: [
      usageEvent({
        ...periodOf(row),
        model,
        provider: providerOf(
          model,
          row.firstText('ServiceProviderName', 'ProviderName', 'PublisherName', 'InvoiceIssuerName'),
        ),
        account: row.firstText('SubAccountId', 'BillingAccountId'),
        origin: originOf(row),
        requests: 0,
        ...usage,
        charge,
        plan: charge === 'usage' && isZero(cost) ? planOf(row) : null,
        statedCost: cost,
      }),
    ],
  };
}

function isOfModels(row: FocusRow): boolean {
  const category = row.text('ServiceCategory');
  return category === null || /^ai\b|machine learning/i.test(category) || countsTokens(row);
}

function costOf(row: FocusRow): Amount {
  const [cost, currency] = [row.text('BilledCost'), row.text('BillingCurrency')];
  if (cost === null) throw missingField('BilledCost', 'a FOCUS row states what is billed; export the column');
  if (currency === null) throw missingField('BillingCurrency', 'a FOCUS row states its currency; export the column');
  return amountAt(row.field('BilledCost'), cost, currency);
}

const CHARGES: ReadonlyMap<string, Charge> = new Map([
  ['usage', 'usage'],
  ['purchase', 'purchase'],
  ['tax', 'tax'],
  ['credit', 'credit'],
]);

function chargeOf(row: FocusRow, cost: Amount): Charge {
  const charge = CHARGES.get((row.text('ChargeCategory') ?? '').toLowerCase()) ?? 'other';
  const quantity = row.firstText('ConsumedQuantity', 'PricingQuantity');
  const isTakenBack = quantity !== null && decimalOf(quantity, row.field('ConsumedQuantity')).units < 0n;
  return charge === 'usage' && (isNegative(cost) || isTakenBack) ? 'refund' : charge;
}

function periodOf(row: FocusRow) {
  const order = dateOrder(row.text('BillingPeriodStart') ?? '', row.text('BillingPeriodEnd') ?? '');
  const timeAt = (name: 'ChargePeriodStart' | 'ChargePeriodEnd') => billTime(row.cell(name), order, row.field(name)).at;
  return bucketTime(timeAt('ChargePeriodStart'), timeAt('ChargePeriodEnd'), 'UTC', row.field('ChargePeriodEnd'));
}

/** What paid for usage that has a value but is not billed. */
function planOf(row: FocusRow): UsageEvent['plan'] {
  const value = row.text('EffectiveCost');
  if (value === null || decimalOf(value, row.field('EffectiveCost')).units <= 0n) return null;
  return (
    row.firstText('CommitmentDiscountName', 'CommitmentDiscountId') ?? `prepaid ${virtualCurrency(row) ?? ''}`.trim()
  );
}

const originOf = (row: FocusRow): Origin => ({
  ...NO_ORIGIN,
  workspace: row.text('ResourceName'),
  project: row.text('SubAccountName'),
  service: row.text('ServiceName'),
  path: row.text('ResourceId'),
  tags: statedTagsOf(row.cell('Tags'), row.field('Tags')),
});
