/** The value a cell has in each dimension. */

import { stageOf } from '../usage/roles.js';
import { monthOf, weekOf } from './calendar.js';
import type { Cell } from './cell.js';
import { type CellQuery, type Dimension, type ReportQuery, type StoredDimension, UNASSIGNED } from './query.js';

const FOLDED: ReadonlySet<Dimension> = new Set(['stage', 'source', 'account', 'day', 'week', 'month']);
const isStored = (dimension: Dimension): dimension is StoredDimension => !FOLDED.has(dimension);

export const isTime = (dimension: Dimension): boolean =>
  dimension === 'day' || dimension === 'week' || dimension === 'month';

/** What to ask the ledger for a report. */
export const cellQueryOf = ({ by, ...rest }: ReportQuery): CellQuery => ({ ...rest, by: storedOf(by), days: 'each' });

const storedOf = (by: readonly Dimension[]): StoredDimension[] => [...new Set(by)].filter(isStored);

/** Reads a cell's values of `by`, in that order, from cells asked for with `cellQueryOf`. */
export function valuesReader(by: readonly Dimension[]): (cell: Cell) => (string | null)[] {
  const stored = storedOf(by);
  const week = remembered(weekOf);
  const readers = by.map((dimension) => readerOf(dimension, stored, week));
  return (cell) => readers.map((read) => read(cell));
}

function readerOf(
  dimension: Dimension,
  stored: readonly Dimension[],
  week: (day: string) => string,
): (cell: Cell) => string | null {
  const place = stored.indexOf(dimension);
  switch (dimension) {
    case 'stage':
      return ({ recording }) => stageOf(recording.role);
    case 'source':
      return ({ recording }) => recording.source;
    case 'account':
      return ({ recording }) => recording.account;
    case 'day':
      return ({ day }) => day;
    case 'week':
      return ({ day }) => week(day);
    case 'month':
      return ({ day }) => monthOf(day);
    case 'unit':
      return ({ values }) => values[place] ?? UNASSIGNED;
    default:
      return ({ values }) => values[place] ?? null;
  }
}

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
