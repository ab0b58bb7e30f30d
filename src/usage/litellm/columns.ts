import { columnsNamed } from '../reading/columns.js';
import type { Row } from '../reading/row.js';

/** Columns of `LiteLLM_SpendLogs` that are read. */
export const LOG_COLUMNS = columnsNamed([
  ...(['request_id', 'call_type', 'api_key', 'spend', 'prompt_tokens', 'completion_tokens', 'total_tokens'] as const),
  ...(['startTime', 'endTime', 'request_duration_ms', 'model', 'model_group', 'custom_llm_provider'] as const),
  ...(['api_base', 'user', 'metadata', 'cache_hit', 'request_tags', 'team_id', 'organization_id'] as const),
  ...(['end_user', 'session_id', 'status', 'agent_id'] as const),
]);

export type LogRow = Row<keyof typeof LOG_COLUMNS>;

/** Columns of the tables that sum up by day, and of the export of teams and users. */
export const DAILY_COLUMNS = columnsNamed([
  ...(['date', 'user_id', 'team_id', 'organization_id', 'end_user_id', 'agent_id', 'api_key', 'model'] as const),
  ...(['model_group', 'custom_llm_provider', 'endpoint', 'prompt_tokens', 'completion_tokens'] as const),
  ...(['cache_read_input_tokens', 'cache_creation_input_tokens', 'spend', 'api_requests', 'tag'] as const),
  ...(['successful_requests', 'failed_requests', 'Start Date', 'End Date', 'Team', 'User', 'User Email'] as const),
  ...(['Spend (USD)', 'Spend ($)', 'Requests', 'Successful', 'Failed'] as const),
]);

export type DailyRow = Row<keyof typeof DAILY_COLUMNS>;
