import type { MeterLine } from '../hub/statement/meter-line.js';
import type { Cell } from '../report/cell.js';
import type { CellQuery } from '../report/query.js';

/** Of whose window, and which cost; `days` as of cells. */
export type MeterQuery = Pick<CellQuery, 'window' | 'cost' | 'days'>;

/** A part of a meter line: of one day and grain, by which it is decided whether it is read. */
export type MeterCell = Omit<MeterLine, 'isReadForTokens' | 'isReadForMoney'> & Pick<Cell, 'day' | 'grain'>;
