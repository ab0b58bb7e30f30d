import { parseDecimal, subtractDecimals } from '../pricing/decimal.js';
import { formatPico, toPico } from '../pricing/money.js';
import type { RowAllocation } from '../report/allocated.js';
import type { CostTexts } from '../report/figures.js';
import type { ReportBody, RowFigures } from '../report/report-body.js';
import { printSums } from './added-money.js';
import { picoOf } from './pico-of.js';
import { type FigureColumn, money } from './report-column.js';

/** Beside what a unit used: what splits moved, and what it bears after them. */
export function allocationColumns({ totals: { allocation } }: ReportBody): FigureColumn[] {
  if (allocation === undefined) return [];
  return Object.keys(allocation.net).flatMap((currency) => [
    moved(`allocated_in_${currency}`, `${currency} in`, currency, (of) => of.in, 'export'),
    moved(`allocated_out_${currency}`, `${currency} out`, currency, (of) => of.out, 'export'),
    moved(`allocated_${currency}`, `${currency} allocated`, currency, (of) => balanceOf(of, currency)),
    sumOfBoth(
      moved(`total_cost_${currency}`, `${currency} total`, currency, (of) => of.net),
      [`cost_${currency}`, `allocated_${currency}`],
    ),
  ]);
}

const sumOfBoth = ({ column, cell }: FigureColumn, sumOf: readonly [string, string]): FigureColumn => ({
  column: { ...column, sumOf },
  cell,
});

/** Decimals that the table prints own costs with, as splits are printed beside them. */
export function ownDecimals({ rows }: Pick<ReportBody, 'rows'>, currency: string): number {
  const own = rows.map(({ cost }) => picoOf(cost, currency) ?? 0n);
  const allocated = rows.map(({ allocation }) =>
    allocation === undefined ? 0n : (picoOf(balanceOf(allocation, currency), currency) ?? 0n),
  );
  return (printSums(own, allocated).first.total.split('.')[1] ?? '').length;
}

const moved = (
  key: string,
  title: string,
  currency: string,
  costOf: (allocation: RowAllocation) => CostTexts,
  show: 'always' | 'export' = 'always',
): FigureColumn =>
  money(
    key,
    title,
    currency,
    ({ allocation }: RowFigures) => (allocation === undefined ? {} : costOf(allocation)),
    show,
  );

/** What came less what was given away; nothing where neither did. */
function balanceOf({ in: given, out }: RowAllocation, currency: string): CostTexts {
  if (given[currency] === undefined && out[currency] === undefined) return {};
  const balance = subtractDecimals(parseDecimal(given[currency] ?? '0'), parseDecimal(out[currency] ?? '0'));
  return { [currency]: formatPico(toPico(balance)) };
}
