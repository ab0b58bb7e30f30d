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
  const waiting: number[] = [];
  let written = 0;
  db.function('is_moved', { varargs: true, safeIntegers: false }, (...numbers) => {
    const row = numbers as NumberRow;
    const event = events.read(row);
    const cell = tally.add(event, events.tokensOf(row));
    const unit = event.isClosed === 1 ? event.unit : unitOf(cell);
    if (unit === event.unit) return 0;
    waiting.push(unit);
    events.move(event, row, unit);
    return 1;
  });
  // Whether SQLite writes each event at once or gathers those to write first, it writes them in the order it found them in.
  db.function('unit_found', { varargs: true, safeIntegers: false }, () => waiting[written++] || null);
  const { changes } = db
    .prepare(`UPDATE event AS e NOT INDEXED SET unit = unit_found() WHERE is_moved(${events.sql})`)
    .run();
  if (changes !== waiting.length || changes !== written) throw new Error('an event was moved more than once, or not');
  units.save();
  events.writeTotals();
  ids.forget(); // units were added beside it
  keepRules(db, rules, query.timeZone);
  return { changed: changes, origins: tally.totals() };
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
