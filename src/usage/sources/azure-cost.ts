/**
 * Cost exports of Azure (cost details): Enterprise Agreement, Microsoft Customer Agreement and pay-as-you-go columns.
 *
 * - An export holds every Azure service. Lines of Foundry, Azure OpenAI and Cognitive Services are read, all others are
 *   skipped.
 * - Tokens are in the meter: `gpt 4o Input Global 1M Tokens`, `Quantity` in `UnitOfMeasure` 1M or 1K. The meter's name is
 *   read by rule (`meterName`); lines that count no tokens (provisioned capacity, sessions, speech) keep their cost, with
 *   the meter's name as model.
 * - One line is one class of one day; lines of the same dimensions are summed. Days are those of UTC. Dates of export
 *   files are `10/31/2026`; they are read where the billing period of the line, or the date itself, proves the order.
 * - Purchases, refunds, taxes and adjustments are charges of their own, without tokens; so is negative usage, a refund.
 * - Usage that a reservation covered costs 0 and names it.
 * - Import the actual or the amortised costs, not both: they are the same usage.
 *
 * Source: https://learn.microsoft.com/azure/cost-management-billing/dataset-schema/cost-usage-details-ea
 */

import { missingField } from '../../errors.js';
import { NO_TOKENS } from '../../pricing/token-classes.js';
import { type MeteredTokens, type MeterName, meteredTokens, meterName } from '../bills/meter-name.js';
import { decimalAt, type TokenUnit, tokensOfQuantity, tokenUnitOf } from '../bills/token-unit.js';
import { type Charge, NO_ORIGIN, type Origin, usageEvent } from '../event.js';
import { billTagsOf } from '../reading/bill-tags.js';
import { modelOf } from '../reading/model-name.js';
import { hasColumns, type Row, rowReader } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import type { Decoded, Source } from '../source.js';
import { parseTime, type RecordTime } from '../time/record-time.js';
import { billTime, type DateOrder, dateOrder } from '../time/slash-date.js';

export const azureCost: Source = {
  name: 'azure-cost',
  title: 'Azure cost export',
  kind: 'table',
  role: 'bill',
  documentation: 'https://learn.microsoft.com/azure/cost-management-billing/dataset-schema/cost-usage-details-ea',
  account: null,
  reads: [
    ...['Date', 'UsageDateTime', 'SubscriptionId', 'SubscriptionGuid', 'ResourceGroup', 'MeterCategory'],
    ...['MeterSubCategory', 'MeterName', 'UnitOfMeasure', 'Quantity', 'UsageQuantity', 'CostInBillingCurrency'],
    ...['PreTaxCost', 'BillingCurrencyCode', 'BillingCurrency', 'Currency', 'ChargeType', 'PricingModel'],
    ...['ReservationName', 'BenefitName', 'ResourceId', 'InstanceId', 'ConsumedService', 'CostCenter', 'Tags'],
    ...['BillingPeriodStartDate', 'BillingPeriodEndDate'],
  ],
  key: 'day and all its dimensions',
  recognises: (sample) =>
    'columns' in sample &&
    hasColumns(sample.columns, 'MeterCategory', 'MeterName', 'UnitOfMeasure') &&
    (hasColumns(sample.columns, 'Date', 'Quantity') || hasColumns(sample.columns, 'UsageDateTime', 'UsageQuantity')),
  decoder: () => {
    const read = rowReader();
    return (record) => decodeRow(read(record.value));
  },
};

/** Services whose meters are usage of models, by the words Azure has filed them under. */
const SERVICES = /foundry|openai|cognitive ?services|ai services/i;

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeRow(row: Row): Decoded {
  const filed = [row.text('MeterCategory'), row.text('ConsumedService'), row.text('ResourceId', 'InstanceId')];
  if (!filed.some((text) => text !== null && SERVICES.test(text))) return { skipped: 'not a service of models' };
  const name = row.text('MeterName') ?? row.text('MeterSubCategory') ?? '';
  const meter = meterName(name, row.text('MeterSubCategory') ?? '');
  const charge = chargeOf(row);
  const unit = tokenUnitOf(row.text('UnitOfMeasure') ?? '');
  const areTokens = charge === 'usage' && unit !== null && countsTokens(unit, meter);
  const metered = areTokens ? tokensAt(row, unit.size, meter) : { tokens: NO_TOKENS, quantities: {} };
  const cost = costOf(row);
  return {
    events: [
      usageEvent({
        ...dayOf(row),
        model: modelOf(
          [areTokens && meter.class !== null ? meter.model : name, row.text('MeterCategory')],
          'MeterName',
        ),
        provider: 'azure',
        account: row.text('SubscriptionId', 'SubscriptionGuid', 'SubscriptionName'),
        origin: originOf(row),
        requests: 0,
        ...metered,
        mode: meter.mode,
        charge,
        plan: charge === 'usage' && cost.pico === 0n ? planOf(row) : null,
        statedCost: cost,
      }),
    ],
  };
}

/** Some meters leave the word out; a unit of one may count anything then. */
const countsTokens = (unit: TokenUnit, meter: MeterName): boolean =>
  meter.saysTokens || unit.saysTokens || (meter.class !== null && unit.size >= 1000n);

function tokensAt(row: Row, size: bigint, meter: MeterName): MeteredTokens {
  const field = row.text('Quantity') === null ? 'UsageQuantity' : 'Quantity';
  const text = row.text(field);
  if (text === null) throw missingField('Quantity', 'export the quantity of each line');
  return meteredTokens(tokensOfQuantity(text, size, field), meter, field);
}

const CHARGES: ReadonlyMap<string, Charge> = new Map([
  ['usage', 'usage'],
  ['purchase', 'purchase'],
  ['refund', 'refund'],
  ['tax', 'tax'],
  ['credit', 'credit'],
]);

function chargeOf(row: Row): Charge {
  const charge = CHARGES.get((row.text('ChargeType') ?? 'usage').toLowerCase()) ?? 'other';
  const quantity = row.text('Quantity', 'UsageQuantity');
  const isNegative = quantity !== null && decimalAt(quantity, 'Quantity').units < 0n;
  return charge === 'usage' && isNegative ? 'refund' : charge;
}

function costOf(row: Row) {
  const field = ['CostInBillingCurrency', 'PreTaxCost', 'Cost'].find((name) => row.text(name) !== null);
  if (field === undefined) throw missingField('CostInBillingCurrency', 'export the cost of each line');
  const currency = row.text('BillingCurrencyCode', 'BillingCurrency', 'Currency');
  if (currency === null) throw missingField('BillingCurrencyCode', 'export the currency of each line');
  return amountAt(field, row.text(field)!, currency);
}

/** What covered usage that costs nothing. */
function planOf(row: Row): string | null {
  const model = row.text('PricingModel');
  const isCovered = model !== null && /^(reservation|savings ?plan)$/i.test(model);
  return isCovered ? (row.text('BenefitName', 'ReservationName') ?? model) : null;
}

function dayOf(row: Row): RecordTime {
  const field = row.text('Date') === null ? 'UsageDateTime' : 'Date';
  const text = (row.text(field) ?? '').replace(/[T ]00:00(:00(\.0+)?)?Z?$/, '');
  const time = billTime(text, orderOf(row, text), field);
  if (time.day !== null) return time;
  return parseTime(new Date(time.at).toISOString().slice(0, 10), 'UTC', field);
}

/** Export files write the month first; a line that contradicts that was changed by another program. */
function orderOf(row: Row, date: string): DateOrder | null {
  const [start, end] = [row.text('BillingPeriodStartDate') ?? '', row.text('BillingPeriodEndDate') ?? ''];
  return dateOrder(start, end) ?? (/^\d{1,2}\/(1[3-9]|[23]\d)\//.test(date) ? 'month first' : null);
}

function originOf(row: Row): Origin {
  const resource = row.text('ResourceId', 'InstanceId');
  return {
    ...NO_ORIGIN,
    workspace: resource?.split('/').at(-1) ?? null,
    project: row.text('ResourceGroup', 'ResourceGroupName'),
    team: row.text('CostCenter'),
    service: row.text('MeterCategory'),
    path: resource,
    tags: billTagsOf(row.cell('Tags'), 'Tags'),
  };
}
