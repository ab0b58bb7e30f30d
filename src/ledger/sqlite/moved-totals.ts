/** What the rollups lose and gain where events get another unit. */

import type { Database } from '../../load-driver.js';
import type { Dictionaries, FacetIds } from './dictionaries.js';
import { eachEvent } from './each-event.js';
import { gatheredChanges, shapesMet } from './moved-changes.js';
import { bitsUnder, FIRST_FIGURE, type MovedRow, type MovedRows, movedColumns, movedRows } from './moved-rows.js';
import { BLOCK } from './rollup-block.js';
import { FIGURES } from './rollup-figures.js';
import { kindKeeper } from './rollup-kind.js';
import { ruleDaySql } from './rule-facts.js';
import type { UnitAssigner } from './unit-assigner.js';

interface Zones {
  /** Whose days the rollups have. */
  readonly home: string;
  /** Whose days the rules go by. */
  readonly rules: string;
}

/**
 * Reads the events that get another unit, once; they must not have it yet. Nothing is written before the function
 * returned is called, which puts the changes into the rollups.
 */
export function movedTotals(db: Database, ids: Dictionaries, { unitOf }: UnitAssigner, zones: Zones): () => void {
  const facets = facetIds(db);
  const shapes = shapesMet();
  const { kindOf } = kindKeeper(shapes);
  const [before, after] = [movedRows(), movedRows()];
  const changes = gatheredChanges();

  function flush(): void {
    changes.add(before, after);
    before.size = 0;
    after.size = 0;
  }

  function put(rows: MovedRows, row: MovedRow, unit: number): void {
    const [recording, facet, , , agent, day, days, length, bits] = row as [number, number, ...number[]];
    const place = rows.size++;
    rows.kinds[place] = kindOf(facets.get(facet)!, recording, bitsUnder(unit, bits!, length ?? null), days!);
    rows.days[place] = day!;
    rows.units[place] = unit;
    rows.agents[place] = agent!;
    const at = place * FIGURES.length;
    rows.figures[at] = 1;
    for (let i = 1; i < FIGURES.length; i++) rows.figures[at + i] = row[FIRST_FIGURE + i - 1] ?? 0;
  }

  function see(_: null, ruleDay: number, ...row: (number | null)[]): null {
    const unit = unitOf(row[0]!, row[1]!, row[2]!, ruleDay);
    if (unit === row[3]) return null;
    put(before, row, row[3]!);
    put(after, row, unit);
    if (before.size === BLOCK) flush();
    return null;
  }

  eachEvent(db, [ruleDaySql(db, zones.rules), ...movedColumns(db, zones.home)], see);
  flush();
  return () => changes.write(db, shapes.keep(ids));
}

function facetIds(db: Database): Map<number, FacetIds> {
  const rows = db.prepare<unknown[], FacetIds>(FACETS).safeIntegers(false).all();
  return new Map(rows.map((facet) => [facet.id, facet]));
}

const FACETS = `SELECT id, model, provider, charge, price,
  coalesce(basis = (SELECT id FROM basis WHERE name = 'plan'), 0) AS isCovered, billed_currency AS billedCurrency,
  claimed_currency AS claimedCurrency, computed_currency AS computedCurrency FROM facet`;
