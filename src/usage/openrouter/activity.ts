import { totalTokens } from '../../pricing/token-classes.js';
import { NO_ORIGIN, usageEvent } from '../event.js';
import { modelOf } from '../reading/model-name.js';
import type { Row } from '../reading/row.js';
import { tagsOf } from '../reading/tags.js';
import type { Decoded } from '../source.js';
import { bucketStarting } from '../time/bucket-time.js';
import { spendIn, tokensIn } from './figures.js';

/** Columns of the CSV by day. */
export const DAILY_COLUMNS = {
  date: ['Date'],
  model: ['Slug'],
  requests: ['Requests'],
  prompt: ['Prompt Tokens'],
  completion: ['Completion Tokens'],
  reasoning: ['Reasoning Tokens'],
  credits: ['Usage'],
  byok: ['BYOK Usage'],
  cached: [],
  upstream: [],
} as const;

/** Fields of a bucket of the API. */
export const API_COLUMNS = {
  date: ['date'],
  model: ['model_permaslug', 'model'],
  requests: ['requests'],
  prompt: ['prompt_tokens'],
  completion: ['completion_tokens'],
  reasoning: ['reasoning_tokens'],
  credits: ['usage'],
  byok: ['byok_usage_inference'],
  cached: [],
  upstream: ['provider_name'],
} as const;

/** One bucket of the activity, a row of the CSV or an object of the API. Throws BAD_FIELD, MISSING_FIELD. */
export function decodeActivity(row: Row<keyof typeof API_COLUMNS>): Decoded {
  const tokens = tokensIn(row);
  const requests = row.count('requests') ?? 0;
  if (requests === 0 && totalTokens(tokens) === 0) return { skipped: 'an empty bucket' };
  const event = usageEvent({
    ...bucketStarting(row.cell('date'), row.field('date')),
    model: modelOf([row.cell('model')], row.field('model')),
    provider: 'openrouter',
    origin: { ...NO_ORIGIN, tags: tagsOf({ provider_name: row.text('upstream') }) },
    requests,
    tokens,
    statedCost: spendIn(row),
  });
  return { events: [event] };
}
