/** Log lines that carry a model's response, as usage events. */

import { missingField } from '../../errors/usage-records.js';
import type { Mode } from '../../pricing/price.js';
import type { UsageEvent } from '../event.js';
import { providerOf, regionalProvider } from '../providers.js';
import { scalarTextOf, valueAt } from '../reading/fields.js';
import { modeOf } from '../reading/mode.js';
import { modelOf } from '../reading/model-name.js';
import { type DecodedUsage, decodeUsage } from '../shapes/usage-object.js';
import type { DecodeContext, Decoded, RawRecord } from '../source.js';
import { dateAlone } from '../time/call-time.js';
import { latencyOf } from '../time/latency.js';
import { parseTime, type RecordTime } from '../time/record-time.js';
import { around, originOf } from './around.js';
import { idOf, statusOf } from './identity.js';
import { type ResponseLine, takeApart } from './response-line.js';

const LINE_TIMES = ['timestamp', 'time', 'ts', '@timestamp', 'date', 'created_at', 'created'] as const;

/**
 * Decodes one line of a response log: one event, or one per model of an application call (ids `#0`, `#1`, ...).
 *
 * Places: the response and its usage as in `takeApart`;
 * id: `id`, `request_id`, `responseId` of the response, `request_id` of what wraps it, `request_id`, `id` of the line;
 * model: `model`, `modelVersion` of the response, `model` of the line, `model` of the request;
 * time: `created`, `created_at`, `createTime` of the response (0 is a filler), `timestamp`, `time`, `ts`, `@timestamp`,
 * `date`, `created_at`, `created` of the line, `context.at`;
 * the fields of `AROUND`, `tags`, `latency_ms`, `status`: the line, then its `metadata`; objects there are not ours.
 * A line with a `custom_id` beside a wrapped response is the result of a batch, billed as batch.
 *
 * @param provider  who answers this source's calls, where the line does not say; `null`: by the model
 * @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD
 */
export function decodeResponseLine(record: RawRecord, context: DecodeContext, provider: string | null): Decoded {
  const parts = takeApart(record.value);
  const usages = decodeUsage(parts.usage);
  if (usages.length === 0) return { skipped: whyNoUsage(parts) };
  const common = commonOf(parts, context);
  const events = usages.map((usage) => eventOf(parts, usage, common, provider));
  return {
    events: events.length === 1 ? events : events.map((event, index) => ({ ...event, id: nth(event.id, index) })),
  };
}

const nth = (id: string | null, index: number): string | null => (id === null ? null : `${id}#${index}`);

type Common = Omit<UsageEvent, 'model' | 'provider' | 'tokens' | 'quantities' | 'cacheKind' | 'mode'>;

function eventOf(parts: ResponseLine, usage: DecodedUsage, common: Common, provider: string | null): UsageEvent {
  const { line, response, request } = parts;
  const named = [
    ...['model', 'modelVersion'].map((name) => valueAt(response, name)),
    ...[line, request ?? {}].map((fields) => valueAt(fields, 'model')),
  ];
  const stated = around(parts, 'provider') ?? scalarTextOf(valueAt(response, 'provider'), 'provider') ?? provider;
  const model = usage.model ?? modelOf(named, 'model');
  return {
    ...common,
    model,
    provider: regionalProvider(providerOf(model, stated), around(parts, 'region')),
    tokens: usage.tokens,
    quantities: usage.quantities,
    cacheKind: usage.cacheKind,
    mode: modeAt(parts, usage),
  };
}

function commonOf(parts: ResponseLine, context: DecodeContext): Common {
  return {
    id: idOf(parts),
    ...timeOf(parts, context),
    account: around(parts, 'account'),
    origin: originOf(parts),
    agent: around(parts, 'agent'),
    session: around(parts, 'session'),
    requests: 1,
    tierUpTo: null,
    charge: 'usage',
    plan: null,
    counter: null,
    status: statusOf(parts),
    latencyMs: latencyOf(valueAt(parts.line, 'latency_ms')),
    statedCost: null,
  };
}

/** The first time that is an instant; a response is no daily bucket, so a date alone does not do. */
function timeOf({ line, response }: ResponseLine, context: DecodeContext): RecordTime {
  const own = ['created', 'created_at', 'createTime'].map((name) => [name, valueAt(response, name)] as const);
  const outer = LINE_TIMES.map((name) => [name, valueAt(line, name)] as const);
  const stated = [...own, ...outer].filter(([, value]) => ![undefined, null, '', 0].includes(value as null));
  for (const [name, value] of stated) {
    const time = parseTime(value, context.timeZone, name);
    if (time.day === null) return time;
  }
  if (context.at !== null) return { at: context.at, day: null, until: null };
  const [date] = stated;
  if (date !== undefined) throw dateAlone(...date);
  throw missingField('timestamp', 'add a time to the line, or give one for all with --at');
}

/** A batch bills every line as batch, whatever tier the response inside repeats. */
function modeAt({ line, response }: ResponseLine, usage: DecodedUsage): Mode {
  if (response !== line && valueAt(line, 'custom_id') != null) return 'batch';
  return usage.mode ?? modeOf(valueAt(response, 'service_tier'), null) ?? 'standard';
}

function whyNoUsage({ line, response }: ResponseLine): string {
  if ([line, response].some((part) => valueAt(part, 'error') != null)) return 'an error without usage';
  const object = valueAt(response, 'object');
  const chunk = typeof object === 'string' && object.endsWith('.chunk');
  return chunk || valueAt(response, 'usage') === null ? 'a streamed chunk without usage' : 'no usage';
}
