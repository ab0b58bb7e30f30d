/** What the rollups lose and gain where events get another unit. */

import type { Database } from '../../load-driver.js';
import type { Dictionaries, FacetIds } from './dictionaries.js';
import { gatheredChanges, shapesMet } from './moved-changes.js';
import { bitsUnder, FIRST_FIGURE, type MovedRow, movedColumns, movedPair } from './moved-rows.js';
import { BLOCK } from './rollup-block.js';
import { FIGURES } from './rollup-figures.js';
import { kindKeeper } from './rollup-kind.js';

/** @param homeZone  whose days the rollups have */
export function movedTotals(db: Database, ids: Dictionaries, homeZone: string) {
  const facets = facetIds(db);
  const shapes = shapesMet();
  const { kindOf } = kindKeeper(shapes);
  /** Between units; and from or to no unit, which is told by the shape, that agents' totals have too. */
  const [within, across] = [movedPair(), movedPair()];
  const changes = gatheredChanges();

  function flush(pair: typeof within): void {
    changes.addUnits(...pair);
    if (pair === across) changes.addAgents(...pair);
    for (const rows of pair) rows.size = 0;
  }

  /** Takes an event into account; writes nothing, and asks the database nothing. */
  function move(row: MovedRow, unit: number): void {
    const [recording, facet, , oldUnit, agent, day, days, length, bits] = row as [number, number, ...number[]];
    const pair = oldUnit === 0 || unit === 0 ? across : within;
    const [before, after] = pair;
    const place = before.size;
    const kindUnder = (of: number) =>
      kindOf(facets.get(facet)!, recording, bitsUnder(of, bits!, length ?? null), days!);
    before.days[place] = day!;
    before.agents[place] = agent!;
    before.units[place] = oldUnit!;
    after.units[place] = unit;
    before.kinds[place] = kindUnder(oldUnit!);
    after.kinds[place] = pair === within ? before.kinds[place] : kindUnder(unit);
    putFigures(before.figures, place * FIGURES.length, row);
    for (const rows of pair) rows.size += 1;
    if (before.size === BLOCK) flush(pair);
  }

  /** Puts the changes into the rollups. */
  function write(): void {
    flush(within);
    flush(across);
    changes.write(db, shapes.keep(ids));
  }
  return { columns: movedColumns(db, homeZone), move, write };
}

function putFigures(figures: Float64Array, at: number, row: MovedRow): void {
  figures[at] = 1;
  for (let i = 1; i < FIGURES.length; i++) figures[at + i] = row[FIRST_FIGURE + i - 1] ?? 0;
}

function facetIds(db: Database): Map<number, FacetIds> {
  const rows = db.prepare<unknown[], FacetIds>(FACETS).safeIntegers(false).all();
  return new Map(rows.map((facet) => [facet.id, facet]));
}

const FACETS = `SELECT id, model, provider, charge, price,
  coalesce(basis = (SELECT id FROM basis WHERE name = 'plan'), 0) AS isCovered, billed_currency AS billedCurrency,
  claimed_currency AS claimedCurrency, computed_currency AS computedCurrency FROM facet`;
