/** Times of the example: October 2026, days and hours of UTC+8. */

export const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const ZONE_MS = 8 * HOUR_MS;
export const DAYS = Array.from({ length: 31 }, (_, index) => index + 1);

/** The instant of a time in UTC+8, ms since 1970; day 32 is 1 November. */
export const instant = (day, hour, minute = 0, second = 0) =>
  Date.UTC(2026, 9, day) - ZONE_MS + hour * HOUR_MS + minute * MINUTE_MS + second * 1000;

const local = (at) => new Date(at + ZONE_MS).toISOString();
/** `2026-10-05T09:01:00+08:00` */
export const localText = (at) => `${local(at).slice(0, 19)}+08:00`;
/** `2026-10-05` in UTC+8. */
export const localDay = (at) => local(at).slice(0, 10);
/** `09:00` in UTC+8. */
export const localHour = (at) => `${local(at).slice(11, 13)}:00`;
/** `2026-10-05T01:01:00.000Z` */
export const utcText = (at) => new Date(at).toISOString();
/** Monday to Friday. */
export const isWeekday = (day) => ![0, 6].includes(new Date(Date.UTC(2026, 9, day)).getUTCDay());
