/** When each price of a genai-prices model is in force. */

import type { ConditionalPrice, ModelInfo, ModelPrice } from '@pydantic/genai-prices';
import type { Validity } from './price.js';

/** One price of a model and when it is in force. */
export interface Stretch {
  readonly prices: ModelPrice;
  readonly valid: Validity;
  readonly holds: (at: number) => boolean;
}

/**
 * The prices of a listed model, from the oldest to the newest; the last that holds is in force.
 *
 * Two traps of the list are mended here, both told in its own comments (issue 582 of its repository): a daily window
 * listed after a start date is in force only from that date on, though the entry cannot say so; and DeepSeek bills its V4
 * models off-peak all day at weekends of Beijing from 2026-08-23 on. Start dates are UTC, daily windows carry their own
 * zone.
 */
export function scheduleOf({ id, prices }: ModelInfo): readonly Stretch[] {
  if (!Array.isArray(prices)) return [{ prices, valid: { from: null, to: null, hours: null }, holds: () => true }];
  let from: number | null = null;
  return prices.map((entry, index) => {
    from = startOf(entry) ?? from;
    const later = prices.slice(index + 1).map(startOf);
    const to = later.find((start) => start !== null) ?? null;
    const daily = windowOf(entry);
    const peaks = prices.slice(index + 1).map(windowOf);
    const ended = later.findIndex((start) => start !== null);
    const hours = daily === null ? outside(peaks.slice(0, ended === -1 ? undefined : ended)) : daily.text;
    return { prices: entry.prices, valid: { from, to, hours }, holds: holdsFor(id, from, daily) };
  });
}

/** The price in force at an instant (ms since 1970 UTC); `null`: none yet. A loop, because it is asked once per event. */
export function inForce<Each extends Stretch>(schedule: readonly Each[], at: number): Each | null {
  for (let index = schedule.length - 1; index >= 0; index--) if (schedule[index]!.holds(at)) return schedule[index]!;
  return null;
}

const startOf = ({ constraint }: ConditionalPrice): number | null =>
  constraint?.type === 'start_date' ? Date.parse(constraint.start_date) : null;

/** `[start, end)`, ms of the day in UTC, perhaps over midnight. */
interface DailyWindow {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function windowOf({ constraint }: ConditionalPrice): DailyWindow | null {
  if (constraint?.type !== 'time_of_date') return null;
  const start = Date.parse(`1970-01-01T${constraint.start_time}`);
  const end = Date.parse(`1970-01-01T${constraint.end_time}`);
  return { start, end, text: `${clock(start)}-${clock(end)} UTC` };
}

const clock = (at: number): string => new Date(modulo(at, DAY)).toISOString().slice(11, 16);

function outside(windows: readonly (DailyWindow | null)[]): string | null {
  const texts = windows.flatMap((window) => (window === null ? [] : [window.text]));
  return texts.length === 0 ? null : `outside ${texts.join(' and ')}`;
}

function holdsFor(id: string, from: number | null, daily: DailyWindow | null): (at: number) => boolean {
  const start = from ?? Number.NEGATIVE_INFINITY;
  if (daily === null) return (at) => at >= start;
  const length = modulo(daily.end - daily.start, DAY);
  return (at) => at >= start && modulo(at - daily.start, DAY) < length && !isOffPeakWeekend(id, at);
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
