/**
 * What Anthropic bills an organisation: the Console's cost CSV and the pages of the Cost report Admin API. Daily buckets
 * in UTC, one line per kind of token, keyed by their time and every dimension. Of one period import one of the two: the
 * CSV names workspaces and keys and rounds to cents, the API has ids of workspaces and exact amounts.
 *
 * The CSV grew from 7 columns to 14 (context window and cost type, then list price, region and speed, then the key's id
 * and status); they are read by name. It has no token counts, and names models as they are displayed, which become ids
 * by rule (`anthropic/display-name.ts`). The key's id counts only where it has no name, and its status is not read, so that
 * the same days exported again with more columns are the same buckets. Lines of 0.00, also by the list price, are skipped.
 * The API's `amount` is text, in cents.
 */

import { badField, missingField } from '../../errors/usage-records.js';
import { formatDecimal } from '../../pricing/decimal.js';
import type { Amount } from '../../pricing/money.js';
import { ANTHROPIC_TIMES, anthropicBucketTime } from '../anthropic/bucket.js';
import { anthropicCostEvents, COST_COLUMNS, type CostRow } from '../anthropic/cost-line.js';
import type { UsageEvent } from '../event.js';
import { hasColumns } from '../reading/columns.js';
import { decimalOf } from '../reading/decimals.js';
import { eventsOr } from '../reading/document.js';
import { type Fields, valueAt } from '../reading/fields.js';
import { objects, tables } from '../reading/recognise.js';
import { decodePages, firstOf } from '../reading/report-page.js';
import { decodeRows } from '../reading/row.js';
import { amountAt, dollarsOf } from '../reading/stated-cost.js';
import type { Source } from '../source.js';
import { bucketStarting } from '../time/bucket-time.js';
import type { RecordTime } from '../time/record-time.js';

const COMMON = {
  role: 'bill',
  account: null,
  key: 'the bucket, every dimension and the kind of token',
} as const;

export const anthropicCostCsv: Source = {
  ...COMMON,
  name: 'anthropic-cost',
  title: 'Anthropic Console, cost CSV',
  kind: 'table',
  documentation: 'https://support.claude.com/en/articles/9534590-cost-and-usage-reporting-in-the-claude-console',
  reads: [
    ...['usage_date_utc', 'model', 'workspace', 'api_key', 'usage_type', 'context_window', 'token_type', 'cost_usd'],
    ...['list_price_usd', 'cost_type', 'inference_geo', 'speed', 'api_key_id'],
  ],
  recognises: tables((headers) => hasColumns(headers, 'usage_date_utc', 'token_type', 'cost_usd')),
  decoder: decodeRows(COST_COLUMNS, (row) => eventsOr(rowEvents(row), 'no cost')),
};

export const anthropicCostJson: Source = {
  ...COMMON,
  name: 'anthropic-cost-api',
  title: 'Anthropic Cost Admin API',
  kind: 'json',
  documentation: 'https://platform.claude.com/docs/en/api/admin-api/usage-cost/get-cost-report',
  reads: [
    ...['starting_at', 'ending_at', 'amount', 'currency', 'model', 'workspace_id', 'token_type', 'cost_type'],
    ...['service_tier', 'context_window', 'inference_geo', 'description'],
  ],
  recognises: objects(isCostPage),
  decoder: decodePages({
    ...{ times: ANTHROPIC_TIMES, timeOf: anthropicBucketTime },
    ...{ columns: COST_COLUMNS, eventsOf: resultEvents },
  }),
};

function isCostPage(value: Fields): boolean {
  const first = firstOf(value);
  if (first === null || first.result === null || !Object.hasOwn(first.bucket, 'starting_at')) return false;
  return typeof valueAt(first.result, 'amount') === 'string' && Object.hasOwn(first.result, 'currency');
}

function rowEvents(row: CostRow): readonly UsageEvent[] {
  const time = bucketStarting(row.cell('date'), row.field('date'));
  const owed = dollarsOf(row.cell('cost'), row.field('cost'));
  if (owed === null) throw missingField(row.field('cost'), 'export the costs again');
  return anthropicCostEvents(row, time, { owed, listed: dollarsOf(row.cell('listed'), row.field('listed')) });
}

function resultEvents(result: CostRow, time: RecordTime): readonly UsageEvent[] {
  return anthropicCostEvents(result, time, { owed: amountOf(result), listed: null });
}

/** Cents, of which there may be fractions; another currency may have no hundredths. */
function amountOf(result: CostRow): Amount {
  const cents = result.text('amount');
  if (cents === null) throw missingField('amount', 'save the answer of the API as it came');
  const currency = result.text('currency') ?? 'USD';
  if (currency.toUpperCase() !== 'USD') throw badField('currency', currency, 'is not USD', 'only USD is documented');
  const { units, scale } = decimalOf(cents, 'amount');
  return amountAt('amount', formatDecimal({ units, scale: scale + 2 }), currency);
}
