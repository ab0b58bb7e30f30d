import type { Database } from '../../load-driver.js';
import type { UsageEvent } from '../../usage/event.js';
import { idOfStored, type StoredId } from './stored-id.js';

/** A row that begins with the key of an event. */
type Keyed = readonly [ts: number, recording: number, id: StoredId, ...rest: unknown[]];
type Quantities = UsageEvent['quantities'];

const NONE: Quantities = {};
const RANGE = `SELECT ts, recording, id, name, value FROM quantity
  WHERE (ts, recording, id) BETWEEN (?, ?, ?) AND (?, ?, ?) ORDER BY ts, recording, id, name`;

/** Quantities of the events of a page, whose first and last row are given. */
export function quantityReader(db: Database): (first: Keyed, last: Keyed) => (row: Keyed) => Quantities {
  const range = db.prepare<unknown[], [bigint, bigint, StoredId, string, bigint]>(RANGE).raw();
  const keyOf = ([ts, recording, id]: Readonly<[unknown, unknown, StoredId, ...unknown[]]>) =>
    `${ts} ${recording} ${idOfStored(id)}`;
  return (first, last) => {
    const found = new Map<string, Record<string, bigint>>();
    for (const row of range.iterate(...first.slice(0, 3), ...last.slice(0, 3))) {
      const key = keyOf(row);
      const quantities = found.get(key) ?? {};
      quantities[row[3]] = row[4];
      found.set(key, quantities);
    }
    return found.size === 0 ? () => NONE : (row) => found.get(keyOf(row)) ?? NONE;
  };
}
