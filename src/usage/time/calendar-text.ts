/** Dates as bills write them. */

/** `2026-08-02` of `20260802`; any other text as it is. */
export const dashedDate = (text: string): string => text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

/** First day of a month and of the one after it, `2026-08-01` and `2026-09-01` of `202608` or `2026-08`; `null`: no month. */
export function monthDays(text: string): readonly [first: string, next: string] | null {
  const parts = /^(\d{4})-?(0[1-9]|1[0-2])$/.exec(text);
  if (parts === null) return null;
  const [year, month] = [Number(parts[1]), Number(parts[2])];
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  return [firstDay(year, month), firstDay(nextYear, nextMonth)];
}

const firstDay = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}-01`;
