import { NO_ORIGIN, type UsageEvent, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { textOf, valueAt } from '../reading/fields.js';
import { modeOf } from '../reading/mode.js';
import { modelOf } from '../reading/model-name.js';
import type { DecodeContext } from '../source.js';
import { callTime } from '../time/call-time.js';
import { attribute } from './attributes.js';
import { spanTokens } from './span-usage.js';
import type { Span } from './spans.js';

const NAMES = {
  provider: ['gen_ai.provider.name', 'gen_ai.system'],
  agent: ['gen_ai.agent.name', 'gen_ai.agent.id'],
  session: ['gen_ai.conversation.id', 'gen_ai.session.id', 'session.id'],
  user: ['gen_ai.user.id', 'enduser.id', 'user.id'],
  tier: ['openai.response.service_tier', 'gen_ai.openai.response.service_tier', 'openai.request.service_tier'],
} as const;

/** `STATUS_CODE_ERROR` of OTLP. */
const ERRORS: readonly unknown[] = [2, 'STATUS_CODE_ERROR'];

/**
 * The usage of one span as an event. Agent, session and user that a span does not name are those of the nearest span
 * above it that does.
 *
 * @param above  the spans above it in its document, nearest first
 * @throws BAD_FIELD, MISSING_FIELD naming the attribute
 */
export function spanEvent(span: Span, above: readonly Span[], context: DecodeContext): UsageEvent {
  const { attributes, fields, resource } = span;
  const inherited = (name: 'agent' | 'session' | 'user') => {
    const holder = [span, ...above].find((one) => attribute(one.attributes, NAMES[name])[0] !== '');
    return holder === undefined ? null : textAt(holder, NAMES[name]);
  };
  const models = ['gen_ai.response.model', 'gen_ai.request.model'];
  const model = modelOf(
    models.map((name) => attributes.get(name)),
    'gen_ai.request.model',
  );
  const started = millisecondsOf(valueAt(fields, 'startTimeUnixNano'));
  const ended = millisecondsOf(valueAt(fields, 'endTimeUnixNano'));
  return usageEvent({
    id: span.key === '' ? null : span.key,
    ...callTime(started, 'startTimeUnixNano', context, ended),
    model,
    provider: providerOf(model, textAt(span, NAMES.provider)),
    origin: {
      ...NO_ORIGIN,
      service: textOf(resource.get('service.name'), 'service.name'),
      user: inherited('user'),
    },
    agent: inherited('agent'),
    session: inherited('session'),
    tokens: spanTokens(attributes),
    mode: modeOf(attribute(attributes, NAMES.tier)[1], null) ?? 'standard',
    status: statusOf(span),
    latencyMs: started !== null && Number(ended) >= Number(started) ? Number(ended) - Number(started) : null,
  });
}

function textAt({ attributes }: Span, names: readonly string[]): string | null {
  const [name, value] = attribute(attributes, names);
  return textOf(value, name);
}

/** Nanoseconds since 1970, 19 digits as text, cut to milliseconds; `null`: not stated, as 0 is. */
function millisecondsOf(nanoseconds: unknown): string | null {
  const text = typeof nanoseconds === 'string' || typeof nanoseconds === 'number' ? String(nanoseconds) : '';
  return /^0*$/.test(text) ? null : /^\d{7,}$/.test(text) ? text.slice(0, -6) : text;
}

function statusOf({ attributes, fields }: Span): string | null {
  const type = textOf(attributes.get('error.type'), 'error.type');
  const status = valueAt(fields, 'status') as { readonly code?: unknown } | null | undefined;
  return type ?? (ERRORS.includes(status?.code) ? 'error' : null);
}
