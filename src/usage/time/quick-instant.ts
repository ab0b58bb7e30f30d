/** The spelling of times that logs use most, read quickly. */

import type { CodeUnits } from '../source.js';
import { exists } from './time-zone.js';

const [DASH, COLON, DOT, LETTER_T, LETTER_Z] = [45, 58, 46, 84, 90];
const LONGEST = 24;
const scratch = new Uint16Array(LONGEST);
/** The date read last, as a number of eight digits: most records are of the day of the one before. */
let lastDate = -1;
/** Its first instant (ms). */
let lastMidnight = Number.NaN;

/** The instant (ms) of `2026-10-31T18:00:00Z` or `2026-10-31T18:00:00.123Z`; -1 for any other text. */
export function quickInstant(text: string): number {
  const { length } = text;
  if (length > LONGEST) return -1;
  for (let i = 0; i < length; i++) scratch[i] = text.charCodeAt(i);
  return quickInstantIn(scratch, 0, length);
}

/** The same of code units `[start, end)`. */
export function quickInstantIn(codes: CodeUnits, start: number, end: number): number {
  const length = end - start;
  if ((length !== 20 && length !== 24) || codes[end - 1] !== LETTER_Z) return -1;
  if (codes[start + 10] !== LETTER_T || codes[start + 13] !== COLON || codes[start + 16] !== COLON) return -1;
  if (length === 24 && codes[start + 19] !== DOT) return -1;
  const hour = digits(codes, start + 11, 2);
  const minute = digits(codes, start + 14, 2);
  const second = digits(codes, start + 17, 2);
  const millisecond = length === 24 ? digits(codes, start + 20, 3) : 0;
  if (!(hour <= 23 && minute <= 59 && second <= 59 && millisecond <= 999)) return -1;
  const midnight = midnightOf(codes, start);
  return Number.isNaN(midnight) ? -1 : midnight + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

/** Beyond all numbers of so few digits where one of them is no digit. */
function digits(codes: CodeUnits, start: number, count: number): number {
  let value = 0;
  for (let i = start; i < start + count; i++) {
    const digit = codes[i]! - 48;
    if (digit < 0 || digit > 9) return NO_NUMBER;
    value = value * 10 + digit;
  }
  return value;
}

const NO_NUMBER = 1_000_000;

/** NaN when the text does not begin with a date that exists. */
function midnightOf(codes: CodeUnits, start: number): number {
  if (codes[start + 4] !== DASH || codes[start + 7] !== DASH) return Number.NaN;
  const [year, month, day] = [digits(codes, start, 4), digits(codes, start + 5, 2), digits(codes, start + 8, 2)];
  const date = (year * 100 + month) * 100 + day;
  if (date === lastDate) return lastMidnight;
  if (year === NO_NUMBER || !exists({ year, month, day, hour: 0, minute: 0, second: 0 })) return Number.NaN;
  lastDate = date;
  lastMidnight = Date.UTC(year, month - 1, day);
  return lastMidnight;
}
