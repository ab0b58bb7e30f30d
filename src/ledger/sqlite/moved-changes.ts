/** Changes of totals, gathered while the events are read and written afterwards. */

import type { Database } from '../../load-driver.js';
import type { Dictionaries, Shape } from './dictionaries.js';
import { MOST_EVENTS, MOVED_ROWS, type MovedRows } from './moved-rows.js';
import { FIGURES, largestOf } from './rollup-figures.js';
import { findAgents, findUnits } from './rollup-find.js';
import { emptyTotals, rollupWriter, type Totals } from './rollup-writer.js';
import { MOST_ROWS, SURE_TO_FIT } from './rollups.js';

/** Shapes numbered from 0 as they are met: while a statement is running none can be looked up or kept. */
export function shapesMet() {
  const met: Shape[] = [];
  const shape = (of: Shape): number => met.push(of) - 1;
  /** Their ids in the ledger, and whether they are of buckets of several days. */
  const keep = (ids: Dictionaries) => {
    const kept = met.map((of) => ids.shape(of));
    const long = new Set(kept.filter((_, i) => met[i]!.days > 0));
    return { idOf: (number: number): number => kept[number]!, isLong: (id: number): boolean => long.has(id) };
  };
  return { shape, keep };
}

type KeptShapes = ReturnType<ReturnType<typeof shapesMet>['keep']>;

export function gatheredChanges() {
  const cells = new Int32Array(MOVED_ROWS);
  /** Those that are full: a sum that might pass what a float holds exactly is begun anew. */
  const full: Totals[] = [];
  let totals = emptyTotals();
  let events = 0;
  let gathered = 0;

  /** Takes the rows away as they were and adds them as they will be. */
  function addUnits(before: MovedRows, after: MovedRows): void {
    findUnits(cells, totals.units, before);
    totals.units.add(cells, before.size, before.figures, -1);
    findUnits(cells, totals.units, after);
    totals.units.add(cells, after.size, after.figures, 1);
    for (let row = 0; row < after.size; row++) {
      events += after.figures[row * FIGURES.length]!;
      gathered += largestOf(after.figures, row * FIGURES.length);
    }
  }

  function addAgents(before: MovedRows, after: MovedRows): void {
    findAgents(cells, totals.agents, before);
    totals.agents.add(cells, before.size, before.figures, -1);
    findAgents(cells, totals.agents, after);
    totals.agents.add(cells, after.size, after.figures, 1);
  }

  /** To be called when the rows of a block were added to all totals. */
  function endBlock(): void {
    if (gathered > SURE_TO_FIT || events > MOST_ROWS - MOST_EVENTS) beginAnew();
  }

  function beginAnew(): void {
    full.push(totals);
    totals = emptyTotals();
    events = 0;
    gathered = 0;
  }

  function write(db: Database, shapes: KeptShapes): void {
    const writer = rollupWriter(db, shapes.isLong);
    for (const each of [...full, totals]) {
      for (const of of [each.units, each.agents]) withShapeIds(of, shapes);
      writer.all(each);
    }
  }
  return { addUnits, addAgents, endBlock, write };
}

/** The shape is the last column of a key. */
function withShapeIds(cells: Totals['units'] | Totals['agents'], { idOf }: KeptShapes): void {
  for (let cell = 0; cell < cells.size; cell++) {
    const key = cells.key(cell);
    key[key.length - 1] = idOf(key.at(-1)!);
  }
}
