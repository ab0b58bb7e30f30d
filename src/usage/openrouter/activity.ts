import { badRecord, type TokenhubError } from '../../errors.js';
import { totalTokens } from '../../pricing/token-classes.js';
import { NO_ORIGIN, type UsageEvent, usageEvent } from '../event.js';
import { countOf } from '../reading/count.js';
import { type Fields, isFields, textOf, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { orReject } from '../reading/reject-part.js';
import { tagsOf } from '../reading/tags.js';
import type { Decoded } from '../source.js';
import { bucketStarting } from '../time/bucket-start.js';
import { openrouterSpend } from './spend.js';
import { openrouterTokens } from './tokens.js';

/** What the fields of a bucket are called. */
interface Names {
  readonly date: string;
  /** The first that is stated counts. */
  readonly models: readonly string[];
  readonly requests: string;
  readonly prompt: string;
  readonly completion: string;
  readonly reasoning: string;
  readonly credits: string;
  readonly byok: string;
}

/** Header names of the CSV (`Date`, `Slug`, `BYOK Usage`), in lower case. */
const CSV: Names = {
  date: 'date',
  models: ['slug'],
  requests: 'requests',
  prompt: 'prompt tokens',
  completion: 'completion tokens',
  reasoning: 'reasoning tokens',
  credits: 'usage',
  byok: 'byok usage',
};

const API: Names = {
  date: 'date',
  models: ['model_permaslug', 'model'],
  requests: 'requests',
  prompt: 'prompt_tokens',
  completion: 'completion_tokens',
  reasoning: 'reasoning_tokens',
  credits: 'usage',
  byok: 'byok_usage_inference',
};

export const ACTIVITY_COLUMNS: readonly string[] = [
  ...['Date', 'Slug', 'Usage', 'BYOK Usage', 'Requests', 'Prompt Tokens', 'Completion Tokens', 'Reasoning Tokens'],
];

export const ACTIVITY_FIELDS: readonly string[] = [
  ...[API.date, ...API.models, API.credits, API.byok, API.requests, API.prompt, API.completion, API.reasoning],
  'provider_name',
];

/** One row of the activity CSV, by header name. Throws BAD_FIELD, MISSING_FIELD. */
export function decodeActivityRow(row: Fields): Decoded {
  const events = eventsOf(row, CSV);
  return events.length === 0 ? { skipped: 'an empty bucket' } : { events };
}

/**
 * A whole answer `{ data: [bucket] }`, or one bucket. A bucket that must be rejected does not keep the others from being
 * read; its error names the field by its path, `data.3.requests`.
 *
 * @throws BAD_RECORD, and BAD_FIELD, MISSING_FIELD of a bucket alone
 */
export function decodeActivityAnswer(value: unknown): Decoded {
  if (!isFields(value)) throw badRecord('is no answer of the activity API', AS_IT_CAME);
  const data = valueAt(value, 'data');
  const events: UsageEvent[] = [];
  const rejects: TokenhubError[] = [];
  if (Array.isArray(data))
    data.forEach((bucket: unknown, index) => {
      orReject(`data.${index}.`, rejects, () => {
        if (!isFields(bucket)) throw badRecord('is no bucket', AS_IT_CAME);
        events.push(...eventsOf(bucket, API));
      });
    });
  else events.push(...eventsOf(value, API));
  return events.length + rejects.length === 0 ? { skipped: 'no usage in its buckets' } : { events, rejects };
}

const AS_IT_CAME = 'save the answer of the API as it came';

function eventsOf(fields: Fields, names: Names): readonly UsageEvent[] {
  const count = (name: string) => countOf(valueAt(fields, name), name);
  const [prompt, completion, reasoning] = [count(names.prompt), count(names.completion), count(names.reasoning)];
  const tokens = openrouterTokens({ prompt, cached: null, completion, reasoning }, names.prompt);
  const requests = count(names.requests) ?? 0;
  if (requests === 0 && totalTokens(tokens) === 0) return [];
  const provider = textOf(valueAt(fields, 'provider_name'), 'provider_name');
  const model = modelOf(
    names.models.map((name) => valueAt(fields, name)),
    names.models[0]!,
  );
  const event = usageEvent({
    ...bucketStarting(valueAt(fields, names.date), names.date),
    model,
    provider: 'openrouter',
    origin: { ...NO_ORIGIN, tags: tagsOf({ provider_name: provider }) },
    requests,
    tokens,
    statedCost: openrouterSpend(fields, names.credits, names.byok),
  });
  return [event];
}
