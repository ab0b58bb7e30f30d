/**
 * Model invocation logs of Amazon Bedrock, from S3 (JSON lines, gzip) or CloudWatch (`{ events: [{ message }] }` of
 * `aws logs filter-log-events`, where the message is the same JSON as text).
 *
 * - Input, cache reads and cache writes are counted apart and add up. How long a written cache lives stands only in the
 *   body of the response, if bodies are logged: `usage.cache_creation` (Anthropic) or `usage.cacheDetails` (Converse).
 * - A failed call has an `errorCode` and no counts: skipped.
 * - `modelId` may be an ARN: of a foundation model or an inference profile of AWS it is cut to the model's own name
 *   (`us.anthropic.claude-…`); an application's own profile says nothing of the model and is kept whole.
 * - The account is `accountId`; the user is `identity.arn`, `requestMetadata` are the caller's own tags.
 *
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
 */

import { badRecord } from '../../errors/usage-records.js';
import { NO_ORIGIN, usageEvent } from '../event.js';
import { decodeParts, partsIn } from '../reading/document.js';
import { type Fields, fieldsAt, fieldsOf, isFields, textAt, textOf, valueAt } from '../reading/fields.js';
import { jsonCell } from '../reading/json-cell.js';
import { modeOf } from '../reading/mode.js';
import { modelOf } from '../reading/model-name.js';
import { objects } from '../reading/recognise.js';
import { tagsOf } from '../reading/tags.js';
import { bedrockTokens, responseBody } from '../shapes/bedrock.js';
import type { Decoded, RawRecord, Source } from '../source.js';
import { latencyOf } from '../time/latency.js';
import { parseTime } from '../time/record-time.js';

export const bedrock: Source = {
  name: 'bedrock',
  title: 'Amazon Bedrock model invocation log',
  kind: 'json',
  role: 'meter',
  documentation: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html',
  account: null,
  reads: [
    ...['timestamp', 'accountId', 'requestId', 'operation', 'modelId', 'identity.arn', 'requestMetadata', 'errorCode'],
    ...['input.inputTokenCount', 'input.cacheReadInputTokenCount', 'input.cacheWriteInputTokenCount'],
    ...['output.outputTokenCount', 'output.outputBodyJson.usage'],
  ],
  key: 'requestId',
  recognises: objects(looksLikeLog),
  decoder: () => decodeRecord,
};

function looksLikeLog(value: Fields): boolean {
  if (valueAt(value, 'schemaType') === 'ModelInvocationLog') return true;
  const [first] = eventsOf(value) ?? [];
  const message = isFields(first) ? valueAt(first, 'message') : null;
  if (typeof message === 'string') return message.includes('"ModelInvocationLog"');
  return ['modelId', 'requestId', 'accountId', 'operation', 'input'].every((name) => Object.hasOwn(value, name));
}

/** What CloudWatch wraps around log entries. */
function eventsOf(value: Fields): readonly unknown[] | null {
  const list = valueAt(value, 'events') ?? valueAt(value, 'logEvents');
  return Array.isArray(list) ? list : null;
}

/** @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD */
function decodeRecord({ value }: RawRecord): Decoded {
  const record = fieldsOf(value, 'an invocation log has one JSON object per line');
  const events = eventsOf(record);
  return events === null ? decodeEntry(record) : decodeParts(partsIn(events, 'events'), decodeMessage, 'no usage');
}

function decodeMessage(event: unknown): Decoded {
  const entry = isFields(event) ? jsonCell(valueAt(event, 'message'), 'message') : null;
  if (!isFields(entry)) throw badRecord('has no log entry as its message', 'read the log group of the invocations');
  return decodeEntry(entry);
}

function decodeEntry(entry: Fields): Decoded {
  const [input, output] = [fieldsAt(entry, 'input') ?? {}, fieldsAt(entry, 'output') ?? {}];
  const error = textAt(entry, 'errorCode');
  const body = responseBody(output);
  const tokens = bedrockTokens(input, output, body);
  if (Object.values(tokens).every((count) => count === null))
    return { skipped: error === null ? 'no token counts' : 'an error without token counts' };
  const metrics = fieldsAt(body, 'metrics') ?? {};
  return {
    events: [
      usageEvent({
        id: textAt(entry, 'requestId'),
        ...parseTime(valueAt(entry, 'timestamp'), 'UTC', 'timestamp'),
        model: modelName(modelOf([valueAt(entry, 'modelId')], 'modelId')),
        provider: 'aws',
        account: textAt(entry, 'accountId'),
        origin: {
          ...NO_ORIGIN,
          user: textOf(valueAt(fieldsAt(entry, 'identity') ?? {}, 'arn'), 'identity.arn'),
          tags: tagsOf(fieldsAt(entry, 'requestMetadata')),
        },
        tokens,
        ...tierOf(body),
        status: error,
        latencyMs: latencyOf(valueAt(metrics, 'latencyMs')),
      }),
    ],
  };
}

/** A reserved tier is capacity bought beforehand. */
function tierOf(body: Fields) {
  const tier = fieldsAt(body, 'serviceTier');
  const type = tier === null ? null : textOf(valueAt(tier, 'type'), 'serviceTier.type');
  return type === 'reserved' ? { plan: 'reserved tier' } : { mode: modeOf(type, null) ?? ('standard' as const) };
}

const NAMED_BY_ARN = /^arn:aws[\w-]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile)\/(.+)$/;

const modelName = (modelId: string): string => NAMED_BY_ARN.exec(modelId)?.[1] ?? modelId;
