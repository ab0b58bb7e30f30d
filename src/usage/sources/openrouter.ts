/**
 * OpenRouter's log of generations: a CSV of one row per call. Times are UTC and may name no zone. What was used by day has
 * sources of its own, `openrouter-daily` and `openrouter-api`, which tell the same calls.
 *
 * Prompt tokens include cached ones, which are subtracted. Reasoning is part of completion. The cost is what OpenRouter
 * claims as spend: its credits, and what calls with own keys (BYOK) are estimated to have cost upstream. OpenRouter bills,
 * so it is the provider; who served the calls is the tag `provider_name`.
 */

import { decodeGeneration, GENERATION_COLUMNS } from '../openrouter/generation.js';
import { hasColumns, namesIn } from '../reading/columns.js';
import { tables } from '../reading/recognise.js';
import { decodeRows } from '../reading/row.js';
import type { Source } from '../source.js';

const LOG = ['generation_id', 'created_at', 'model_permaslug', 'cost_total'];

export const openrouter: Source = {
  name: 'openrouter',
  title: 'OpenRouter log of generations',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://openrouter.ai/docs/guides/guides/activity-export',
  account: null,
  reads: namesIn(GENERATION_COLUMNS),
  key: 'generation_id',
  recognises: tables((headers) => hasColumns(headers, ...LOG)),
  decoder: decodeRows(GENERATION_COLUMNS, decodeGeneration),
};
