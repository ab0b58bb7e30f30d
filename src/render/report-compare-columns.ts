/** Columns that set a figure beside that of another period. */

import type { Change, Comparison } from '../report/compare.js';
import type { CostTexts } from '../report/figures.js';
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

/** The cost in one currency before, the difference, and that in percent. */
export function comparedCost(body: ReportBody, currency: string): FigureColumn[] {
  return comparedMoney(body, `cost_${currency}`, currency, {
    before: ({ previous }) => previous?.cost ?? {},
    change: ({ delta }) => (Object.hasOwn(delta?.cost ?? {}, currency) ? delta!.cost[currency]! : null),
  });
}

/** The same of the cost in the currency asked for. */
export function comparedConverted(body: ReportBody, currency: string): FigureColumn[] {
  return comparedMoney(body, `converted_${currency}`, currency, {
    before: ({ previous }) => {
      const amount = previous?.converted?.amount ?? null;
      return amount === null ? {} : { [currency]: amount };
    },
    change: ({ delta }) => delta?.converted ?? null,
  });
}

interface ComparedMoney {
  readonly before: (row: RowFigures) => CostTexts;
  readonly change: (row: RowFigures) => Change<string> | null;
}

function comparedMoney(
  { totals }: ReportBody,
  name: string,
  currency: string,
  { before, change }: ComparedMoney,
): FigureColumn[] {
  if (comparisonIn(totals) === null) return [];
  const amount = (row: RowFigures): Record<string, string> => {
    const text = change(row)?.change ?? null;
    return text === null ? {} : { [currency]: text };
  };
  return [
    money(`previous_${name}`, `${currency} before`, currency, before),
    money(`delta_${name}`, `${currency} change`, currency, amount),
    percent(`delta_${name}_percent`, `${currency} %`, 'always', (row) => change(row)?.percent ?? null),
  ];
}

const comparisonIn = ({ previous, delta }: RowFigures): Comparison | null =>
  previous === undefined || delta === undefined ? null : { previous, delta };
