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
import { ACTIVITY_COLUMNS, ACTIVITY_FIELDS, decodeActivityAnswer, decodeActivityRow } from '../openrouter/activity.js';
import { decodeGeneration, GENERATION_COLUMNS } from '../openrouter/generation.js';
import { type Fields, isFields, valueAt } from '../reading/fields.js';
import { hasColumns, rowsByName } from '../reading/header-names.js';
import type { Decoded, Source } from '../source.js';

const LOG = ['generation_id', 'created_at', 'model_permaslug', 'cost_total'];
const ACTIVITY = ['date', 'slug', 'byok usage', 'prompt tokens'];

export const openrouterCsv: Source = {
  name: 'openrouter',
  title: 'OpenRouter log or activity CSV',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://openrouter.ai/docs/guides/guides/activity-export',
  account: null,
  reads: [...GENERATION_COLUMNS, ...ACTIVITY_COLUMNS],
  key: 'generation_id; of activity the day and the model',
  recognises: (sample) =>
    'columns' in sample && (hasColumns(sample.columns, LOG) || hasColumns(sample.columns, ACTIVITY)),
  decoder: () => {
    const rowOf = rowsByName();
    return ({ value }) => decodeRow(rowOf(value));
  },
};

export const openrouterJson: Source = {
  name: 'openrouter',
  title: 'OpenRouter activity API',
  kind: 'json',
  role: 'gateway',
  documentation: 'https://openrouter.ai/docs/api/api-reference/analytics/get-user-activity',
  account: null,
  reads: ACTIVITY_FIELDS,
  key: 'the day, the model and the upstream provider',
  recognises: (sample) => 'value' in sample && isActivity(sample.value),
  decoder:
    () =>
    ({ value }) =>
      decodeActivityAnswer(value),
};

function decodeRow(row: Fields): Decoded {
  if (Object.hasOwn(row, 'generation_id')) return decodeGeneration(row);
  if (Object.hasOwn(row, 'slug')) return decodeActivityRow(row);
  throw missingField('generation_id', 'import a log of generations, or the activity by day with its column Slug');
}

/** An answer, or one of its buckets. */
function isActivity(value: unknown): boolean {
  if (!isFields(value)) return false;
  const data = valueAt(value, 'data');
  const bucket: unknown = Array.isArray(data) ? data[0] : value;
  return isFields(bucket) && ['date', 'byok_usage_inference', 'requests'].every((name) => Object.hasOwn(bucket, name));
}
