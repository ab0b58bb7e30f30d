import { Temporal } from 'temporal-polyfill';
import { offsetRuns } from './offset-runs.js';

const DAY_MS = 86_400_000;

/**
 * Local calendar dates of instants, fast.
 *
 * @returns a function from an instant (ms since 1970 UTC) and an IANA zone to `YYYY-MM-DD`
 * @example localDays()(Date.parse('2026-10-01T18:30:00Z'), 'Asia/Kolkata') // '2026-10-02'
 */
export function localDays(): (at: number, timeZone: string) => string {
  const runOf = offsetRuns();
  const texts = new Map<number, string>();
  return (at, zone) => {
    const day = Math.floor((at + runOf(at, zone).offset) / DAY_MS);
    const known = texts.get(day);
    if (known !== undefined) return known;
    const text = Temporal.PlainDate.from('1970-01-01').add({ days: day }).toString();
    texts.set(day, text);
    return text;
  };
}
