/**
 * Answers of OpenRouter's `/api/v1/activity`: buckets of a day in UTC, a model and an upstream provider, the tag
 * `provider_name`. The CSV of the same days does not name the upstream provider and spells models otherwise, so that their
 * buckets never meet: the API is a source of its own.
 */

import { isFields, valueAt } from '../fields.js';
import { ACTIVITY_FIELDS, decodeActivityAnswer } from '../openrouter-activity.js';
import type { Source } from '../source.js';

export const openrouterApi: Source = {
  name: 'openrouter-api',
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

/** An answer, or one of its buckets. */
function isActivity(value: unknown): boolean {
  if (!isFields(value)) return false;
  const data = valueAt(value, 'data');
  const bucket: unknown = Array.isArray(data) ? data[0] : value;
  return isFields(bucket) && ['date', 'byok_usage_inference', 'requests'].every((name) => Object.hasOwn(bucket, name));
}
