import type { RulesQuery } from '../../hub/origins.js';
import type { Database } from '../../load-driver.js';
import type { AppliedRules, RulesOutcome } from '../ledger.js';
import { keepRules } from './applied-rules.js';
import type { Dictionaries } from './dictionaries.js';
import { eventFacts } from './event-facts.js';
import { heldBy } from './held.js';
import { readHomeZone } from './home-zone.js';
import { movedColumns, movedReader } from './moved-columns.js';
import { movedTotals } from './moved-totals.js';
import { originTally } from './origin-tally.js';
import { tokensSql } from './read-origins.js';
import { type NumberRow, rowColumns } from './row-columns.js';
import { unitIds } from './unit-ids.js';

/**
 * Assigns every event anew, but those of closed periods, moves their figures in the rollups and keeps the rules. The events
 * are gone through once, in the order they are stored in, and only those that change are written. Needs a transaction around
 * it, and no totals waiting to be written.
 */
export function applyRules(db: Database, ids: Dictionaries, rules: AppliedRules, query: RulesQuery): RulesOutcome {
  const tally = originTally(db, query);
  const units = unitIds(db);
  /** By cell of the tally. */
  const decided: number[] = [];
  const unitOf = (cell: number): number => {
    decided[cell] ??= units.idOf(query.assign(tally.factsOf(cell)));
    return decided[cell];
  };
  const events = eventReader(db, ids, query.timeZone);
  const found = foundUnits();
  db.function('is_moved', { varargs: true, safeIntegers: false }, (...numbers) => {
    const row = numbers as NumberRow;
    const event = events.read(row);
    const tokens = events.tokensOf(row);
    const cell = tally.add(event, tokens);
    const unit = event.isClosed === 1 ? event.unit : unitOf(cell);
    if (unit === event.unit) return 0;
    found.put(unit);
    events.move(event, row, unit, tokens);
    return 1;
  });
  db.function('unit_found', () => found.next() || null);
  const { changes } = db
    .prepare(`UPDATE event AS e NOT INDEXED SET unit = unit_found() WHERE is_moved(${events.sql})`)
    .run();
  found.check(changes);
  units.save();
  events.writeTotals();
  ids.forget(); // units were added beside it
  keepRules(db, rules, query.timeZone);
  return { changed: changes, origins: tally.totals() };
}

/**
 * Units of the events that are to be written, in the order these are found in, which is the one they are written in, whether
 * SQLite writes each at once or, as it does where the condition has a subquery, gathers the keys of all first.
 */
function foundUnits() {
  const waiting: number[] = [];
  let next = 0;
  let written = 0;
  return {
    put(unit: number): void {
      if (next === waiting.length) {
        next = 0;
        waiting.length = 0;
      }
      waiting.push(unit);
    },
    next(): number {
      written += 1;
      return waiting[next++]!;
    },
    check(changes: number): void {
      if (next !== waiting.length || written !== changes)
        throw new Error('an event was moved more than once, or never');
    },
  };
}

/** Reads what is needed of each event: for the rollups, where these are in use, all they add up, else tokens alone. */
function eventReader(db: Database, ids: Dictionaries, timeZone: string) {
  const held = heldBy(db);
  const facts = eventFacts(db, timeZone, held);
  const home = readHomeZone(db);
  if (home?.exact !== true) {
    const { sql, at } = rowColumns({ ...facts.columns, tokens: tokensSql(db) });
    const tokensOf = (row: NumberRow) => row[at.tokens]!;
    return { sql, read: facts.reader(at), tokensOf, move: () => {}, writeTotals: () => {} };
  }
  const figures = movedColumns(db, held, { home: home.timeZone, rules: timeZone });
  const { sql, at } = rowColumns({ ...facts.columns, ...figures });
  const { move, write } = movedTotals(db, ids, at);
  return { sql, read: facts.reader(at), tokensOf: movedReader(at).tokensOf, move, writeTotals: write };
}
