/**
 * What OpenAI bills an organisation: the dashboard's cost CSV and the pages of the Costs API. Daily buckets in UTC,
 * keyed by their time and every dimension the export was grouped by; the line items of one model are added to one event.
 *
 * Amounts have 30 decimals and are kept exactly. A line item says model, class and tier (`openai/line-item.ts`); its
 * quantity counts tokens of that class, which are disjoint here: `input` is what was not cached. Other units counted are
 * seconds, images and characters. A negative amount is a credit, a refund or a discount and no usage. Buckets without an
 * amount are skipped; names and e-mail addresses are not read.
 */

import { missingField } from '../../errors/usage-records.js';
import type { Amount } from '../../pricing/money.js';
import type { UsageEvent } from '../event.js';
import { OPENAI_TIMES, openaiBucketTime } from '../openai/bucket.js';
import { OPENAI_COST_COLUMNS, type OpenaiCostRow, openaiCostEvents } from '../openai/cost-line.js';
import { hasColumns, namesIn } from '../reading/columns.js';
import { eventsOr } from '../reading/document.js';
import { type Fields, fieldsAt, isFields, textOf, valueAt } from '../reading/fields.js';
import { objects, tables } from '../reading/recognise.js';
import { decodePages, firstOf } from '../reading/report-page.js';
import { decodeRows } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import type { Source } from '../source.js';
import type { RecordTime } from '../time/record-time.js';

const COMMON = {
  name: 'openai-cost',
  role: 'bill',
  documentation: 'https://platform.openai.com/docs/api-reference/usage/costs_object',
  account: null,
  reads: namesIn(OPENAI_COST_COLUMNS),
  key: 'the bucket and every dimension the export was grouped by',
} as const;

export const openaiCostCsv: Source = {
  ...COMMON,
  title: 'OpenAI dashboard, cost CSV',
  kind: 'table',
  recognises: tables((headers) => hasColumns(headers, 'start_time', 'end_time', 'amount_value', 'amount_currency')),
  decoder: decodeRows(OPENAI_COST_COLUMNS, (row) => {
    const amount = amountOf(row.cell('amount_value'), row.cell('amount_currency'), 'amount_');
    return eventsOr(openaiCostEvents(row, amount, openaiBucketTime(row)), 'an empty bucket');
  }),
};

export const openaiCostJson: Source = {
  ...COMMON,
  title: 'OpenAI Costs API',
  kind: 'json',
  recognises: objects(isCostPage),
  decoder: decodePages({
    ...{ times: OPENAI_TIMES, timeOf: openaiBucketTime },
    ...{ columns: OPENAI_COST_COLUMNS, eventsOf: resultEvents },
  }),
};

function isCostPage(value: Fields): boolean {
  const first = firstOf(value);
  if (first === null || first.result === null || !Object.hasOwn(first.bucket, 'start_time')) return false;
  const object = valueAt(first.result, 'object');
  if (typeof object === 'string') return object === 'organization.costs.result';
  const amount = fieldsAt(first.result, 'amount');
  return amount !== null && Object.hasOwn(amount, 'value');
}

function resultEvents(result: OpenaiCostRow, time: RecordTime): readonly UsageEvent[] {
  const stated = result.cell('amount');
  const amount = isFields(stated) ? stated : {};
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
