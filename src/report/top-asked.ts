/** Whether a report of its first rows needs all that the ledger holds, or the cells of those and the sum of the others. */

import type { Presence } from './cell.js';
import { chooseRecordings } from './choose-recordings.js';
import { isStored, isTime } from './dimension.js';
import type { CellQuery, CostChoice, ReportQuery } from './query.js';

interface TopQuestion extends Pick<ReportQuery, 'by' | 'sort' | 'top' | 'cost' | 'sideBySide' | 'latency'> {
  /** What the ledger told of the window. */
  readonly presence: readonly Presence[];
  /** As days are asked for. */
  readonly days: CellQuery['days'];
}

/**
 * `null` where every cell is needed. Rows must be by one dimension that the ledger ranks alone, by tokens or by cost in one
 * currency, highest first; and all cells be read for tokens and for money, as the ledger adds up all there are. By unit
 * there is no need: they are few.
 */
export function topToAsk(question: TopQuestion): CellQuery['top'] {
  const { by: asked, top, cost, sideBySide, latency, presence, days } = question;
  const [dimension, ...more] = new Set(asked);
  if (top === null || dimension === undefined || more.length > 0 || days !== 'all' || sideBySide || latency)
    return null;
  if (!isStored(dimension) || isTime(dimension) || dimension === 'unit') return null;
  const by = figureOf(question);
  return by !== null && isReadWhole(presence, cost) ? { rows: top, by } : null;
}

function figureOf({ sort, presence }: TopQuestion): 'tokens' | 'cost' | null {
  const { key, direction } = sort ?? { key: 'cost', direction: 'desc' };
  if (direction !== 'desc') return null;
  if (key === 'cost') return currenciesOf(presence).size > 1 ? null : key;
  return key === 'tokens' ? key : null;
}

const currenciesOf = (presence: readonly Presence[]): ReadonlySet<string> =>
  new Set(presence.flatMap(({ cost }) => Object.keys(cost)));

function isReadWhole(presence: readonly Presence[], cost: CostChoice): boolean {
  const { read } = chooseRecordings(presence, cost);
  return presence.every((view) => {
    const { tokens, money } = read(view);
    return view.events === 0n || (tokens && money); // without events all of it is counted elsewhere
  });
}
