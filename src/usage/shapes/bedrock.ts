import type { TokenClasses } from '../../pricing/token-classes.js';
import { countOf, sumOfCounts } from '../reading/count.js';
import { type Fields, fieldsAt, isFields, valueAt } from '../reading/fields.js';
import { cacheWritesOf } from './cache-writes.js';
import type { StatedCount } from './places.js';

const WRITTEN = 'input.cacheWriteInputTokenCount';

/**
 * The token classes of an entry of Bedrock's invocation log: all of them apart.
 *
 * @param body  of the response, `{}` where bodies are not logged; it alone tells five minutes from one hour
 * @throws BAD_FIELD
 */
export function bedrockTokens(input: Fields, output: Fields, body: Fields): TokenClasses {
  const read = (part: Fields, path: string, name: string) => countOf(valueAt(part, name), `${path}.${name}`);
  const written = countOf(valueAt(input, 'cacheWriteInputTokenCount'), WRITTEN);
  const { in5m, in1h } = lifetimesOf(fieldsAt(body, 'usage') ?? {});
  return {
    input: read(input, 'input', 'inputTokenCount'),
    cacheRead: read(input, 'input', 'cacheReadInputTokenCount'),
    ...cacheWritesOf(written === null ? null : { field: WRITTEN, count: written }, in5m, in1h),
    output: read(output, 'output', 'outputTokenCount'),
    reasoning: null,
  };
}

/** The body of a response; of a stream, which is logged as a list of its events, the one that begins the message. */
export function responseBody(output: Fields): Fields {
  const body = valueAt(output, 'outputBodyJson');
  if (isFields(body)) return body;
  if (!Array.isArray(body)) return {};
  const start = body.find((event) => isFields(event) && isFields(valueAt(event, 'message')));
  return (isFields(start) ? fieldsAt(start, 'message') : null) ?? {};
}

interface Lifetimes {
  readonly in5m: StatedCount | null;
  readonly in1h: StatedCount | null;
}

function lifetimesOf(usage: Fields): Lifetimes {
  const created = fieldsAt(usage, 'cache_creation');
  if (created !== null)
    return {
      in5m: stated(valueAt(created, 'ephemeral_5m_input_tokens'), 'usage.cache_creation.ephemeral_5m_input_tokens'),
      in1h: stated(valueAt(created, 'ephemeral_1h_input_tokens'), 'usage.cache_creation.ephemeral_1h_input_tokens'),
    };
  const details = valueAt(usage, 'cacheDetails');
  return { in5m: writtenFor('5m', details), in1h: writtenFor('1h', details) };
}

/** Converse: `cacheDetails: [{ ttl: '1h', inputTokens: 900 }]`. */
function writtenFor(ttl: string, details: unknown): StatedCount | null {
  if (!Array.isArray(details)) return null;
  const field = 'usage.cacheDetails';
  const counts = details
    .filter((detail) => isFields(detail) && valueAt(detail, 'ttl') === ttl)
    .map((detail) => countOf(valueAt(detail as Fields, 'inputTokens'), field));
  return counts.length === 0 ? null : { field, count: sumOfCounts(counts, field) };
}

function stated(value: unknown, field: string): StatedCount | null {
  const count = countOf(value, field);
  return count === null ? null : { field, count };
}
