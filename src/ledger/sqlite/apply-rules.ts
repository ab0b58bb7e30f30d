import type { UnitRules } from '../../hub/origins.js';
import type { Database } from '../../load-driver.js';
import type { AppliedRules } from '../ledger.js';
import { keepRules } from './applied-rules.js';
import { notClosed } from './closed-periods.js';
import type { Dictionaries } from './dictionaries.js';
import { readHomeZone } from './home-zone.js';
import type { MovedRow } from './moved-rows.js';
import { movedTotals } from './moved-totals.js';
import { ruleDaySql } from './rule-facts.js';
import { type UnitAssigner, unitAssigner } from './unit-assigner.js';

/**
 * Assigns every event anew, but those of closed periods, moves their figures in the rollups and keeps the rules; returns how many events changed unit.
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
  const { unitOf, saveNames } = unitAssigner(db, assign, edges);
  const totals = totalsToMove(db, ids);
  defineRuled(db, unitOf);
  let moved = 0;
  db.function('moves_totals', { varargs: true, safeIntegers: false }, (day, ...row) => {
    const [recording, facet, origin] = row as [number, number, number];
    moved += 1;
    totals?.move(row as MovedRow, unitOf(recording, facet, origin, day as number));
    return 1;
  });
  const day = edges.length === 0 ? '0' : ruleDaySql(db, timeZone);
  const facts = `e.recording, e.facet, e.origin, ${day}`;
  const columns = [day, ...(totals?.columns ?? ['e.recording', 'e.facet', 'e.origin'])];
  const { changes } = db
    .prepare(`UPDATE event AS e SET unit = unit_ruled(${facts})
      WHERE e.unit IS NOT unit_ruled(${facts}) AND ${notClosed(db, 'e')} AND moves_totals(${columns})`)
    .run();
  if (changes !== moved) throw new Error('the totals of an event were moved more than once');
  saveNames();
  totals?.write();
  ids.forget(); // units were added beside it
  keepRules(db, rules, timeZone);
  return changes;
}

function defineRuled(db: Database, unitOf: UnitAssigner['unitOf']): void {
  db.function('unit_ruled', { safeIntegers: false }, (recording, facet, origin, day) => {
    const unit = unitOf(recording as number, facet as number, origin as number, day as number);
    return unit === 0 ? null : unit;
  });
}

/** `null` where the rollups are not in use. */
function totalsToMove(db: Database, ids: Dictionaries) {
  const home = readHomeZone(db);
  return home?.exact ? movedTotals(db, ids, home.timeZone) : null;
}
