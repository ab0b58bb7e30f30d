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

import { missingField } from '../../errors/usage-records.js';
import { NO_TOKENS } from '../../pricing/token-classes.js';
import { AZURE_COLUMNS, type AzureRow } from '../bills/azure-columns.js';
import { azureDay } from '../bills/azure-day.js';
import { type MeteredTokens, type MeterName, meteredTokens, meterName } from '../bills/meter-name.js';
import { type TokenUnit, tokensOfQuantity, tokenUnitOf } from '../bills/token-unit.js';
import { type Charge, NO_ORIGIN, type Origin, usageEvent } from '../event.js';
import { isZero } from '../reading/amounts.js';
import { hasColumns, namesIn } from '../reading/columns.js';
import { decimalOf } from '../reading/decimals.js';
import { modelOf } from '../reading/model-name.js';
import { tables } from '../reading/recognise.js';
import { decodeRows } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import { statedTagsOf } from '../reading/stated-tags.js';
import type { Decoded, Source } from '../source.js';

export const azureCost: Source = {
  name: 'azure-cost',
  title: 'Azure cost export',
  kind: 'table',
  role: 'bill',
  documentation: 'https://learn.microsoft.com/azure/cost-management-billing/dataset-schema/cost-usage-details-ea',
  account: null,
  reads: namesIn(AZURE_COLUMNS),
  key: 'day and all its dimensions',
  recognises: tables(
    (headers) =>
      hasColumns(headers, 'MeterCategory', 'MeterName', 'UnitOfMeasure') &&
      (hasColumns(headers, 'Date', 'Quantity') || hasColumns(headers, 'UsageDateTime', 'UsageQuantity')),
  ),
  decoder: decodeRows(AZURE_COLUMNS, decodeRow),
};

/** Services whose meters are usage of models, by the words Azure has filed them under. */
const SERVICES = /foundry|openai|cognitive ?services|ai services/i;

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeRow(row: AzureRow): Decoded {
  const filed = [row.text('MeterCategory'), row.text('ConsumedService'), row.firstText('ResourceId', 'InstanceId')];
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
        ...azureDay(row),
        model: modelOf(
          [areTokens && meter.class !== null ? meter.model : name, row.text('MeterCategory')],
          row.field('MeterName'),
        ),
        provider: 'azure',
        account: row.firstText('SubscriptionId', 'SubscriptionGuid', 'SubscriptionName'),
        origin: originOf(row),
        requests: 0,
        ...metered,
        mode: meter.mode,
        charge,
        plan: charge === 'usage' && isZero(cost) ? planOf(row) : null,
        statedCost: cost,
      }),
    ],
  };
}

/** Some meters leave the word out; a unit of one may count anything then. */
const countsTokens = (unit: TokenUnit, meter: MeterName): boolean =>
  meter.saysTokens || unit.saysTokens || (meter.class !== null && unit.size >= 1000n);

function tokensAt(row: AzureRow, size: bigint, meter: MeterName): MeteredTokens {
  const name = row.text('Quantity') === null ? 'UsageQuantity' : 'Quantity';
  const [text, field] = [row.text(name), row.field(name)];
  if (text === null) throw missingField(row.field('Quantity'), 'export the quantity of each line');
  return meteredTokens(tokensOfQuantity(text, size, field), meter, field);
}

const CHARGES: ReadonlyMap<string, Charge> = new Map([
  ['usage', 'usage'],
  ['purchase', 'purchase'],
  ['refund', 'refund'],
  ['tax', 'tax'],
  ['credit', 'credit'],
]);

function chargeOf(row: AzureRow): Charge {
  const charge = CHARGES.get((row.text('ChargeType') ?? 'usage').toLowerCase()) ?? 'other';
  const quantity = row.firstText('Quantity', 'UsageQuantity');
  const isNegative = quantity !== null && decimalOf(quantity, row.field('Quantity')).units < 0n;
  return charge === 'usage' && isNegative ? 'refund' : charge;
}

const COSTS = ['CostInBillingCurrency', 'PreTaxCost', 'Cost'] as const;

function costOf(row: AzureRow) {
  const name = COSTS.find((each) => row.text(each) !== null);
  if (name === undefined) throw missingField('CostInBillingCurrency', 'export the cost of each line');
  const currency = row.firstText('BillingCurrencyCode', 'BillingCurrency', 'Currency');
  if (currency === null) throw missingField('BillingCurrencyCode', 'export the currency of each line');
  return amountAt(row.field(name), row.text(name)!, currency);
}

/** What covered usage that costs nothing. */
function planOf(row: AzureRow): string | null {
  const model = row.text('PricingModel');
  const isCovered = model !== null && /^(reservation|savings ?plan)$/i.test(model);
  return isCovered ? (row.firstText('BenefitName', 'ReservationName') ?? model) : null;
}

function originOf(row: AzureRow): Origin {
  const resource = row.firstText('ResourceId', 'InstanceId');
  return {
    ...NO_ORIGIN,
    workspace: resource?.split('/').at(-1) ?? null,
    project: row.firstText('ResourceGroup', 'ResourceGroupName'),
    team: row.text('CostCenter'),
    service: row.text('MeterCategory'),
    path: resource,
    tags: statedTagsOf(row.cell('Tags'), row.field('Tags')),
  };
}
