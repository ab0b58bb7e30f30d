import type { Price, Rates } from './price.js';

/**
 * What one price says otherwise than another: `currency` alone where that differs, since then nothing else can be
 * compared; `tiers` where their bounds do; and the rates that differ in a tier that both have.
 *
 * Rates are compared as their texts, which are canonical.
 */
export function differences(a: Price, b: Price): readonly string[] {
  if (a.currency !== b.currency) return ['currency'];
  const bounds = (price: Price) => price.tiers.map(({ upTo }) => upTo).join();
  const rates = a.tiers.flatMap((tier, index) => {
    const other = b.tiers[index];
    return other === undefined ? [] : RATE_NAMES.filter((name) => tier.rates[name] !== other.rates[name]);
  });
  return [...(bounds(a) === bounds(b) ? [] : ['tiers']), ...RATE_NAMES.filter((name) => rates.includes(name))];
}

/** In the order they are shown. */
export const RATE_NAMES = [
  'input',
  'cacheRead',
  'cacheReadExplicit',
  'cacheWrite5m',
  'cacheWrite1h',
  'output',
  'outputThinking',
  'inputAudio',
  'outputAudio',
] as const satisfies readonly (keyof Rates)[];
