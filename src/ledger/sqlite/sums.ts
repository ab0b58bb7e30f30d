/**
 * Sums of 64-bit integers that never overflow. SQLite's SUM fails beyond 64 bits, so the high and the low 32 bits are
 * summed apart (`>>` keeps the sign, `&` is of two's complement) and put together here. Safe for 2^31 rows.
 */

import type { MeterTokens } from '../../hub/statement/meter-line.js';

/** Two aggregate columns, `<name>_high` and `<name>_low`; both NULL when `expression` is NULL in every row. */
export const sumColumns = (name: string, expression: string): string =>
  `SUM((${expression}) >> 32) AS ${name}_high, SUM((${expression}) & 4294967295) AS ${name}_low`;

/** The same of what is in two columns already. */
export const sumLimbs = (name: string, high: string, low: string): string =>
  `SUM(${high}) AS ${name}_high, SUM(${low}) AS ${name}_low`;

/** One column, for counts whose sum is sure to fit. */
export const plainSum = (name: string, expression: string): string => `SUM(${expression}) AS ${name}_sum`;

export type SumRow = Readonly<Record<string, unknown>>;

/** The sum whose column or columns a row holds; `null` when no row had a value. */
export function sumOrNull(row: SumRow, name: string): bigint | null {
  const whole = row[`${name}_sum`];
  if (typeof whole === 'bigint') return whole;
  const [high, low] = [row[`${name}_high`], row[`${name}_low`]];
  return typeof high === 'bigint' && typeof low === 'bigint' ? (high << 32n) + low : null;
}

/** The sums of all classes of tokens, cache writes by lifetime. */
export const sumsOfClasses = (row: SumRow): MeterTokens => ({
  input: sumOrNull(row, 'input'),
  cacheRead: sumOrNull(row, 'cache_read'),
  cacheWrite5m: sumOrNull(row, 'cache_write_5m'),
  cacheWrite1h: sumOrNull(row, 'cache_write_1h'),
  output: sumOrNull(row, 'output'),
  reasoning: sumOrNull(row, 'reasoning'),
});

export const sum = (row: SumRow, name: string): bigint => sumOrNull(row, name) ?? 0n;
