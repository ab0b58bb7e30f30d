/** When each price of a genai-prices model is in force. */

import type { ConditionalPrice, ModelInfo, ModelPrice } from '@pydantic/genai-prices';

/**
 * The price of a listed model at an instant.
 *
 * Entries stand from the oldest to the newest; the last whose condition holds is in force. Two traps of the list are
 * mended here, both told in its own comments (issue 582 of its repository): a daily window listed after a start date is
 * in force only from that date on, though the entry cannot say so; and DeepSeek bills its V4 models off-peak all day at
 * weekends of Beijing from 2026-08-23 on. Start dates are UTC, daily windows carry their own zone.
 *
 * @param at  ms since 1970 UTC
 */
export function priceInForce({ id, prices }: ModelInfo, at: number): ModelPrice | null {
  if (!Array.isArray(prices)) return prices;
  let found: ModelPrice | null = null;
  for (const entry of prices) {
    if (startsLater(entry, at)) break;
    if (isWithinWindow(entry, at) && !(isWindow(entry) && isOffPeakWeekend(id, at))) found = entry.prices;
  }
  return found;
}

const startsLater = ({ constraint }: ConditionalPrice, at: number): boolean =>
  constraint?.type === 'start_date' && at < Date.parse(constraint.start_date);

const isWindow = ({ constraint }: ConditionalPrice): boolean => constraint?.type === 'time_of_date';

/** True for an entry without a daily window, and for one whose window `[start, end)`, perhaps over midnight, holds `at`. */
function isWithinWindow({ constraint }: ConditionalPrice, at: number): boolean {
  if (constraint?.type !== 'time_of_date') return true;
  const start = Date.parse(`1970-01-01T${constraint.start_time}`);
  const end = Date.parse(`1970-01-01T${constraint.end_time}`);
  return modulo(at - start, DAY) < modulo(end - start, DAY);
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

/** 2026-08-23T00:00+08:00. */
const OFF_PEAK_WEEKENDS_FROM = Date.UTC(2026, 7, 22, 16);

function isOffPeakWeekend(id: string, at: number): boolean {
  const weekday = new Date(at + 8 * HOUR).getUTCDay();
  return id.startsWith('deepseek-v4-') && at >= OFF_PEAK_WEEKENDS_FROM && (weekday === 0 || weekday === 6);
}
