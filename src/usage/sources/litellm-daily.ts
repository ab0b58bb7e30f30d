/**
 * What LiteLLM sums up by day: the tables `LiteLLM_Daily{User,Team,Organization,EndUser,Agent}Spend`, daily buckets of
 * UTC.
 *
 * - `prompt_tokens` includes cache reads and cache writes, which are subtracted.
 * - Every one of the tables sums up the same requests: import one of them.
 * - `LiteLLM_DailyTagSpend` counts a request once for each of its tags, so its rows are rejected.
 *
 * Source: https://github.com/BerriAI/litellm/blob/main/schema.prisma
 */

import { decodeSpendRow, SPEND_COLUMNS } from '../litellm/spend-row.js';
import { hasColumns } from '../reading/columns.js';
import { tables } from '../reading/recognise.js';
import { decodeRows } from '../reading/row.js';
import type { Source } from '../source.js';

const TABLE = ['date', 'spend', 'prompt_tokens', 'completion_tokens', 'api_requests', 'failed_requests'];

export const litellmDaily: Source = {
  name: 'litellm-daily',
  title: 'LiteLLM daily spend',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://docs.litellm.ai/docs/proxy/cost_tracking',
  account: null,
  reads: [
    ...['date', 'user_id', 'team_id', 'organization_id', 'end_user_id', 'agent_id', 'api_key', 'model', 'model_group'],
    ...['custom_llm_provider', 'endpoint', 'prompt_tokens', 'completion_tokens', 'cache_read_input_tokens'],
    ...['cache_creation_input_tokens', 'spend', 'api_requests', 'successful_requests', 'failed_requests'],
  ],
  key: 'day and all its dimensions',
  recognises: tables((headers) => hasColumns(headers, ...TABLE)),
  decoder: decodeRows(SPEND_COLUMNS, (row) => decodeSpendRow(row, null)),
};
