import { Temporal } from 'temporal-polyfill';

/** A run of instants `[from, until)` in ms over which a zone's offset from UTC, in ms, does not change. */
export interface OffsetRun {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

/**
 * Offsets of zones, fast: looked up once per change of a zone's clocks.
 *
 * @returns a function from an instant (ms since 1970 UTC) and an IANA zone to the run of the instant
 */
export function offsetRuns(): (at: number, timeZone: string) => OffsetRun {
  const zones = new Map<string, OffsetRun[]>();
  let last: { zone: string; run: OffsetRun } | null = null;
  return (at, zone) => {
    if (last !== null && last.zone === zone && isIn(last.run, at)) return last.run;
    if (!zones.has(zone)) zones.set(zone, []);
    last = { zone, run: knownOrNew(zones.get(zone)!, at, zone) };
    return last.run;
  };
}

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

const isIn = ({ from, until }: OffsetRun, at: number): boolean => at >= from && at < until;

function knownOrNew(runs: OffsetRun[], at: number, zone: string): OffsetRun {
  const known = runs.find((run) => isIn(run, at));
  if (known !== undefined) return known;
  const run = offsetRun(at, zone);
  runs.push(run);
  return run;
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
