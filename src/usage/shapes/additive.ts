import { sumOfCounts } from '../reading/count.js';
import { type Fields, valueAt } from '../reading/fields.js';
import { modeOf } from '../reading/mode.js';
import { cacheWritesOf } from './cache-writes.js';
import type { DecodedUsage } from './decoded-usage.js';
import { checkPart, places, statedCount } from './places.js';
import { nonTokenQuantities } from './quantities.js';

const INPUT = places('input_tokens');
const OUTPUT = places('output_tokens');
const CACHED = places('cache_read_input_tokens');
const WRITTEN = places('cache_creation_input_tokens');
const WRITTEN_5M = places('cache_creation.ephemeral_5m_input_tokens');
const WRITTEN_1H = places('cache_creation.ephemeral_1h_input_tokens');
const REASONING = places('output_tokens_details.reasoning_tokens', 'output_tokens_details.thinking_tokens');

/**
 * Decodes the shape of Anthropic's Messages, Claude Code's logs and Bailian's Anthropic endpoint: input, cache reads
 * and cache writes are counted apart and add up. Where a cache was written the caller had asked for it; reads alone
 * do not say which kind of cache served them.
 *
 * @throws BAD_FIELD
 */
export function decodeAdditiveUsage(usage: Fields): DecodedUsage {
  const [input, output, cached] = [statedCount(usage, INPUT), statedCount(usage, OUTPUT), statedCount(usage, CACHED)];
  const reasoning = statedCount(usage, REASONING);
  checkPart(reasoning, output);
  const writes = cacheWritesOf(
    statedCount(usage, WRITTEN),
    statedCount(usage, WRITTEN_5M),
    statedCount(usage, WRITTEN_1H),
  );
  const written = sumOfCounts([writes.cacheWrite5m, writes.cacheWrite1h], 'cache_creation');
  return {
    tokens: {
      input: input?.count ?? null,
      cacheRead: cached?.count ?? null,
      ...writes,
      output: output?.count ?? null,
      reasoning: reasoning?.count ?? null,
    },
    quantities: nonTokenQuantities(usage),
    cacheKind: written > 0 ? 'explicit' : null,
    model: null,
    mode: modeOf(valueAt(usage, 'service_tier'), valueAt(usage, 'speed')),
  };
}
