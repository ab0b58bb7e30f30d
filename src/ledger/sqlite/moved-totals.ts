/** What the rollups lose and gain where events get another unit. */

import type { Database } from '../../load-driver.js';
import { GRAINS, grainOf } from '../../report/grain.js';
import type { Dictionaries, FacetIds } from './dictionaries.js';
import type { EventFacts } from './event-facts.js';
import { gatheredChanges, shapesMet } from './moved-changes.js';
import { type MovedColumn, movedReader } from './moved-columns.js';
import { movedKeys } from './moved-keys.js';
import { MOST_COUNTED, MOST_EVENTS, MOVED_ROWS, movedPair } from './moved-rows.js';
import { NumberTable } from './number-table.js';
import { FIGURES } from './rollup-figures.js';
import { kindKeeper } from './rollup-kind.js';
import { ASSIGNED_BIT, GRAIN_SHIFT } from './rollup-shape.js';
import type { NumberRow } from './row-columns.js';

/** @param at  places of the columns in the rows that are moved */
export function movedTotals(db: Database, ids: Dictionaries, at: Readonly<Record<MovedColumn, number>>) {
  const facets = facetIds(db);
  const shapes = shapesMet();
  const { kindOf } = kindKeeper(shapes);
  const changes = gatheredChanges();
  const keyOf = movedKeys();
  const { bitsOf, addFigures, agentOf, homeDayOf, homeDaysOf, countsOf } = movedReader(at);
  const isHomeApart = at.homeDay !== -1;
  const known = new NumberTable();
  const [units, agents] = [movedPair(), movedPair()];
  let events = 0;
  let counted = 0;

  function flush(): void {
    changes.addUnits(...units);
    changes.addAgents(...agents);
    changes.endBlock();
    for (const rows of [...units, ...agents]) rows.size = 0;
    known.clear();
    events = 0;
    counted = 0;
  }

  /** Takes an event into account, whose tokens of all classes are known; writes nothing, and asks the database nothing. */
  function move(event: EventFacts, row: NumberRow, unit: number, tokens: number): void {
    const bits = bitsOf(row, tokens) | grainBits(event.length);
    const day = isHomeApart ? homeDayOf(row)! : event.day;
    const days = isHomeApart ? (homeDaysOf(row) ?? 0) : event.days;
    const key = days === 0 ? keyOf(event, unit, day, bits) : -1;
    let place = key === -1 ? -1 : known.find(key);
    if (place === -1) {
      place = open(units, event, unit, { day, days, bits });
      if (key !== -1) known.set(key, place);
    }
    addFigures(units[0].figures, place * FIGURES.length, row);
    if (event.unit === 0 || unit === 0) moveAgent(event, row, unit, { day, days, bits });
    events += 1;
    counted += countsOf(row, tokens);
    const isFull = units[0].size === MOVED_ROWS || agents[0].size === MOVED_ROWS;
    if (isFull || events === MOST_EVENTS || counted > MOST_COUNTED) flush();
  }

  /** Agents' totals have no unit, but tell from none. */
  function moveAgent(event: EventFacts, row: NumberRow, unit: number, shape: ShapeFacts): void {
    const place = open(agents, event, unit, shape);
    agents[0].agents[place] = agentOf(row);
    addFigures(agents[0].figures, place * FIGURES.length, row);
  }

  function open(pair: typeof units, event: EventFacts, unit: number, { day, days, bits }: ShapeFacts): number {
    const [before, after] = pair;
    const place = before.size;
    const kindUnder = (of: number) =>
      kindOf(facets.get(event.facet)!, event.recording, of === 0 ? bits : bits | ASSIGNED_BIT, days);
    before.days[place] = day;
    before.units[place] = event.unit;
    after.units[place] = unit;
    before.kinds[place] = kindUnder(event.unit);
    after.kinds[place] = kindUnder(unit);
    before.figures.fill(0, place * FIGURES.length, (place + 1) * FIGURES.length);
    for (const rows of pair) rows.size += 1;
    return place;
  }

  /** Puts the changes into the rollups. */
  function write(): void {
    flush();
    changes.write(db, shapes.keep(ids));
  }
  return { move, write };
}

interface ShapeFacts {
  readonly day: number;
  readonly days: number;
  readonly bits: number;
}

const grainBits = (length: number | null): number =>
  length === null ? 0 : GRAINS.indexOf(grainOf(0, length)) << GRAIN_SHIFT;

function facetIds(db: Database): Map<number, FacetIds> {
  const rows = db.prepare<unknown[], FacetIds>(FACETS).safeIntegers(false).all();
  return new Map(rows.map((facet) => [facet.id, facet]));
}

const FACETS = `SELECT id, model, provider, charge, price,
  coalesce(basis = (SELECT id FROM basis WHERE name = 'plan'), 0) AS isCovered, billed_currency AS billedCurrency,
  claimed_currency AS claimedCurrency, computed_currency AS computedCurrency FROM facet`;
