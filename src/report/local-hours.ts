import { type OffsetRun, offsetRuns } from './offset-runs.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * Local hours of instants, fast. An hour of which the clocks show a part twice, as when summer time ends, is two: each
 * then names its offset from UTC.
 *
 * @returns a function from an instant (ms since 1970 UTC) and an IANA zone to `YYYY-MM-DDThh`, or `YYYY-MM-DDThh+hh:mm`
 * @example localHours()(Date.parse('2026-10-05T18:45:00Z'), 'Asia/Kolkata') // '2026-10-06T00'
 * @example localHours()(Date.parse('2026-10-25T00:30:00Z'), 'Europe/Berlin') // '2026-10-25T02+02:00'
 */
export function localHours(): (at: number, timeZone: string) => string {
  const runOf = offsetRuns();
  const offsetAt = (at: number, zone: string) => (Number.isFinite(at) ? runOf(at, zone).offset : null);

  /** `hour`: what the clocks of the run show when it begins, as ms. */
  function isShownTwice(hour: number, { from, until, offset }: OffsetRun, zone: string): boolean {
    const before = offsetAt(from - 1, zone);
    const after = offsetAt(until, zone);
    return (
      (before !== null && before > offset && hour < from + before) ||
      (after !== null && after < offset && hour + HOUR_MS > until + after)
    );
  }

  /** The hour looked up last: events come in order of time, so the next one is often of the same. */
  let last = { zone: '', from: 0, until: 0, text: '' };
  return (at, zone) => {
    if (zone === last.zone && at >= last.from && at < last.until) return last.text;
    const run = runOf(at, zone);
    const hour = Math.floor((at + run.offset) / HOUR_MS) * HOUR_MS;
    const isNearChange = at - run.from < NEAR_MS || run.until - at < NEAR_MS;
    const offset = isNearChange && isShownTwice(hour, run, zone) ? offsetText(run.offset) : '';
    const from = hour - run.offset;
    const text = new Date(hour).toISOString().slice(0, 13) + offset;
    last = { zone, from: Math.max(from, run.from), until: Math.min(from + HOUR_MS, run.until), text };
    return text;
  };
}

/** No clocks are turned by more than this; Samoa skipped a whole day. */
const NEAR_MS = 26 * HOUR_MS;

/** `+05:30` */
function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / MINUTE_MS);
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
