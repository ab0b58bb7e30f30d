import type { Database } from '../../load-driver.js';

/**
 * Hands columns of every event `e` to a function, whose first argument has no meaning, in the order events are stored in.
 * An aggregate that the driver calls takes half the time of reading the rows. The function must ask the database nothing.
 *
 * @param columns  SQL expressions over `event e`; integers arrive as numbers
 */
export function eachEvent(db: Database, columns: readonly string[], see: (_: null, ...row: never[]) => null): void {
  db.aggregate('each_event', { start: null, step: see as never, varargs: see.length < 3, safeIntegers: false });
  db.prepare(`SELECT each_event(${columns}) FROM event e`).get();
}
