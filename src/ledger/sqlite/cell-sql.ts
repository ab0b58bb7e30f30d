/** Totals of usage by cell, as SQL. */

import type { CellQuery } from '../../report/query.js';
import { COSTS } from './cost-sql.js';
import { dimensionSql, filterNeeds, filterSql, filterValue } from './fields.js';
import { firstOfMonthSql } from './local-day-sql.js';
import { plainSum, sumColumns, sumLimbs } from './sums.js';
import type { RowColumn, UsageRows } from './usage-rows.js';

/** What the rows must have. */
export const needsOf = ({ by, units, models, filters }: CellQuery): RowColumn[] => [
  ...by.flatMap((dimension) => dimensionSql(dimension).needs),
  ...filters.flatMap(filterNeeds),
  ...(units === null ? [] : (['unit'] as const)),
  ...(models === null ? [] : (['model'] as const)),
];

/** Tokens of a row, all classes. */
export const TOTAL =
  '(coalesce(u.input, 0) + coalesce(u.cache_read, 0) + coalesce(u.cache_write, 0) + coalesce(u.output, 0))';

function sums({ fits }: UsageRows, { cost }: CellQuery): string[] {
  const count = fits ? plainSum : sumColumns;
  return [
    'SUM(u.events) AS events',
    count('requests', 'u.requests'),
    count('input', 'u.input'),
    count('cache_read', 'u.cache_read'),
    count('cache_write', 'u.cache_write'),
    count('output', 'u.output'),
    count('reasoning', 'u.reasoning'),
    sumLimbs('cost', COSTS[cost].high, COSTS[cost].low),
    'SUM(u.is_used * (1 - u.is_covered) * u.events) AS used_events',
    'SUM(u.is_covered * u.events) AS plan_events',
    count('plan', `iif(u.is_covered, ${TOTAL}, NULL)`),
    'SUM((1 - u.is_assigned) * u.events) AS unassigned_events',
    count('unassigned', `iif(u.is_assigned, NULL, ${TOTAL})`),
  ];
}

/** The day of a row and how many it lasts, as far as cells are told apart by them. */
export const DAYS: Readonly<Record<CellQuery['days'], { readonly day: string; readonly days: string }>> = {
  each: { day: 'u.day', days: 'u.days' },
  month: {
    day: `iif(u.grain = 'range', u.day, ${firstOfMonthSql('u.day')})`,
    days: `iif(u.grain = 'range', u.days, 0)`,
  },
  all: { day: 'NULL', days: '0' },
};

/** Columns a cell is told apart by: names in the result, and what they are of a row. */
const keys = ({ by, cost, days }: CellQuery): (readonly [string, string])[] => [
  ['key_recording', 'u.recording'],
  ['key_day', DAYS[days].day],
  ['key_days', DAYS[days].days],
  ['key_grain', 'u.grain'],
  ['key_charge', 'u.charge'],
  ['key_currency', COSTS[cost].currency],
  ['key_kind', COSTS[cost].kind],
  ...by.map((dimension, i) => [`key_${i}`, dimensionSql(dimension).key] as const),
];

/** The rows asked for, grouped to cells; `join` may multiply them, `also` groups further. */
export const grouped = (
  rows: UsageRows,
  query: CellQuery,
  columns: readonly string[],
  join = '',
  also = '',
): string => `
  SELECT ${keys(query).map(([name, expression]) => `${expression} AS ${name}`)}, ${columns}
  FROM (${rows.sql}) u ${query.by.some((dimension) => dimensionSql(dimension).isOfOrigin) ? 'JOIN origin o ON o.id = u.origin' : ''} ${join}
  ${conditions(rows, query)}
  GROUP BY ${keys(query).map(([name]) => name)} ${also}`;

/** Which of the rows are asked for, each counted once. */
export const conditions = ({ from }: UsageRows, query: Conditions): string =>
  `WHERE ${from === 'events' ? 'u.is_counted' : '1'} ${filters(query)}`;

/** Sums of the rows asked for by cell; `also` are further columns to add up. */
export function cellSql(rows: UsageRows, query: CellQuery, also: readonly string[] = []): string {
  const values = query.by.map(
    (dimension, i) => `${dimensionSql(dimension).value.replace('?', `g.key_${i}`)} AS value_${i}`,
  );
  const order = [
    ...['r.role', 'r.source', 'r.account', 'g.key_day', 'g.key_grain', 'charge'],
    ...query.by.map((_, i) => `value_${i}`),
    ...['currency', 'g.key_kind'],
  ];
  return `
    SELECT g.*, r.role, r.source, r.account, ch.name AS charge, c.name AS currency ${values.map((value) => `, ${value}`).join('')}
    FROM (${grouped(rows, query, [...sums(rows, query), ...also])}) g
    JOIN recording r ON r.id = g.key_recording
    JOIN charge ch ON ch.id = g.key_charge
    LEFT JOIN currency c ON c.id = g.key_currency
    ORDER BY ${order}`;
}

type Conditions = Pick<CellQuery, 'units' | 'models' | 'filters'>;

/** Conditions over rows `u` of `usageRows`, each after an AND. */
export const filters = ({ units, models, filters: conditions }: Conditions): string => {
  const unassigned = units?.includes(null) ? 'OR u.unit IS NULL' : '';
  return [
    units === null ? '' : `AND (u.unit IN (${idsOf('unit', '$units')}) ${unassigned})`,
    models === null ? '' : `AND u.model IN (${idsOf('model', '$models')})`,
    ...conditions.map((condition, i) => `AND ${filterSql(condition, i)}`),
  ].join(' ');
};

const idsOf = (table: string, names: string): string =>
  `SELECT id FROM ${table} WHERE name IN (SELECT value FROM json_each(${names}))`;

/** Values for the names used in `filters`. */
export const filterValues = ({ units, models, filters: conditions }: Conditions) => ({
  units: JSON.stringify((units ?? []).filter((unit) => unit !== null)),
  models: JSON.stringify(models ?? []),
  ...Object.fromEntries(conditions.map((condition, i) => [`filter_${i}`, filterValue(condition)])),
});
