import type { Row } from '../reading/row.js';

/** Columns of the log of generations. */
const LOG = {
  id: ['generation_id'],
  created: ['created_at'],
  upstream: ['provider_name'],
  variant: ['variant'],
  key: ['api_key_name'],
  app: ['app_name'],
  user: ['user'],
  cached: ['tokens_cached'],
  milliseconds: ['generation_time_ms'],
  reason: ['finish_reason_normalized'],
  cancelled: ['cancelled'],
  streamed: ['streamed'],
} as const;

/** Columns of the three forms; the log's names go first, then those of the activity. */
export const OPENROUTER_COLUMNS = {
  ...LOG,
  date: ['Date'],
  model: ['model_permaslug', 'Slug'],
  otherModel: ['model'],
  requests: ['Requests'],
  prompt: ['tokens_prompt', 'Prompt Tokens'],
  completion: ['tokens_completion', 'Completion Tokens'],
  reasoning: ['tokens_reasoning', 'Reasoning Tokens'],
  credits: ['cost_total', 'Usage'],
  byok: ['byok_usage_inference', 'BYOK Usage'],
} as const;

export type OpenrouterRow = Row<keyof typeof OPENROUTER_COLUMNS>;

/** As the API of activity spells them. */
export const API_FIELDS: readonly string[] = [
  ...['date', 'model_permaslug', 'model', 'usage', 'byok_usage_inference', 'requests', 'prompt_tokens'],
  ...['completion_tokens', 'reasoning_tokens', 'provider_name'],
];
