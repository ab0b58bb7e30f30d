/** Columns that set a figure beside that of another period. */

import type { Change, Comparison } from '../report/compare.js';
import type { ReportBody, RowFigures } from '../report/report-body.js';
import { count, type FigureColumn, money, percent } from './report-column.js';

/**
 * A count of the period before, the difference, and that in percent; no columns where nothing is compared.
 *
 * @param name     of the column compared
 * @param figures  the earlier count and the change
 */
export function comparedCount(
  { totals }: ReportBody,
  name: string,
  figures: (comparison: Comparison) => readonly [bigint | null, Change<bigint>],
): FigureColumn[] {
  if (comparisonIn(totals) === null) return [];
  const of = (row: RowFigures) => {
    const comparison = comparisonIn(row);
    return comparison === null ? null : figures(comparison);
  };
  const show = name === 'total' ? 'wide' : 'export';
  return [
    count(`previous_${name}`, 'before', show, (row) => of(row)?.[0] ?? null),
    count(`delta_${name}`, 'change', show, (row) => of(row)?.[1].change ?? null),
    percent(`delta_${name}_percent`, '%', show, (row) => of(row)?.[1].percent ?? null),
  ];
}

export function comparedCost({ totals }: ReportBody, currency: string): FigureColumn[] {
  if (comparisonIn(totals) === null) return [];
  const change = (row: RowFigures) => {
    const costs = row.delta?.cost ?? {};
    return Object.hasOwn(costs, currency) ? costs[currency]! : null;
  };
  const amount = (row: RowFigures): Record<string, string> => {
    const text = change(row)?.change ?? null;
    return text === null ? {} : { [currency]: text };
  };
  return [
    money(`previous_cost_${currency}`, `${currency} before`, currency, (row) => row.previous?.cost ?? {}),
    money(`delta_cost_${currency}`, `${currency} change`, currency, amount),
    percent(`delta_cost_${currency}_percent`, `${currency} %`, 'always', (row) => change(row)?.percent ?? null),
  ];
}

const comparisonIn = ({ previous, delta }: RowFigures): Comparison | null =>
  previous === undefined || delta === undefined ? null : { previous, delta };
