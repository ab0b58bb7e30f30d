import type { Database } from '../../load-driver.js';
import type { Origin } from '../../usage/event.js';
import { type OriginRow, originFrom } from './origin-row.js';

/** Origins kept in memory: in some ledgers they are as many as users. */
const KEPT = 200_000;

/** Origins by id; one object stands for many events. */
export function originReader(db: Database): (id: number) => Origin {
  const find = db.prepare<unknown[], OriginRow>('SELECT * FROM origin WHERE id = ?');
  const known = new Map<number, Origin>();
  return (id) => {
    const met = known.get(id);
    if (met !== undefined) return met;
    if (known.size === KEPT) known.clear();
    const origin = originFrom(find.get(id)!);
    known.set(id, origin);
    return origin;
  };
}
