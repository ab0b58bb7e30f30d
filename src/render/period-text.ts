import { Temporal } from 'temporal-polyfill';

interface Period {
  /** ISO 8601 instants, half-open; `null`: open. */
  readonly from: string | null;
  readonly to: string | null;
  /** IANA zone. */
  readonly tz: string;
}

/**
 * A window in words people use: whole days inclusive, `2026-10-01 to 2026-10-31`; instants as half-open local times.
 *
 * @example periodText({ from: '2026-10-05T00:00:00Z', to: '2026-10-06T00:00:00Z', tz: 'UTC' }) // '2026-10-05'
 */
export function periodText({ from, to, tz }: Period): string {
  const start = from === null ? null : local(from, tz);
  const end = to === null ? null : local(to, tz);
  if (start === null && end === null) return 'all recorded time';
  if (end === null) return `from ${start!.isDay ? start!.day : start!.time}`;
  const last = end.isDay ? end.dayBefore : `before ${end.time}`;
  if (start === null) return `until ${last}`;
  const first = start.isDay ? start.day : start.time;
  return first === last ? first : `${first} to ${last}`;
}

interface Local {
  readonly isDay: boolean;
  readonly day: string;
  readonly dayBefore: string;
  readonly time: string;
}

function local(instant: string, tz: string): Local {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(tz);
  const day = at.toPlainDate();
  return {
    isDay: at.startOfDay().epochMilliseconds === at.epochMilliseconds,
    day: day.toString(),
    dayBefore: day.subtract({ days: 1 }).toString(),
    time: at.toPlainDateTime().toString().replace('T', ' '),
  };
}
