/** When a provider's bill of a period is final. */

import { Temporal } from 'temporal-polyfill';

/** Bills of Alibaba Cloud are final at 12:00 of day 3 of the next month, in its own time, UTC+8. */
const BEIJING = 'Asia/Shanghai';

/** Sources whose bills are preliminary for some days after a month. */
export const PRELIMINARY_SOURCES: ReadonlySet<string> = new Set(['alibaba-bill']);

/**
 * When the bills of a period's last month are final.
 *
 * @param lastDay  `YYYY-MM-DD`
 * @returns        milliseconds since 1970 UTC
 * @example finalAt('2026-10-31') // 2026-11-03T04:00:00Z
 */
export const finalAt = (lastDay: string): number =>
  Temporal.PlainDate.from(lastDay)
    .with({ day: 1 })
    .add({ months: 1 })
    .with({ day: 3 })
    .toZonedDateTime({ timeZone: BEIJING, plainTime: '12:00' }).epochMilliseconds;
