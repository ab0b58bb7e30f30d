/** Whether a report needs what the ledger holds day by day, or the sums of its whole window do. */

import type { Presence } from './cell.js';
import { chooseRecordings } from './choose-recordings.js';
import { type Dimension, isTime } from './dimension.js';
import type { CellQuery, CostChoice } from './query.js';
import type { View } from './view.js';

interface DayQuestion {
  readonly by: readonly Dimension[];
  readonly cost: CostChoice;
  /** What the ledger told of the window. */
  readonly presence: readonly Presence[];
}

const OF_MONTHS: readonly Dimension[] = ['month', 'quarter', 'year'];

/**
 * `all`, or `month`, where a report folded from the sums of all days, or of those of a month, is the same to the last
 * digit: no row is of a time, or of none that cuts a month, every day of a recording is read alike, and whatever is read
 * for tokens is read for money, so that no day must be compared with itself to find usage whose bill cannot be split.
 */
export function daysToAsk({ by, cost, presence }: DayQuestion): CellQuery['days'] {
  const times = by.filter(isTime);
  if (!times.every((time) => OF_MONTHS.includes(time)) || !isReadAlike(presence, cost)) return 'each';
  return times.length === 0 ? 'all' : 'month';
}

function isReadAlike(presence: readonly Presence[], cost: CostChoice): boolean {
  const { read } = chooseRecordings(presence, cost);
  const first = new Map<string, string>();
  return presence.every((view) => {
    if (view.events === 0n) return true; // all of it is counted elsewhere, no cell is of it
    const { tokens, money } = read(view);
    if (tokens && !money) return false;
    const [key, reading] = [allDaysOf(view), `${tokens} ${money}`];
    if (!first.has(key)) first.set(key, reading);
    return first.get(key) === reading;
  });
}

const allDaysOf = ({ recording: { role, source, account }, grain, charge }: View): string =>
  [role, source, grain, charge, account].join('\n');
