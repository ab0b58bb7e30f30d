/** Prices of service modes that a provider documents as a share of the standard price. */

import { formatDecimal, multiplyDecimals, parseDecimal } from './decimal.js';
import type { Mode, Price, Rate, Rates } from './price.js';

export interface ModeRule {
  /** Part of the standard price of every class of text tokens. */
  readonly share: Rate;
  readonly reference: string;
}

/**
 * Only what its provider documents: OpenAI bills batch and flex at half, cached input included; Anthropic bills batch at
 * half, and its cache prices (read 0.1, write 1.25 and 2 times the input) are multiplied with that. Priority and fast
 * are dearer by factors that differ by model. Platforms that resell these models have rules of their own.
 */
const RULES: Readonly<Record<string, Partial<Record<Mode, ModeRule>>>> = {
  openai: {
    batch: { share: '0.5', reference: 'https://platform.openai.com/docs/guides/batch' },
    flex: { share: '0.5', reference: 'https://platform.openai.com/docs/guides/flex-processing' },
  },
  anthropic: {
    batch: { share: '0.5', reference: 'https://docs.claude.com/en/docs/build-with-claude/batch-processing' },
  },
};

export const modeRule = (provider: string, mode: Mode): ModeRule | null =>
  (Object.hasOwn(RULES, provider) ? RULES[provider]![mode] : undefined) ?? null;

/**
 * The price of a mode by its rule, named as its source. Audio has no price: neither batch nor flex serves it.
 *
 * @param standard  price of the mode `standard`
 */
export const priceByRule = (standard: Price, mode: Mode, { share, reference }: ModeRule): Price => ({
  ...standard,
  mode,
  tiers: standard.tiers.map(({ upTo, rates }) => ({
    upTo,
    rates: { ...shareOfRates(rates, share), inputAudio: null, outputAudio: null },
  })),
  source: `${standard.source}, ${mode} rule`,
  reference,
  note: `${share} of the standard price, by the provider's rule for ${mode}`,
});

/** Every rate times an exact share. */
export const shareOfRates = (rates: Rates, share: Rate): Rates => {
  const part = parseDecimal(share);
  const scaled = (rate: Rate | null) =>
    rate === null ? null : formatDecimal(multiplyDecimals(parseDecimal(rate), part));
  return {
    input: scaled(rates.input),
    cacheRead: scaled(rates.cacheRead),
    cacheReadExplicit: scaled(rates.cacheReadExplicit),
    cacheWrite5m: scaled(rates.cacheWrite5m),
    cacheWrite1h: scaled(rates.cacheWrite1h),
    output: scaled(rates.output),
    outputThinking: scaled(rates.outputThinking),
    inputAudio: scaled(rates.inputAudio),
    outputAudio: scaled(rates.outputAudio),
  };
};
