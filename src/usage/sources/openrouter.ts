/**
 * What was used through OpenRouter, in three forms: the log of generations (CSV, one row per call), the activity by day
 * (CSV) and the answers of `/api/v1/activity` (JSON, by day, model and endpoint). Times are UTC and may name no zone; a day
 * is written `2026-05-12 00:00:00`. The forms tell the same calls: of one period import one of them, best the log.
 *
 * Prompt tokens include cached ones, which are subtracted; only the log states them. Reasoning is part of completion.
 * The cost is what OpenRouter claims as spend: its credits, and what calls with own keys (BYOK) are estimated to have cost
 * upstream. OpenRouter bills, so it is the provider; who served the calls is the tag `provider_name`.
 */

import { missingField } from '../../errors.js';
import { decodeActivity, decodeAnswer } from '../openrouter/activity.js';
import { API_FIELDS, OPENROUTER_COLUMNS, type OpenrouterRow } from '../openrouter/columns.js';
import { decodeGeneration } from '../openrouter/generation.js';
import { hasColumns, namesIn } from '../reading/columns.js';
import { type Fields, isFields, valueAt } from '../reading/fields.js';
import { objects, tables } from '../reading/recognise.js';
import { decodeRows, rowReader } from '../reading/row.js';
import type { Decoded, Source } from '../source.js';

const LOG = ['generation_id', 'created_at', 'model_permaslug', 'cost_total'];
const ACTIVITY = ['Date', 'Slug', 'BYOK Usage', 'Prompt Tokens'];

export const openrouterCsv: Source = {
  name: 'openrouter',
  title: 'OpenRouter log or activity CSV',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://openrouter.ai/docs/guides/guides/activity-export',
  account: null,
  reads: namesIn(OPENROUTER_COLUMNS),
  key: 'generation_id; of activity the day and the model',
  recognises: tables((headers) => hasColumns(headers, ...LOG) || hasColumns(headers, ...ACTIVITY)),
  decoder: decodeRows(OPENROUTER_COLUMNS, decodeRow),
};

export const openrouterJson: Source = {
  name: 'openrouter',
  title: 'OpenRouter activity API',
  kind: 'json',
  role: 'gateway',
  documentation: 'https://openrouter.ai/docs/api/api-reference/analytics/get-user-activity',
  account: null,
  reads: API_FIELDS,
  key: 'the day, the model and the upstream provider',
  recognises: objects(isActivity),
  decoder: () => {
    const read = rowReader(OPENROUTER_COLUMNS);
    return ({ value }) => decodeAnswer(value, read);
  },
};

function decodeRow(row: OpenrouterRow): Decoded {
  if (row.cell('id') !== undefined) return decodeGeneration(row);
  if (row.cell('model') !== undefined) return decodeActivity(row);
  throw missingField('generation_id', 'import a log of generations, or the activity by day with its column Slug');
}

/** An answer, or one of its buckets. */
function isActivity(value: Fields): boolean {
  const data = valueAt(value, 'data');
  const bucket: unknown = Array.isArray(data) ? data[0] : value;
  return isFields(bucket) && ['date', 'byok_usage_inference', 'requests'].every((name) => Object.hasOwn(bucket, name));
}
