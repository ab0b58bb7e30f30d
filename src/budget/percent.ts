const MILLION = 1_000_000n;

/**
 * A share of a whole number, rounded down. Exact: a percent has at most 6 decimals, see `limit.ts`.
 *
 * @example shareOf(80, 9n) // 7n
 */
export const shareOf = (percent: number, whole: bigint): bigint =>
  (whole * BigInt(Math.round(percent * Number(MILLION)))) / (100n * MILLION);
