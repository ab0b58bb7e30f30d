import type { MeterLine } from './meter-line.js';

/**
 * The lines as one text, a line each, for a hash: the same usage makes the same text, whichever ledger holds it. In the
 * order of the lines.
 */
export const canonicalLines = (lines: readonly MeterLine[]): string => lines.map(canonicalLine).join('');

function canonicalLine({ recording, price, cost, tokens, quantities, ...line }: MeterLine): string {
  const { unit, model, provider, mode, charge, unpriced, isCovered, isReadForTokens, isReadForMoney } = line;
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning } = tokens;
  const parts = [
    ...[unit, recording.role, recording.source, recording.account, model, provider, mode, charge],
    price === null ? null : canonicalPrice(price),
    ...[unpriced, isCovered, isReadForTokens, isReadForMoney],
    cost === null ? null : [cost.kind, cost.currency, text(cost.pico)],
    [line.events, line.requests, input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning].map(text),
    Object.entries(quantities)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, text(value)]),
  ];
  return `${JSON.stringify(parts)}\n`;
}

/** The prices that costs of the lines were computed with, each once, a line each, by name. */
export function canonicalPrices(lines: readonly MeterLine[]): string {
  const prices = lines.flatMap(({ price, isReadForMoney }) =>
    price === null || !isReadForMoney ? [] : [`${JSON.stringify(canonicalPrice(price))}\n`],
  );
  return [...new Set(prices)].sort().join('');
}

const canonicalPrice = ({ source, asOf, model, region, mode, tier }: NonNullable<MeterLine['price']>) => [
  ...[source, asOf, model, region, mode, tier],
];

const text = (count: bigint | null): string | null => (count === null ? null : count.toString());
