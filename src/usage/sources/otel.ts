import { activityOf } from '../otel/activity.js';
import { leafFinder } from '../otel/leaves.js';
import { spanEvent } from '../otel/span-event.js';
import { type Span, spansOf } from '../otel/spans.js';
import { decodeParts } from '../reading/document.js';
import { fieldsOf, valueAt } from '../reading/fields.js';
import { objects } from '../reading/recognise.js';
import type { Source } from '../source.js';

/** Spans looked up from one; a longer way is a circle. */
const MAX_DEPTH = 100;

/**
 * OpenTelemetry traces in OTLP JSON, `{ resourceSpans: [...] }`, one document or one per line, by the semantic
 * conventions for generative AI: the present names, the ones before (`prompt_tokens`, `gen_ai.system`), and those of
 * ARMS and LoongSuite (`gen_ai.session.id`, `gen_ai.user.id`).
 *
 * Leaves alone count, see `leafFinder`: spans of agents, workflows and chains repeat the calls beneath them. One with
 * no call beneath it in the file, as of a remote agent, counts itself. Runs of agents and calls of tools are quantities
 * of such a leaf, see `activityOf`.
 * Classes: input includes cached input and cache writes, which are subtracted; output includes reasoning.
 * Key: trace id and span id.
 */
export const otel: Source = {
  name: 'otel',
  title: 'OpenTelemetry GenAI spans (OTLP JSON)',
  kind: 'json',
  role: 'app',
  documentation: 'https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/',
  account: null,
  reads: [
    ...['traceId', 'spanId', 'parentSpanId', 'startTimeUnixNano', 'endTimeUnixNano', 'service.name'],
    ...['gen_ai.provider.name', 'gen_ai.request.model', 'gen_ai.response.model', 'gen_ai.usage.*'],
    ...['gen_ai.operation.name', 'gen_ai.span.kind', 'gen_ai.agent.name', 'gen_ai.conversation.id', 'gen_ai.user.id'],
  ],
  key: 'traceId and spanId',
  recognises: objects((value) => Array.isArray(valueAt(value, 'resourceSpans'))),
  keepsState: true,
  decoder: (context) => {
    const leavesOf = leafFinder();
    return ({ value }) => {
      const spans = spansOf(fieldsOf(value, 'write { "resourceSpans": [...] }'));
      const byKey = new Map(spans.map((span) => [span.key, span]));
      const counted = leavesOf(spans);
      const activity = activityOf(spans, counted, (span) => spansAbove(span, byKey));
      const decode = (span: Span) => {
        const event = spanEvent(span, spansAbove(span, byKey), context);
        return { events: [{ ...event, quantities: activity.get(span) ?? event.quantities }] };
      };
      return decodeParts(
        counted.map((span) => [span.path, span] as const),
        decode,
        'no span with usage',
      );
    };
  },
};

/** Nearest first. */
function spansAbove(span: Span, byKey: ReadonlyMap<string, Span>): readonly Span[] {
  const above: Span[] = [];
  for (let next = byKey.get(span.parentKey || ' '); next !== undefined && above.length < MAX_DEPTH; ) {
    above.push(next);
    next = byKey.get(next.parentKey || ' ');
  }
  return above;
}
