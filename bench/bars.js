/** Bars: what was promised, what was measured, whether it holds. */

import { printTable, threeDigits } from './print-table.js';

/** @param measured  a number, or null where it could not be measured, which does not hold */
export const atLeast = (name, limit, measured, unit = '') => ({
  name,
  limit: `>= ${limit}${unit}`,
  measured: measured === null ? 'not measured' : `${threeDigits(measured)}${unit}`,
  holds: measured !== null && measured >= limit,
});

export const atMost = (name, limit, measured, unit = '') => ({
  ...atLeast(name, limit, measured, unit),
  limit: `<= ${limit}${unit}`,
  holds: measured !== null && measured <= limit,
});

/** A bar on facts: holds when none of them is wrong. */
export const noneOf = (name, wrong) => ({
  name,
  limit: 'none',
  measured: wrong.length === 0 ? 'none' : wrong.join(', '),
  holds: wrong.length === 0,
});

/** Prints all bars; the exit code is 1 when one does not hold, unless the run was too quick to tell. */
export function judge(bars, { isQuick }) {
  console.log(isQuick ? '\nBars (a quick run: too small and too short to judge by)' : '\nBars');
  printTable(
    ['what', 'bar', 'measured', ''],
    bars.map(({ name, limit, measured, holds }) => [name, limit, measured, holds ? 'holds' : 'DOES NOT HOLD']),
  );
  if (!isQuick && bars.some(({ holds }) => !holds)) process.exitCode = 1;
}
