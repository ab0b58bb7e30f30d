import type { Database } from '../../load-driver.js';
import { dayNumber, dayText } from '../../report/local-days.js';
import { startOfDay } from '../../usage/time/time-zone.js';
import { keepIdsOfEvents } from './id-runs.js';
import { SCHEMA_2 } from './schema-2.js';
import { storedId } from './stored-id.js';
import { indexIdsIfSeenTwice } from './twins.js';

/** Schema 1 to 2: the tables, and what SQL alone cannot make. Needs a transaction around it. */
export function migrateTo2(db: Database): void {
  db.function('end_of_day', { deterministic: true, safeIntegers: false }, endOfDay);
  db.function('stored_id', { deterministic: true }, storedId);
  db.exec(SCHEMA_2);
  keepIdsOfEvents(db);
  indexIdsIfSeenTwice(db);
}

const [DAY_MS, HOUR_MS] = [86_400_000, 3_600_000];

/**
 * When a daily bucket that begins at `ts` (ms) ends: at the start of its next date in the zone its file was read in; 24
 * hours on where that is not known.
 *
 * @param options  of the import, canonical JSON
 */
function endOfDay(day: string, options: string, ts: number): number {
  const { timeZone } = JSON.parse(options);
  const plain = ts + DAY_MS;
  if (typeof timeZone !== 'string') return plain;
  const [year, month, date] = dayText(dayNumber(day) + 1)
    .split('-')
    .map(Number);
  const end = startOfDay({ year: year!, month: month!, day: date! }, timeZone);
  return Math.abs(end - plain) <= HOUR_MS ? end : plain;
}
