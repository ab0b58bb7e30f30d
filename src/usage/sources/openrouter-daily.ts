/**
 * OpenRouter's activity by day, as CSV: buckets of a day and a model in UTC, which is written `2026-05-12 00:00:00`. Cached
 * tokens are not told apart. The cost is claimed: credits, and the estimate of calls with own keys (BYOK).
 */

import { hasColumns, rowsByName } from '../header-names.js';
import { ACTIVITY_COLUMNS, decodeActivityRow } from '../openrouter-activity.js';
import type { Source } from '../source.js';

const ACTIVITY = ['date', 'slug', 'byok usage', 'prompt tokens'];

export const openrouterDaily: Source = {
  name: 'openrouter-daily',
  title: 'OpenRouter activity by day',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://openrouter.ai/docs/guides/guides/activity-export',
  account: null,
  reads: ACTIVITY_COLUMNS,
  key: 'the day and the model',
  recognises: (sample) => 'columns' in sample && hasColumns(sample.columns, ACTIVITY),
  decoder: () => {
    const rowOf = rowsByName();
    return ({ value }) => decodeActivityRow(rowOf(value));
  },
};
