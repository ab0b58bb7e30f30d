import type { UnitRules } from '../../hub/origins.js';
import type { Database } from '../../load-driver.js';
import type { AppliedRules } from '../ledger.js';
import { keepRules } from './applied-rules.js';
import type { Dictionaries } from './dictionaries.js';
import { readHomeZone } from './home-zone.js';
import { movedTotals } from './moved-totals.js';
import { ruleDaySql } from './rule-facts.js';
import { unitAssigner } from './unit-assigner.js';

/**
 * Assigns every event anew, moves their figures in the rollups and keeps the rules; returns how many events changed unit.
 * The events are gone through in the order they are stored in, and only those that change are written. Needs a transaction
 * around it, and no totals waiting to be written.
 */
export function applyRules(
  db: Database,
  ids: Dictionaries,
  rules: AppliedRules,
  timeZone: string,
  { assign, edges }: UnitRules,
): number {
  const assigner = unitAssigner(db, assign, edges);
  const home = readHomeZone(db);
  const writeTotals = home?.exact ? movedTotals(db, ids, assigner, { home: home.timeZone, rules: timeZone }) : null;
  const { unitOf } = assigner;
  db.function('unit_ruled', { safeIntegers: false }, (recording, facet, origin, day) => {
    const unit = unitOf(recording as number, facet as number, origin as number, day as number);
    return unit === 0 ? null : unit;
  });
  const ruled = `unit_ruled(e.recording, e.facet, e.origin, ${edges.length === 0 ? '0' : ruleDaySql(db, timeZone)})`;
  const { changes } = db.prepare(`UPDATE event AS e SET unit = ${ruled} WHERE e.unit IS NOT ${ruled}`).run();
  assigner.saveNames();
  writeTotals?.();
  ids.forget(); // units were added beside it
  keepRules(db, rules, timeZone);
  return changes;
}
