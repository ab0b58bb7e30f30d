/** What the events of a ledger have at all, so that what none has is not read of each. */

import type { Database } from '../../load-driver.js';
import { readHomeZone } from './home-zone.js';

const CLASSES = ['input', 'cache_read', 'cache_write', 'output', 'reasoning'] as const;
const AMOUNTS = ['billed', 'claimed', 'computed'] as const;

/** `buckets`: events that are no single requests. */
export type HeldColumn = (typeof CLASSES)[number] | (typeof AMOUNTS)[number] | 'buckets';
export type Held = ReadonlySet<HeldColumn>;

/** As the rollups' shapes tell, which are of every event there is; without rollups events may have everything. */
export function heldBy(db: Database): Held {
  if (readHomeZone(db)?.exact !== true) return new Set<HeldColumn>([...CLASSES, ...AMOUNTS, 'buckets']);
  const row = db.prepare<unknown[], Record<HeldColumn, bigint | null>>(HELD).get()!;
  return new Set((Object.keys(row) as HeldColumn[]).filter((name) => row[name] === 1n));
}

const HELD = `SELECT max(grain <> 'request') AS buckets
  ${CLASSES.map((name, i) => `, max((reported >> ${i}) & 1) AS ${name}`).join('')}
  ${AMOUNTS.map((name) => `, max(${name}_currency IS NOT NULL) AS ${name}`).join('')} FROM shape`;
