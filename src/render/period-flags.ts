import { Temporal } from 'temporal-polyfill';

/** A half-open period, as ISO 8601 instants, and the zone whose days it is of. */
interface Period {
  readonly from: string;
  readonly to: string;
  readonly tz: string;
}

/** A whole month or day by its name; whole days by the first and the last; else instants. */
export function periodParts({ from, to, tz }: Period): Readonly<Partial<Record<'period' | 'from' | 'to', string>>> {
  const [start, end] = [from, to].map((instant) => Temporal.Instant.from(instant).toZonedDateTimeISO(tz));
  const isWhole = [start!, end!].every((at) => at.startOfDay().epochMilliseconds === at.epochMilliseconds);
  if (!isWhole) return { from, to };
  const [first, next] = [start!.toPlainDate(), end!.toPlainDate()];
  const last = next.subtract({ days: 1 });
  if (first.day === 1 && first.add({ months: 1 }).equals(next)) return { period: `${first.toPlainYearMonth()}` };
  return first.equals(last) ? { period: `${first}` } : { from: `${first}`, to: `${last}` };
}

/** @example `--period 2026-10`, or `--from 2026-10-05 --to 2026-10-11` */
export const periodFlags = (period: Period): string =>
  Object.entries(periodParts(period))
    .map(([name, value]) => `--${name} ${value}`)
    .join(' ');
