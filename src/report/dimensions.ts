/** The value a cell has in each dimension. */

import { stageOf } from '../usage/roles.js';
import { cycleOf, monthOf, periodOfDays, quarterOf, weekOf, yearOf } from './calendar.js';
import type { Cell } from './cell.js';
import { isRange } from './day-text.js';
import { cycleDay, type Dimension, isStored, type StoredDimension, unitLevel } from './dimension.js';
import { storedFilter } from './filter.js';
import type { Organisation } from './organisation.js';
import { type CellQuery, type ReportQuery, UNASSIGNED } from './query.js';

/** What to ask the ledger for a report. */
export const cellQueryOf = (
  { window, by, cost, units, models, filters, latency }: ReportQuery,
  days: CellQuery['days'] = 'each',
  top: CellQuery['top'] = null,
): CellQuery => ({
  window,
  by: storedOf(by),
  days,
  cost,
  units,
  models,
  filters: filters.map(storedFilter),
  latency,
  top,
});

/** The same dimensions with the unit behind them, where they lack it: the cells of metrics must say whose they are. */
export const byWithUnit = (by: readonly Dimension[]): Dimension[] => [...new Set<Dimension>([...by, 'unit'])];

const storedOf = (by: readonly Dimension[]): StoredDimension[] => [
  ...new Set(by.map((dimension) => (unitLevel(dimension) === null ? dimension : 'unit')).filter(isStored)),
];

/** Reads a cell's values of `by`, in that order, from cells asked for with `cellQueryOf`. */
export function valuesReader(by: readonly Dimension[], organisation: Organisation): (cell: Cell) => (string | null)[] {
  const stored = storedOf(by);
  const readers = by.map((dimension) => readerOf(dimension, stored, organisation));
  return (cell) => readers.map((read) => read(cell));
}

type Read = (cell: Cell) => string | null;

function readerOf(dimension: Dimension, stored: readonly Dimension[], organisation: Organisation): Read {
  const periodOf = periodsOf(dimension);
  if (periodOf !== null) {
    const ofDays = remembered((days) => periodOfDays(days, periodOf));
    return ({ day }) => ofDays(day);
  }
  const level = unitLevel(dimension);
  if (level !== null) return unitAtLevel(level, stored.indexOf('unit'), organisation);
  const place = stored.indexOf(dimension);
  switch (dimension) {
    case 'stage':
      return ({ recording }) => stageOf(recording.role);
    case 'role':
    case 'source':
    case 'account':
      return ({ recording }) => recording[dimension];
    case 'operator':
      return ({ recording }) => organisation.operatorOf(recording);
    case 'unit':
      return ({ values }) => values[place] ?? UNASSIGNED;
    case 'hour':
      return ({ values, day }) => values[place] ?? (isRange(day) ? day : `${day} (whole day)`);
    default:
      return ({ values }) => values[place] ?? null;
  }
}

/** The unit above that stands at the level; a unit that stands higher, itself. */
function unitAtLevel(level: number, place: number, { lineOf }: Organisation): Read {
  const unitOf = remembered((unit) => lineOf(unit)[level - 1] ?? unit);
  return ({ values }) => (values[place] == null ? UNASSIGNED : unitOf(values[place]));
}

/** The period of a day, for a dimension of whole days; `null` for every other dimension. */
export function periodsOf(dimension: Dimension): ((day: string) => string) | null {
  const start = cycleDay(dimension);
  if (start !== null) return (day) => cycleOf(day, start);
  return PERIODS[dimension] ?? null;
}

const PERIODS: Readonly<Record<string, (day: string) => string>> = {
  day: (day) => day,
  week: weekOf,
  month: monthOf,
  quarter: quarterOf,
  year: yearOf,
};

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
