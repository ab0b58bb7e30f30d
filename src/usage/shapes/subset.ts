/**
 * The shape in which input includes cached input and cache writes, and output includes reasoning: Chat Completions,
 * Responses, embeddings, DeepSeek, Bailian's compatible mode and DashScope's native answers. Their names do not clash,
 * so one reader knows them all.
 */

import { badField } from '../../errors/usage-records.js';
import type { CacheKind } from '../../pricing/price.js';
import type { TokenClasses } from '../../pricing/token-classes.js';
import { countOf, freshInput, sumOfCounts } from '../reading/count.js';
import { type Fields, textOf, valueAt } from '../reading/fields.js';
import { modeOf } from '../reading/mode.js';
import { cacheWritesOf } from './cache-writes.js';
import type { DecodedUsage } from './decoded-usage.js';
import { checkPart, type FieldPlace, partQuantities, type StatedCount, statedCount, valueAtPlace } from './places.js';
import { nonTokenQuantities } from './quantities.js';
import {
  AUDIO_IN,
  AUDIO_OUT,
  CACHE_TYPE,
  CACHED,
  IMAGE_IN,
  INPUT,
  MISSED,
  OUTPUT,
  REASONING,
  TOTAL,
  VIDEO_IN,
  WRITTEN,
  WRITTEN_1H,
  WRITTEN_5M,
} from './subset-places.js';

interface Figures {
  readonly input: StatedCount | null;
  readonly output: StatedCount | null;
  readonly total: StatedCount | null;
  readonly reasoning: StatedCount | null;
  readonly cached: StatedCount | null;
  readonly written: StatedCount | null;
}

/** Decodes a usage object of this shape. Throws BAD_FIELD where its figures contradict each other. */
export function decodeSubsetUsage(usage: Fields): DecodedUsage {
  const figures = figuresOf(usage);
  const { input, output } = figures;
  return {
    tokens: tokensOf(usage, figures),
    quantities: {
      ...nonTokenQuantities(usage),
      ...partQuantities([
        ['audio_input_tokens', statedCount(usage, AUDIO_IN), input],
        ['image_input_tokens', statedCount(usage, IMAGE_IN), input],
        ['video_input_tokens', statedCount(usage, VIDEO_IN), input],
        ['audio_output_tokens', statedCount(usage, AUDIO_OUT), output],
      ]),
    },
    cacheKind: cacheKindOf(usage, figures.cached),
    model: null,
    mode: modeOf(valueAt(usage, 'service_tier'), null),
  };
}

function figuresOf(usage: Fields): Figures {
  const [output, total] = [statedCount(usage, OUTPUT), statedCount(usage, TOTAL)];
  const input = statedCount(usage, INPUT);
  const figures = {
    input: output === null && total === null ? withImages(usage, input) : input,
    output,
    total,
    reasoning: statedCount(usage, REASONING),
    cached: statedCount(usage, CACHED),
    written: statedCount(usage, WRITTEN),
  };
  checkTotal(figures);
  return figures;
}

/** Multimodal embeddings of Bailian count their text as input and their images beside it, and state nothing else. */
function withImages(usage: Fields, input: StatedCount | null): StatedCount | null {
  const images = countOf(valueAt(usage, 'image_tokens'), 'image_tokens');
  const hasDetails = valueAt(usage, 'input_tokens_details') != null;
  if (input === null || images === null || hasDetails) return input;
  return { field: input.field, count: sumOfCounts([input.count, images], 'image_tokens') };
}

/**
 * A total must not be less than its input or its output. One that is more than both together is kept: some servers
 * count in it what they itemise nowhere, and the classes are what is billed.
 */
function checkTotal({ input, output, total }: Figures): void {
  checkPart(input, total);
  checkPart(output, total);
}

function tokensOf(usage: Fields, figures: Figures): TokenClasses {
  const { cached, reasoning } = figures;
  const writes = cacheWritesOf(figures.written, statedCount(usage, WRITTEN_5M), statedCount(usage, WRITTEN_1H));
  const written = sumOfCounts([writes.cacheWrite5m, writes.cacheWrite1h], 'cache_creation_input_tokens');
  const outside = reasoningOutside(figures);
  if (!outside) checkPart(reasoning, figures.output);
  return {
    input: freshIn(usage, figures, written),
    cacheRead: cached?.count ?? null,
    ...writes,
    output: outside ? figures.output!.count + reasoning!.count : (figures.output?.count ?? null),
    reasoning: reasoning?.count ?? null,
  };
}

/** Input less what was read from the cache and written to it. Rerankers state a total and nothing else: it is input. */
function freshIn(usage: Fields, { input, output, total, cached }: Figures, written: number): number | null {
  const missed = statedCount(usage, MISSED);
  if (input === null) return missed?.count ?? (output === null && cached === null ? (total?.count ?? null) : null);
  checkPart(cached, input);
  const hitAndMissed = (cached?.count ?? 0) + (missed?.count ?? 0);
  if (missed !== null) checkPart({ field: missed.field, count: hitAndMissed }, input);
  return freshInput(input.count, (cached?.count ?? 0) + written, input.field);
}

/**
 * xAI leaves reasoning out of `completion_tokens` and counts it in `total_tokens` alone, which gives it away:
 * input + output + reasoning make exactly the total.
 */
function reasoningOutside({ input, output, total, reasoning }: Figures): boolean {
  if (output === null || total === null || reasoning === null || reasoning.count === 0) return false;
  return (input?.count ?? 0) + output.count + reasoning.count === total.count;
}

/**
 * Alibaba names the kind of its cache: `ephemeral` is a cache the caller asked for. Cached tokens without a name come
 * from an automatic cache.
 */
function cacheKindOf(usage: Fields, cached: StatedCount | null): CacheKind | null {
  const [field, type] = statedText(usage, CACHE_TYPE);
  if (type === 'ephemeral') return 'explicit';
  if (type === 'implicit') return 'implicit';
  if (type !== null) throw badField(field, type, 'is no kind of cache known', 'known are ephemeral and implicit');
  if (cached === null || cached.count === 0 || !cached.field.endsWith('details.cached_tokens')) return null;
  return 'implicit';
}

function statedText(usage: Fields, where: readonly FieldPlace[]): readonly [field: string, text: string | null] {
  for (const place of where) {
    const text = textOf(valueAtPlace(usage, place), place.field);
    if (text !== null) return [place.field, text];
  }
  return ['', null];
}
