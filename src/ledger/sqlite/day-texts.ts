import type { Grain } from '../../report/grain.js';
import { dayText } from '../../report/local-days.js';

/**
 * Texts of the days of cells: `YYYY-MM-DD`; of a bucket of several days its first and last, `2026-08-01..2026-08-31`;
 * empty where days were added together.
 */
export function dayTexts(): (day: bigint | null, grain: Grain, days: bigint) => string {
  const known = new Map<bigint, string>();
  const textOf = (day: bigint): string => {
    const text = known.get(day) ?? dayText(Number(day));
    known.set(day, text);
    return text;
  };
  return (day, grain, days) => {
    if (day === null) return '';
    return grain === 'range' ? `${textOf(day)}..${textOf(day + days - 1n)}` : textOf(day);
  };
}
