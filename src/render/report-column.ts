/** One column of a report, by what it holds. */

import type { CostTexts } from '../report/figures.js';
import type { RowFigures } from '../report/report-body.js';
import { picoOf } from './pico-of.js';
import type { Column, SheetCell } from './sheet.js';

export interface FigureColumn {
  readonly column: Column;
  readonly cell: (figures: RowFigures) => SheetCell;
}

type Show = Column['show'];
type Cell = FigureColumn['cell'];

/** Columns without anything in them are for export alone. */
export const shownIf = (total: bigint | null): Show => (total === null || total === 0n ? 'export' : 'wide');

const column =
  (kind: Column['kind']) =>
  (key: string, title: string, show: Show, cell: Cell): FigureColumn => ({
    column: { key, title, align: 'right', kind, show },
    cell,
  });

export const count = column('count');
export const decimal = column('decimal');
export const percent = column('percent');

export const share = (key: string, title: string, cell: Cell): FigureColumn =>
  column('share')(key, title, 'wide', cell);

export const money = (
  key: string,
  title: string,
  currency: string,
  costOf: (figures: RowFigures) => CostTexts,
  show: Show = 'always',
): FigureColumn => column('money')(key, title, show, (figures) => picoOf(costOf(figures), currency));

export const price = (
  key: string,
  title: string,
  currency: string,
  show: Show,
  costOf: (figures: RowFigures) => CostTexts | null,
): FigureColumn => column('price')(key, title, show, (figures) => picoOf(costOf(figures) ?? {}, currency));
