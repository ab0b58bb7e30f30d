/**
 * OpenRouter's activity by day, as CSV: buckets of a day and a model in UTC, which is written `2026-05-12 00:00:00`. Cached
 * tokens are not told apart. The cost is claimed: credits, and the estimate of calls with own keys (BYOK).
 */

import { DAILY_COLUMNS, decodeActivity } from '../openrouter/activity.js';
import { hasColumns, namesIn } from '../reading/columns.js';
import { tables } from '../reading/recognise.js';
import { decodeRows } from '../reading/row.js';
import type { Source } from '../source.js';

export const openrouterDaily: Source = {
  name: 'openrouter-daily',
  title: 'OpenRouter activity by day',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://openrouter.ai/docs/guides/guides/activity-export',
  account: null,
  reads: namesIn(DAILY_COLUMNS),
  key: 'the day and the model',
  recognises: tables((headers) => hasColumns(headers, 'Date', 'Slug', 'BYOK Usage', 'Prompt Tokens')),
  decoder: decodeRows(DAILY_COLUMNS, decodeActivity),
};
