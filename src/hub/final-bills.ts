/** When a provider's bill is final. */

/** Sources whose bills are preliminary for some days after a month. */
export const PRELIMINARY_SOURCES: ReadonlySet<string> = new Set(['alibaba-bill']);

/** Alibaba Cloud bills by the months of its own time, UTC+8 all the year. */
const OFFSET_MS = 8 * 3_600_000;

/**
 * When the bill of a month is final: at 12:00 of day 3 of the next month, UTC+8.
 *
 * @param at  an instant of the month, ms
 * @returns   milliseconds since 1970 UTC
 * @example finalAt(Date.parse('2026-10-31')) // 2026-11-03T04:00:00Z
 */
export function finalAt(at: number): number {
  const local = new Date(at + OFFSET_MS);
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 3, 12) - OFFSET_MS;
}
