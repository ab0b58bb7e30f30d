/**
 * The built-in Alibaba prices (Bailian, Model Studio) and the rules that derive cache and batch rates from them.
 *
 * - Implicit cache hit: 20% of the tier's input rate, 40% before 2026-01-01 (UTC+8); a model with a cached price of its
 *   own uses that. Explicit hit: 10%. Explicit write (5 minutes): 125%. No one-hour write exists, so it has no price.
 * - Batch: 50% of input and output, and not combined with cache discounts: cached input of a batch call is billed at the
 *   batch input rate, and a cache write in it has no price.
 * - No price is known for the modes flex, priority and fast.
 */

import { MAINLAND } from './alibaba-prices-cn.js';
import { INTERNATIONAL } from './alibaba-prices-intl.js';
import type { AlibabaModel, AlibabaRegion, AlibabaTable, AlibabaTier } from './alibaba-table.js';
import { formatDecimal, multiplyDecimals, parseDecimal } from './decimal.js';
import { modelName } from './model-name.js';
import { ALWAYS, type Price, type PriceSource, type Rate, type Rates, type Validity } from './price.js';

const SHARE = { implicitHit: '0.2', implicitHitBefore2026: '0.4', explicitHit: '0.1', write: '1.25', batch: '0.5' };

const BATCH_NOTE = '0.5 of the standard price, without cache discounts';

/** 2026-01-01T00:00+08:00. */
const CHEAPER_HITS_FROM = Date.UTC(2025, 11, 31, 16);

/**
 * The built-in list as a price source for the providers `alibaba` (the configured region), `alibaba-cn` and
 * `alibaba-intl`. An unknown model has no price; a dated snapshot only where the source lists it.
 */
export function alibabaPrices({ region }: { readonly region: AlibabaRegion }): PriceSource {
  const mainland = pricesByName(MAINLAND);
  const international = pricesByName(INTERNATIONAL);
  const regions = new Map([
    ['alibaba', region === 'cn' ? mainland : international],
    ['alibaba-cn', mainland],
    ['alibaba-intl', international],
  ]);
  return {
    name: 'alibaba',
    asOf: region === 'cn' ? MAINLAND.asOf : INTERNATIONAL.asOf,
    names: () => [...regions].flatMap(([provider, prices]) => [...prices.keys()].map((model) => ({ provider, model }))),
    pricesOf: ({ model, provider, mode }) => {
      const prices = regions.get(provider)?.get(modelName(model, provider));
      if (prices === undefined) return null;
      if (mode === 'batch') return () => prices.batch;
      return mode === 'standard' ? (at) => (at < CHEAPER_HITS_FROM ? prices.before2026 : prices.standard) : null;
    },
  };
}

/** Every price of one model, ready to be chosen from by mode and instant. */
interface ModelPrices {
  readonly standard: Price;
  readonly before2026: Price;
  readonly batch: Price;
}

const pricesByName = (table: AlibabaTable): Map<string, ModelPrices> =>
  new Map(table.models.flatMap((model) => model.names.map((name) => [name, pricesOf(name, model, table)] as const)));

function pricesOf(name: string, { tiers, reference, note }: AlibabaModel, table: AlibabaTable): ModelPrices {
  const { region, currency, asOf } = table;
  const price = (mode: Price['mode'], valid: Validity, ratesOf: (tier: AlibabaTier) => Rates): Price => ({
    model: name,
    provider: 'alibaba',
    currency,
    region,
    mode,
    tiers: tiers.map((tier) => ({ upTo: tier.upTo, rates: ratesOf(tier) })),
    source: 'alibaba',
    asOf,
    reference,
    valid,
    note: mode === 'batch' ? BATCH_NOTE : (note ?? null),
  });
  const before = { ...ALWAYS, to: CHEAPER_HITS_FROM };
  const since = { ...ALWAYS, from: CHEAPER_HITS_FROM };
  return {
    standard: price('standard', since, (tier) => standardRates(tier, SHARE.implicitHit)),
    before2026: price('standard', before, (tier) => standardRates(tier, SHARE.implicitHitBefore2026)),
    batch: price('batch', ALWAYS, batchRates),
  };
}

const standardRates = ({ input, output, thinking, cached }: AlibabaTier, implicitHit: Rate): Rates => ({
  input,
  cacheRead: cached ?? times(input, implicitHit),
  cacheReadExplicit: times(input, SHARE.explicitHit),
  cacheWrite5m: times(input, SHARE.write),
  cacheWrite1h: null,
  output,
  outputThinking: thinking ?? null,
  inputAudio: null,
  outputAudio: null,
});

const batchRates = ({ input, output, thinking }: AlibabaTier): Rates => ({
  input: times(input, SHARE.batch),
  cacheRead: times(input, SHARE.batch),
  cacheReadExplicit: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  output: times(output, SHARE.batch),
  outputThinking: thinking === undefined ? null : times(thinking, SHARE.batch),
  inputAudio: null,
  outputAudio: null,
});

const times = (rate: Rate, share: Rate): Rate =>
  formatDecimal(multiplyDecimals(parseDecimal(rate), parseDecimal(share)));
