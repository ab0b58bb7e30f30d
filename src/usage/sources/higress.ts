import { badField } from '../../errors/usage-records.js';
import { NO_ORIGIN, usageEvent } from '../event.js';
import { knownProvider, providerOf } from '../providers.js';
import { type Fields, fieldsOf, isFields, scalarTextOf, textOf, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { objects } from '../reading/recognise.js';
import { aiTokens } from '../shapes/higress.js';
import type { DecodeContext, Decoded, Source } from '../source.js';
import { callTime } from '../time/call-time.js';
import { latencyOf } from '../time/latency.js';

/** Fields of `ai_log` that are read. */
const AI_FIELDS = [
  ...['model', 'input_token', 'output_token', 'total_token', 'cached_tokens', 'reasoning_tokens'],
  ...['input_token_details', 'output_token_details', 'llm_service_duration', 'consumer', 'session_id', 'cache_status'],
];

/**
 * Access log of the Higress AI gateway: JSON lines whose field `ai_log` is a JSON text by the plug-in ai-statistics, with
 * numbers that are often texts; older gateways write its fields on the line itself. `-` is nothing measured. A line
 * without measurements is skipped. A call that reached a model but whose tokens the gateway never saw, as when the client
 * went away (flag `DC`), stays: its tokens are not reported, its status says so, and the provider may bill it all the same.
 * What the plug-in ai-cache answered has status `cache_hit` and plan `gateway cache`: no provider saw the call.
 */
export const higress: Source = {
  name: 'higress',
  title: 'Higress AI gateway access log',
  kind: 'json',
  role: 'gateway',
  documentation: 'https://github.com/alibaba/higress/tree/main/plugins/wasm-go/extensions/ai-statistics',
  account: null,
  reads: [
    ...['start_time', 'request_id', 'response_code', 'response_flags', 'route_name', 'upstream_cluster', 'duration'],
    ...AI_FIELDS.map((name) => `ai_log.${name}`),
  ],
  key: 'request_id',
  recognises: objects(looksLikeAccess),
  decoder:
    (context) =>
    ({ value }) =>
      decodeAccess(fieldsOf(value, 'the access log has one JSON object per line'), context),
};

function looksLikeAccess(line: Fields): boolean {
  const has = (name: string) => Object.hasOwn(line, name);
  const access = ['route_name', 'upstream_cluster', 'response_flags', 'start_time'].filter(has);
  return access.length >= 2 && ['ai_log', 'input_token'].some(has);
}

/** @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD */
function decodeAccess(line: Fields, context: DecodeContext): Decoded {
  const ai = aiLogOf(line);
  if (ai === null) return { skipped: 'nothing measured' };
  const { isMeasured, ...measured } = aiTokens(ai);
  const model = textOf(valueAt(ai, 'model'), 'ai_log.model');
  if (!isMeasured && (model === null || isFailure(line))) return { skipped: whyNothing(line) };
  const named = modelOf([model === 'unknown' ? null : model], 'ai_log.model');
  const isCached = valueAt(ai, 'cache_status') === 'hit';
  const event = usageEvent({
    id: textOf(stated(line, 'request_id'), 'request_id'),
    ...callTime(stated(line, 'start_time') ?? stated(line, 'timestamp'), 'start_time', context),
    model: named,
    provider: providerOf(named, clusterProvider(line)),
    origin: {
      ...NO_ORIGIN,
      service: textOf(stated(line, 'route_name'), 'route_name'),
      consumer: consumerOf(line, ai),
    },
    session: scalarTextOf(valueAt(ai, 'session_id'), 'ai_log.session_id'),
    ...measured,
    plan: isCached ? 'gateway cache' : null,
    status: isCached ? 'cache_hit' : statusOf(line),
    latencyMs: latencyOf(valueAt(ai, 'llm_service_duration') ?? stated(line, 'duration')),
  });
  return { events: [event] };
}

/** A value of the line; `undefined` for `-`, which Envoy writes for what there is not. */
function stated(line: Fields, name: string): unknown {
  const value = valueAt(line, name);
  return value === '-' || value === '' ? undefined : value;
}

/** The measurements without those that are `-` or blank; `null`: the line has none. Throws BAD_FIELD at `ai_log`. */
function aiLogOf(line: Fields): Fields | null {
  const value = Object.hasOwn(line, 'ai_log') ? stated(line, 'ai_log') : line;
  const ai = typeof value === 'string' ? parsed(value) : value;
  if (ai === null || ai === undefined) return null;
  if (!isFields(ai))
    throw badField('ai_log', String(value), 'is no JSON object', 'log %FILTER_STATE(wasm.ai_log:PLAIN)%');
  return Object.fromEntries(Object.keys(ai).flatMap((name) => entryOf(ai, name)));
}

const entryOf = (ai: Fields, name: string): readonly (readonly [string, unknown])[] => {
  const value = stated(ai, name);
  return value === undefined ? [] : [[name, value]];
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // reported by the caller: it is no object
  }
}

/** Answers of 4xx and 5xx; 0 is a client that went away before there was any. */
const isFailure = (line: Fields): boolean => Number(stated(line, 'response_code') ?? 0) >= 400;

const whyNothing = (line: Fields): string => (isFailure(line) ? 'an error without usage' : 'nothing measured');

/** `200`, or `200 DC` with the flags of Envoy. */
function statusOf(line: Fields): string | null {
  const parts = ['response_code', 'response_flags'].map((name) => textOf(stated(line, name), name));
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join(' ');
}

/** `none` is how the gateway names a caller without authentication. */
function consumerOf(line: Fields, ai: Fields): string | null {
  const name = scalarTextOf(valueAt(ai, 'consumer') ?? stated(line, 'consumer'), 'ai_log.consumer');
  return name === 'none' ? null : name;
}

/** `outbound|443||llm-aliyun.internal.dns` goes to a provider that was given the name `aliyun`, where that is one known. */
function clusterProvider(line: Fields): string | null {
  const cluster = scalarTextOf(stated(line, 'upstream_cluster'), 'upstream_cluster');
  const name = /\bllm-([\w-]+?)\.internal\b/.exec(cluster ?? '')?.[1];
  return name === undefined ? null : knownProvider(name);
}
