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
