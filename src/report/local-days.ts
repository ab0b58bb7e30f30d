import { offsetRuns } from './offset-runs.js';

const DAY_MS = 86_400_000;

/**
 * Local days of instants as numbers of days since 1970-01-01, fast.
 *
 * @returns a function from an instant (ms since 1970 UTC) and an IANA zone to a day number
 */
export function localDayNumbers(): (at: number, timeZone: string) => number {
  const runOf = offsetRuns();
  return (at, zone) => Math.floor((at + runOf(at, zone).offset) / DAY_MS);
}

/**
 * Local calendar dates of instants.
 *
 * @returns a function from an instant (ms since 1970 UTC) and an IANA zone to `YYYY-MM-DD`
 * @example localDays()(Date.parse('2026-10-01T18:30:00Z'), 'Asia/Kolkata') // '2026-10-02'
 */
export function localDays(): (at: number, timeZone: string) => string {
  const numberOf = localDayNumbers();
  const texts = new Map<number, string>();
  return (at, zone) => {
    const day = numberOf(at, zone);
    const known = texts.get(day);
    if (known !== undefined) return known;
    const text = dayText(day);
    texts.set(day, text);
    return text;
  };
}

/** `YYYY-MM-DD` of a day number, and back. */
export function dayText(day: number): string {
  const text = new Date(day * DAY_MS).toISOString();
  return text.slice(0, text.indexOf('T'));
}
export const dayNumber = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
