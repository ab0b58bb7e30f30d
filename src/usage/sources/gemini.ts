import type { UsageEvent } from '../event.js';
import { type Fields, isFields, textAt, valueAt } from '../reading/fields.js';
import { objects } from '../reading/recognise.js';
import { decodeResponseLine } from '../response/response-event.js';
import { takeApart } from '../response/response-line.js';
import { isGeminiUsage } from '../shapes/usage-object.js';
import type { DecodeContext, Decoded, RawRecord, Source } from '../source.js';

/** What Vertex calls capacity that was bought beforehand. */
const PROVISIONED = 'PROVISIONED_THROUGHPUT';

/**
 * Responses of Gemini and Vertex AI: bare, wrapped by a log line, streamed (every chunk has the same `responseId` and
 * figures that grow, so the ledger merges them), or lines of batch results (`{ key, response }` of the Gemini API,
 * `{ request, response, processed_time }` of Vertex).
 *
 * `promptTokenCount` includes `cachedContentTokenCount`, which is subtracted; `toolUsePromptTokenCount` is input beside
 * it; `thoughtsTokenCount` is outside of `candidatesTokenCount`, and output is both. Responses of the Gemini API have
 * no time: the line must have one, or `--at` gives it.
 */
export const gemini: Source = {
  name: 'gemini',
  title: 'Gemini and Vertex AI response log',
  kind: 'json',
  role: 'app',
  documentation: 'https://ai.google.dev/api/generate-content#UsageMetadata',
  account: null,
  reads: ['responseId', 'modelVersion', 'createTime', 'usageMetadata', 'usageMetadata.trafficType', 'processed_time'],
  key: 'responseId',
  recognises: objects(looksLikeGemini),
  decoder: (context) => (record) => decodeLine(record, context),
};

/** Session logs of agents have such usage too, with ids of their own beside it. */
function looksLikeGemini(line: Fields): boolean {
  const { response } = takeApart(line);
  const usage = valueAt(response, 'usageMetadata');
  return isFields(usage) && isGeminiUsage(usage) && !Object.hasOwn(line, 'sessionId');
}

/** @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD */
function decodeLine(record: RawRecord, context: DecodeContext): Decoded {
  const { line, usage } = takeApart(record.value);
  const batch = isBatchLine(line);
  const decoded = decodeResponseLine(batch ? { ...record, value: batchLine(line) } : record, context, 'google');
  if ('skipped' in decoded) return decoded;
  const billed = isFields(usage) ? billedAs(textAt(usage, 'trafficType')) : {};
  return { events: decoded.events.map((event) => ({ ...event, ...billed, ...(batch ? { mode: 'batch' } : {}) })) };
}

function billedAs(trafficType: string | null): Partial<UsageEvent> {
  if (trafficType === PROVISIONED) return { plan: 'provisioned throughput' };
  if (trafficType === 'ON_DEMAND_PRIORITY') return { mode: 'priority' };
  return trafficType === 'ON_DEMAND_FLEX' ? { mode: 'flex' } : {};
}

const BATCH_FIELDS = ['key', 'response', 'error', 'metadata'];

/** A line of Vertex's results, or one of the Gemini API's, which has nothing but the caller's key and the response. */
const isBatchLine = (line: Fields): boolean =>
  Object.hasOwn(line, 'response') &&
  (Object.hasOwn(line, 'processed_time') ||
    (Object.hasOwn(line, 'key') && Object.keys(line).every((name) => BATCH_FIELDS.includes(name))));

/** The same without the caller's key of the request, which is no API key; with the time where Vertex writes it. */
function batchLine(line: Fields): Fields {
  const { key, ...rest } = line;
  return { timestamp: valueAt(line, 'processed_time') ?? null, ...rest };
}
