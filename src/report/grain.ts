/** How much time one record stands for. */

/** A single request, or a bucket: of a minute, of up to an hour, of one day, of several days. The finest first. */
export const GRAINS = ['request', 'minute', 'hour', 'day', 'range'] as const;
export type Grain = (typeof GRAINS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** @param until  end of the bucket, exclusive, in ms; `null` for a single request */
export function grainOf(at: number, until: number | null): Grain {
  if (until === null) return 'request';
  const length = until - at;
  if (length <= MINUTE_MS) return 'minute';
  if (length <= HOUR_MS) return 'hour';
  return length <= DAY_MS + HOUR_MS ? 'day' : 'range'; // a day on which clocks go back has 25 hours
}

/** Calendar days of a bucket of several whole ones, 0 for anything shorter. Clock changes do not add up to half a day. */
export const spanDays = (at: number, until: number | null): number =>
  until === null || grainOf(at, until) !== 'range' ? 0 : Math.max(2, Math.round((until - at) / DAY_MS));
