/** A period as it is typed. */

import { Temporal } from 'temporal-polyfill';

/** Instants of ISO 8601, `to` exclusive, and the zone whose days are meant. */
interface Period {
  readonly from: string;
  readonly to: string;
  /** IANA zone. */
  readonly tz: string;
}

/** A whole month or day by its name; whole days by the first and the last; else instants. @example `--period 2026-10` */
export function periodFlags({ from, to, tz }: Period): string {
  const [start, end] = [from, to].map((instant) => Temporal.Instant.from(instant).toZonedDateTimeISO(tz));
  const isWhole = [start!, end!].every((at) => at.startOfDay().epochMilliseconds === at.epochMilliseconds);
  if (!isWhole) return `--from ${from} --to ${to}`;
  const [first, next] = [start!.toPlainDate(), end!.toPlainDate()];
  const last = next.subtract({ days: 1 });
  if (first.day === 1 && first.add({ months: 1 }).equals(next)) return `--period ${first.toPlainYearMonth()}`;
  return first.equals(last) ? `--period ${first}` : `--from ${first} --to ${last}`;
}
