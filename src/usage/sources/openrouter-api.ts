/**
 * Answers of OpenRouter's `/api/v1/activity`: buckets of a day in UTC, a model and an upstream provider, the tag
 * `provider_name`. The CSV of the same days does not name the upstream provider and spells models otherwise, so that their
 * buckets never meet: the API is a source of its own.
 */

import { API_COLUMNS, decodeActivity } from '../openrouter/activity.js';
import { hasColumns, namesIn } from '../reading/columns.js';
import { records } from '../reading/recognise.js';
import { decodeRecords } from '../reading/row.js';
import type { Source } from '../source.js';

export const openrouterApi: Source = {
  name: 'openrouter-api',
  title: 'OpenRouter activity API',
  kind: 'json',
  role: 'gateway',
  documentation: 'https://openrouter.ai/docs/api/api-reference/analytics/get-user-activity',
  account: null,
  reads: namesIn(API_COLUMNS),
  key: 'the day, the model and the upstream provider',
  recognises: records((record) => hasColumns(Object.keys(record), 'date', 'byok_usage_inference', 'requests')),
  decoder: decodeRecords(API_COLUMNS, decodeActivity),
};
