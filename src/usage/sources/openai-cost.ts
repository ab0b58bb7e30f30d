/**
 * What OpenAI bills an organisation: the dashboard's cost CSV and the pages of the Costs API. Daily buckets in UTC,
 * keyed by their time and every dimension the export was grouped by; the line items of one model are added to one event.
 *
 * Amounts have 30 decimals and are kept exactly. A line item says model, class and tier (`openai-line-item.ts`); its
 * quantity counts tokens of that class, which are disjoint here: `input` is what was not cached. Other units counted are
 * seconds, images and characters. A negative amount is a credit, a refund or a discount and no usage. Buckets without an
 * amount are skipped; names and e-mail addresses are not read.
 */

import { missingField } from '../../errors.js';
import type { Amount } from '../../pricing/money.js';
import type { UsageEvent } from '../event.js';
import { openaiBucketTime } from '../openai/bucket.js';
import { OPENAI_COST_FIELDS, openaiCostEvents } from '../openai/cost-line.js';
import { type Fields, fieldsAt, textOf, valueAt } from '../reading/fields.js';
import { hasColumns, rowsByName } from '../reading/header-names.js';
import { decodePage, firstOf } from '../reading/report-page.js';
import { amountAt } from '../reading/stated-cost.js';
import type { Source } from '../source.js';
import type { RecordTime } from '../time/record-time.js';

const TABLE_COLUMNS = ['start_time', 'end_time', 'amount_value', 'amount_currency'];

const COMMON = {
  name: 'openai-cost',
  role: 'bill',
  documentation: 'https://platform.openai.com/docs/api-reference/usage/costs_object',
  account: null,
  reads: [...TABLE_COLUMNS, 'amount.value', 'amount.currency', ...OPENAI_COST_FIELDS],
  key: 'the bucket and every dimension the export was grouped by',
} as const;

export const openaiCostCsv: Source = {
  ...COMMON,
  title: 'OpenAI dashboard, cost CSV',
  kind: 'table',
  recognises: (sample) => 'columns' in sample && hasColumns(sample.columns, TABLE_COLUMNS),
  decoder: () => {
    const rowOf = rowsByName();
    return ({ value }) => {
      const row = rowOf(value);
      const amount = amountOf(valueAt(row, 'amount_value'), valueAt(row, 'amount_currency'), 'amount_');
      const events = openaiCostEvents(row, amount, openaiBucketTime(row));
      return events.length === 0 ? { skipped: 'an empty bucket' } : { events };
    };
  },
};

export const openaiCostJson: Source = {
  ...COMMON,
  title: 'OpenAI Costs API',
  kind: 'json',
  recognises: (sample) => 'value' in sample && isCostPage(sample.value),
  decoder:
    () =>
    ({ value }) =>
      decodePage(value, { timeOf: openaiBucketTime, eventsOf: resultEvents }),
};

function isCostPage(value: unknown): boolean {
  const first = firstOf(value);
  if (first === null || first.result === null || !Object.hasOwn(first.bucket, 'start_time')) return false;
  const object = valueAt(first.result, 'object');
  if (typeof object === 'string') return object === 'organization.costs.result';
  const amount = fieldsAt(first.result, 'amount');
  return amount !== null && Object.hasOwn(amount, 'value');
}

function resultEvents(result: Fields, time: RecordTime): readonly UsageEvent[] {
  const amount = fieldsAt(result, 'amount') ?? {};
  return openaiCostEvents(result, amountOf(valueAt(amount, 'value'), valueAt(amount, 'currency'), 'amount.'), time);
}

/** `prefix`: what the names of both fields begin with. Throws BAD_FIELD, MISSING_FIELD. */
function amountOf(value: unknown, currency: unknown, prefix: string): Amount | null {
  const text = textOf(value, `${prefix}value`);
  if (text === null) return null;
  const code = textOf(currency, `${prefix}currency`);
  if (code === null) throw missingField(`${prefix}currency`, 'an amount needs its currency, such as usd');
  return amountAt(`${prefix}value`, text, code);
}
