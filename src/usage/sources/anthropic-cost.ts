/**
 * What Anthropic bills an organisation: the Console's cost CSV and the pages of the Cost report Admin API. Daily buckets
 * in UTC, one line per kind of token, keyed by their time and every dimension. Of one period import one of the two: the
 * CSV names workspaces and keys and rounds to cents, the API has ids of workspaces and exact amounts.
 *
 * The CSV grew from 7 columns to 14 (context window and cost type, then list price, region and speed, then the key's id
 * and status); they are read by name. It has no token counts, and names models as they are displayed, which become ids
 * by rule (`claude-display-name.ts`). The key's id counts only where it has no name, and its status is not read, so that
 * the same days exported again with more columns are the same buckets. Lines of 0.00, also by the list price, are skipped.
 * The API's `amount` is text, in cents.
 */

import { badField, missingField, TokenhubError } from '../../errors.js';
import { formatDecimal, parseDecimal } from '../../pricing/decimal.js';
import type { Amount } from '../../pricing/money.js';
import { anthropicBucketTime } from '../anthropic-bucket.js';
import { anthropicCostEvents } from '../anthropic-cost-line.js';
import { bucketStarting } from '../bucket-start.js';
import { NO_ORIGIN, type UsageEvent } from '../event.js';
import { type Fields, textOf, valueAt } from '../fields.js';
import { hasColumns, rowsByName } from '../header-names.js';
import { decodePage, firstOf } from '../report-page.js';
import type { Source } from '../source.js';
import { amountAt } from '../stated-cost.js';
import type { RecordTime } from '../time.js';

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
  recognises: (sample) =>
    'columns' in sample && hasColumns(sample.columns, ['usage_date_utc', 'token_type', 'cost_usd']),
  decoder: () => {
    const rowOf = rowsByName();
    return ({ value }) => {
      const row = rowOf(value);
      const events = rowEvents(row, bucketStarting(valueAt(row, 'usage_date_utc'), 'usage_date_utc'));
      return events.length === 0 ? { skipped: 'no cost' } : { events };
    };
  },
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
  recognises: (sample) => 'value' in sample && isCostPage(sample.value),
  decoder:
    () =>
    ({ value }) =>
      decodePage(value, { timeOf: anthropicBucketTime, eventsOf: resultEvents }),
};

function isCostPage(value: unknown): boolean {
  const first = firstOf(value);
  if (first === null || first.result === null || !Object.hasOwn(first.bucket, 'starting_at')) return false;
  return typeof valueAt(first.result, 'amount') === 'string' && Object.hasOwn(first.result, 'currency');
}

function rowEvents(row: Fields, time: RecordTime): readonly UsageEvent[] {
  const owed = dollarsAt(row, 'cost_usd');
  if (owed === null) throw missingField('cost_usd', 'export the costs again');
  const key = textAt(row, 'api_key') ?? textAt(row, 'api_key_id');
  const origin = { ...NO_ORIGIN, key, workspace: textAt(row, 'workspace') };
  const listed = dollarsAt(row, 'list_price_usd');
  return anthropicCostEvents(row, time, { owed, listed, origin, modeName: 'usage_type' });
}

function resultEvents(result: Fields, time: RecordTime): readonly UsageEvent[] {
  const origin = { ...NO_ORIGIN, workspace: textAt(result, 'workspace_id') };
  const cost = { owed: amountOf(result), listed: null, origin, modeName: 'service_tier' };
  return anthropicCostEvents(result, time, cost);
}

const textAt = (fields: Fields, name: string): string | null => textOf(valueAt(fields, name), name);

function dollarsAt(row: Fields, name: string): Amount | null {
  const text = textAt(row, name);
  return text === null ? null : amountAt(name, text, 'USD');
}

/** Cents, of which there may be fractions; another currency may have no hundredths. */
function amountOf(result: Fields): Amount {
  const cents = textAt(result, 'amount');
  if (cents === null) throw missingField('amount', 'save the answer of the API as it came');
  const currency = textAt(result, 'currency') ?? 'USD';
  if (currency.toUpperCase() !== 'USD') throw badField('currency', currency, 'is not USD', 'only USD is documented');
  return amountAt('amount', dollarsText(cents), currency);
}

/** A hundredth, exactly. */
function dollarsText(cents: string): string {
  try {
    const { units, scale } = parseDecimal(cents);
    return formatDecimal({ units, scale: scale + 2 });
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause.at({ field: 'amount' }) : cause;
  }
}
