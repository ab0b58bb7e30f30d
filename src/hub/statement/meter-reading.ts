/** What the meters of a unit read: usage by model, of the recordings that are read for tokens. */

import type { MeterLine, MeterTokens } from './meter-line.js';

export interface MeterReading {
  readonly model: string;
  readonly provider: string;
  readonly requests: bigint;
  readonly tokens: MeterTokens;
  /** In millionths, by name. */
  readonly quantities: Readonly<Record<string, bigint>>;
}

/** One reading per model and provider, by name. Lines of bills beside usage have no usage to be read. */
export function meterReadings(lines: readonly MeterLine[]): MeterReading[] {
  const readings = new Map<string, MeterReading>();
  for (const line of lines.filter(({ isReadForTokens, charge }) => isReadForTokens && charge === 'usage')) {
    const key = JSON.stringify([line.model, line.provider]);
    const before = readings.get(key);
    readings.set(key, before === undefined ? readingOf(line) : addReadings(before, line));
  }
  return [...readings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reading]) => reading);
}

const readingOf = ({ model, provider, requests, tokens, quantities }: MeterReading): MeterReading => ({
  ...{ model, provider, requests, tokens, quantities },
});

/** The first one's names; tokens not reported only where neither reports them. */
export const addReadings = (a: MeterReading, b: MeterReading): MeterReading => ({
  model: a.model,
  provider: a.provider,
  requests: a.requests + b.requests,
  tokens: addTokens(a.tokens, b.tokens),
  quantities: addQuantities(a.quantities, b.quantities),
});

export const NO_TOKENS_READ: MeterTokens = {
  ...{ input: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, output: null, reasoning: null },
};

export const addTokens = (a: MeterTokens, b: MeterTokens): MeterTokens => ({
  input: addReported(a.input, b.input),
  cacheRead: addReported(a.cacheRead, b.cacheRead),
  cacheWrite5m: addReported(a.cacheWrite5m, b.cacheWrite5m),
  cacheWrite1h: addReported(a.cacheWrite1h, b.cacheWrite1h),
  output: addReported(a.output, b.output),
  reasoning: addReported(a.reasoning, b.reasoning),
});

export const addReported = (a: bigint | null, b: bigint | null): bigint | null => (a === null ? b : a + (b ?? 0n));

/** By name, so that the order of what is added does not show. */
export function addQuantities(
  a: MeterReading['quantities'],
  b: MeterReading['quantities'],
): Readonly<Record<string, bigint>> {
  const sums = new Map(Object.entries(a));
  for (const [name, value] of Object.entries(b)) sums.set(name, (sums.get(name) ?? 0n) + value);
  return Object.fromEntries([...sums].sort(([x], [y]) => (x < y ? -1 : 1)));
}

/** All tokens of the disjoint classes, so without reasoning; `null`: none is reported. */
export const totalTokens = ({ reasoning: _, ...classes }: MeterTokens): bigint | null =>
  Object.values(classes).reduce(addReported, null);
