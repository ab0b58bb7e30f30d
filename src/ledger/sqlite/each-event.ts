import type { Database } from '../../load-driver.js';

/**
 * Hands columns of every event `e` to a function in the order events are stored in. An aggregate that the driver calls takes
 * half the time of reading the rows. The function must ask the database nothing.
 *
 * @param columns  SQL expressions over `event e`; integers arrive as numbers
 */
export function eachEvent(
  db: Database,
  columns: readonly string[],
  see: (row: readonly (number | string)[]) => void,
): void {
  const step = (_: null, ...row: (number | string)[]): null => {
    see(row);
    return null;
  };
  db.aggregate('each_event', { start: null, step: step as never, varargs: true, safeIntegers: false });
  db.prepare(`SELECT each_event(${columns}) FROM event e`).get();
}
