/** Meter lines for tests: a plain one, and what is different about the one at hand. */

import type { MeterLine, MeterTokens } from '../../../src/hub/statement/meter-line.js';

export const NO_TOKENS: MeterTokens = {
  ...{ input: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, output: null, reasoning: null },
};

export const usd = (pico: bigint): MeterLine['cost'] => ({ kind: 'computed', currency: 'USD', pico });

type Changes = Partial<Omit<MeterLine, 'tokens'>> & { readonly tokens?: Partial<MeterTokens> };

export const line = ({ tokens = { input: 100n, output: 20n }, ...changes }: Changes = {}): MeterLine => ({
  unit: 'wukong',
  recording: { role: 'app', source: 'tokenhub', account: 'alibaba' },
  model: 'qwen3-max',
  provider: 'alibaba',
  mode: 'standard',
  charge: 'usage',
  price: { source: 'alibaba', asOf: '2026-04-01', model: 'qwen3-max', region: null, mode: 'standard', tier: 32_000 },
  unpriced: null,
  isCovered: false,
  cost: usd(5n),
  isReadForTokens: true,
  isReadForMoney: true,
  events: 1n,
  requests: 1n,
  quantities: {},
  ...changes,
  tokens: { ...NO_TOKENS, ...tokens },
});
