import { Temporal } from 'temporal-polyfill';

const DAY_MS = 86_400_000;

/** A run of instants `[from, until)` in ms over which a zone's offset from UTC, in ms, does not change. */
export interface OffsetRun {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

/**
 * Local days of instants as numbers of days since 1970-01-01, fast: a zone's offsets are looked up once per change of its
 * clocks.
 *
 * @returns a function from an instant (ms since 1970 UTC) and an IANA zone to a day number
 */
export function localDayNumbers(): (at: number, timeZone: string) => number {
  const zones = new Map<string, (at: number) => OffsetRun>();
  let last: { zone: string; run: OffsetRun } | null = null;

  function runOf(at: number, zone: string): OffsetRun {
    if (last !== null && last.zone === zone && at >= last.run.from && at < last.run.until) return last.run;
    if (!zones.has(zone)) zones.set(zone, offsetRuns(zone));
    last = { zone, run: zones.get(zone)!(at) };
    return last.run;
  }
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
export const dayText = (day: number): string => Temporal.PlainDate.from('1970-01-01').add({ days: day }).toString();
export const dayNumber = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS;

/** All runs of a zone that touch `[from, to]`, in order. */
export function offsetRunsBetween(from: number, to: number, timeZone: string): OffsetRun[] {
  const runs: OffsetRun[] = [];
  for (let at = from; ; ) {
    const run = offsetRun(at, timeZone);
    runs.push(run);
    if (run.until > to) return runs;
    at = run.until;
  }
}

function offsetRuns(zone: string): (at: number) => OffsetRun {
  const runs: OffsetRun[] = [];
  return (at) => {
    const known = runs.find((run) => at >= run.from && at < run.until);
    if (known !== undefined) return known;
    const run = offsetRun(at, zone);
    runs.push(run);
    return run;
  };
}

function offsetRun(at: number, zone: string): OffsetRun {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  // `previous` is strictly before, and the first instant of a run belongs to it.
  const from = local.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const until = local.getTimeZoneTransition('next');
  return {
    from: from?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: until?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: local.offsetNanoseconds / 1_000_000,
  };
}
