const LEVELS = '▁▂▃▄▅▆▇█';
/** A day on which nothing was used. */
const GAP = '·';

/**
 * Amounts as blocks of eight heights, the largest the highest; one character each.
 *
 * @param amounts  from 0; `null`: nothing
 * @example sparkText([1n, null, 8n]) // '▁·█'
 */
export function sparkText(amounts: readonly (bigint | null)[]): string {
  const largest = amounts.reduce<bigint>((max, amount) => (amount !== null && amount > max ? amount : max), 0n);
  const levels = BigInt(LEVELS.length);
  const levelOf = (amount: bigint) => (largest === 0n || amount <= 0n ? 0n : (amount * levels - 1n) / largest);
  return amounts.map((amount) => (amount === null ? GAP : LEVELS[Number(levelOf(amount))]!)).join('');
}
