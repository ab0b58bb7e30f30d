/**
 * Splits an amount over weights so that the parts add up to it exactly.
 *
 * Largest remainder (Hamilton) method: every part is its exact share rounded down, then the pico-units that are left go to
 * the largest remainders; the earlier part wins a tie. A negative amount is split as its positive mirror.
 *
 * @param amount   pico-units
 * @param weights  whole numbers >= 0 of any size
 * @returns        one part per weight, same order, sum equal to `amount`; `null` when every weight is 0
 * @example allocate(10n, [1n, 1n, 1n]) // [4n, 3n, 3n]
 *
 * Time O(n log n).
 */
export function allocate(amount: bigint, weights: readonly bigint[]): bigint[] | null {
  if (weights.some((weight) => weight < 0n)) throw new RangeError('a weight is below 0');
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) return null;
  if (amount < 0n) return allocate(-amount, weights)!.map((part) => -part);
  const parts = weights.map((weight) => (amount * weight) / total);
  const rests = weights.map((weight) => (amount * weight) % total);
  const left = amount - parts.reduce((sum, part) => sum + part, 0n);
  for (const i of largestFirst(rests).slice(0, Number(left))) parts[i]! += 1n;
  return parts;
}

/** Places of the numbers, the earlier one first in a tie. */
const largestFirst = (numbers: readonly bigint[]): number[] =>
  numbers.map((_, i) => i).sort((a, b) => (numbers[a] === numbers[b] ? a - b : numbers[a]! > numbers[b]! ? -1 : 1));
