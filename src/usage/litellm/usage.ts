import { type Fields, fieldsAt, valueAt } from '../reading/fields.js';
import type { LogRow } from './log-columns.js';

/**
 * The usage of a row of LiteLLM's spend logs in OpenAI's shape: its own sums, and the parts that its metadata tells.
 * LiteLLM calls cache writes `prompt_tokens_details.cache_creation_tokens` and their split by lifetime
 * `cache_creation_token_details`.
 */
export function litellmUsage(row: LogRow, metadata: Fields): Fields {
  const usage = fieldsAt(metadata, 'usage_object') ?? {};
  const more = fieldsAt(metadata, 'additional_usage_values') ?? {};
  const total = row.count('total_tokens');
  const told = (name: string) => valueAt(usage, name) ?? valueAt(more, name) ?? null;
  return {
    prompt_tokens: row.count('prompt_tokens'),
    completion_tokens: row.count('completion_tokens'),
    total_tokens: total === 0 ? null : total,
    cache_read_input_tokens: told('cache_read_input_tokens'),
    cache_creation_input_tokens: told('cache_creation_input_tokens'),
    prompt_tokens_details: inputDetails(
      fieldsAt(usage, 'prompt_tokens_details') ?? fieldsAt(more, 'prompt_tokens_details'),
    ),
    completion_tokens_details: told('completion_tokens_details'),
    server_tool_use: told('server_tool_use'),
    service_tier: told('service_tier'),
  };
}

function inputDetails(details: Fields | null): Fields | null {
  if (details === null) return null;
  const told = (name: string) => valueAt(details, name);
  return {
    cached_tokens: told('cached_tokens'),
    cache_creation_input_tokens: told('cache_creation_tokens'),
    cache_write_tokens: told('cache_write_tokens'),
    cache_creation: told('cache_creation_token_details'),
    audio_tokens: told('audio_tokens'),
    image_tokens: told('image_tokens'),
    video_tokens: told('video_tokens'),
  };
}
