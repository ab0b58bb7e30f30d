/** Prices of the package `@pydantic/genai-prices` as a price source: many providers, dated, in USD. */

import type { ModelInfo, ModelPrice } from '@pydantic/genai-prices';
import { formatDecimal, parseDecimal } from './decimal.js';
import { type Library, type ListedModel, listedModel, matchedModel, namesListed } from './genai-match.js';
import { inForce, type Stretch, scheduleOf } from './genai-schedule.js';
import { type ModeRule, modeRule, priceByRule } from './mode-rules.js';
import { isFloating, modelName } from './model-name.js';
import type { Mode, Price, PriceAt, PriceSource, PriceTier, Rate, Rates } from './price.js';

const NAME = '@pydantic/genai-prices';
/** Pinned in package.json; a test compares the two. */
export const VERSION = '0.1.8';

/**
 * Opens the list. The package takes a quarter of a second to load, so it is imported here and not at the top.
 *
 * What it prices: mode `standard`, and other modes where `mode-rules.ts` has the provider's rule for them; models as
 * `genai-match.ts` accepts them, at the instant of the query. Its floats become decimals by their shortest text.
 * `cache_write_mtok` is the five-minute write; a one-hour write the list does not state has no price (it states it for
 * every Claude model of Anthropic that caches), nor has cached input it does not.
 * A price with parts that our rates cannot carry (per request, reasoning apart from output, image or video tokens) is
 * no price here, because usage would be priced too low by it.
 */
export async function openGenaiPrices(): Promise<PriceSource> {
  return genaiPrices(await import('@pydantic/genai-prices'));
}

/** Prices over time by model and mode, kept as long as the list is, so that the same price is the same object. */
function genaiPrices(library: Library): PriceSource {
  const known = new WeakMap<ModelInfo, Map<string, PriceAt>>();
  return {
    name: NAME,
    asOf: VERSION,
    names: () => namesListed(library),
    knowsFloating: ({ model, provider }) => {
      const name = modelName(model, provider);
      return isFloating(name) && matchedModel(library, name, provider) !== null;
    },
    pricesOf: ({ model, provider, mode }) => {
      const rule = modeRule(provider, mode);
      const listed = mode === 'standard' || rule !== null ? listedModel(library, model, provider) : null;
      if (listed === null) return null;
      const ofModel = known.get(listed.model) ?? new Map<string, PriceAt>();
      known.set(listed.model, ofModel);
      const prices = ofModel.get(mode) ?? pricesOverTime(listed, provider, mode, rule);
      ofModel.set(mode, prices);
      return prices;
    },
  };
}

function pricesOverTime(listed: ListedModel, provider: string, mode: Mode, rule: ModeRule | null): PriceAt {
  const schedule = scheduleOf(listed.model).map((stretch) => {
    const standard = priceOf(listed, stretch, provider);
    return { ...stretch, price: standard === null || rule === null ? standard : priceByRule(standard, mode, rule) };
  });
  return (at) => inForce(schedule, at)?.price ?? null;
}

/** Our rate → the list's key. */
const KEYS = {
  input: 'input_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite5m: 'cache_write_mtok',
  cacheWrite1h: 'cache_write_1h_mtok',
  output: 'output_mtok',
  inputAudio: 'input_audio_mtok',
  outputAudio: 'output_audio_mtok',
} as const;

/** Keys that may be passed over: they price what an event reports beside its tokens, and what it cannot report. */
const PASSED_OVER = /^(?:web_searches_kcount|storage_searches_kcount|cache_audio_read_mtok|(?:input_)?audio_hours)$/;

function priceOf({ model, provider }: ListedModel, stretch: Stretch, ourProvider: string): Price | null {
  const { prices: listed, valid } = stretch;
  const keys = Object.keys(listed).filter((key) => listed[key] !== undefined && !PASSED_OVER.test(key));
  const known: readonly string[] = Object.values(KEYS);
  if (keys.length === 0 || keys.some((key) => !known.includes(key))) return null;
  return {
    model: model.id,
    provider: ourProvider,
    currency: 'USD',
    region: /^(regional|global)\./.exec(model.id)?.[1] ?? null,
    mode: 'standard',
    tiers: tiersOf(listed),
    source: NAME,
    asOf: VERSION,
    reference: provider.pricing_urls?.[0] ?? 'https://github.com/pydantic/genai-prices',
    valid,
    note: null,
  };
}

/** The list's tiers begin above `start` (`input > start`), so `start` is the inclusive end of the tier before. */
function tiersOf(listed: ModelPrice): PriceTier[] {
  const starts = Object.values(KEYS).flatMap((key) => {
    const price = listed[key];
    return typeof price === 'object' ? price.tiers.map(({ start }) => start) : [];
  });
  const bounds = [...new Set(starts)].sort((a, b) => a - b);
  return [...bounds, null].map((upTo, index) => ({
    upTo,
    rates: ratesAt(listed, index === 0 ? 0 : bounds[index - 1]! + 1),
  }));
}

const ratesAt = (listed: ModelPrice, input: number): Rates => ({
  input: rateAt(listed, KEYS.input, input),
  cacheRead: rateAt(listed, KEYS.cacheRead, input),
  cacheReadExplicit: null,
  cacheWrite5m: rateAt(listed, KEYS.cacheWrite5m, input),
  cacheWrite1h: rateAt(listed, KEYS.cacheWrite1h, input),
  output: rateAt(listed, KEYS.output, input),
  outputThinking: null,
  inputAudio: rateAt(listed, KEYS.inputAudio, input),
  outputAudio: rateAt(listed, KEYS.outputAudio, input),
});

/** The class's rate for a request of `input` tokens, cached ones included. */
function rateAt(listed: ModelPrice, key: string, input: number): Rate | null {
  const price = listed[key];
  if (price === undefined) return null;
  const rate =
    typeof price === 'number'
      ? price
      : (price.tiers.toSorted((a, b) => a.start - b.start).findLast(({ start }) => input > start)?.price ?? price.base);
  return formatDecimal(parseDecimal(String(rate)));
}
