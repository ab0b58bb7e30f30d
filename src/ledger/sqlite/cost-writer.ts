import type { Database } from '../../load-driver.js';
import type { ComputedCost } from '../../pricing/cost.js';
import { isSameCost } from '../../pricing/same-cost.js';
import { addFigures, batchOfColumns, emptyColumns, setPico } from '../batch-columns.js';
import type { Dictionaries } from './dictionaries.js';
import type { BatchIds } from './event-columns.js';
import { PAGE, type PagedEvent } from './event-pages.js';
import { pricedFacets } from './priced-facets.js';
import type { Rollups } from './rollups.js';

/** An event whose computed cost becomes another one. */
interface Change {
  readonly paged: PagedEvent;
  readonly cost: ComputedCost;
  /** Id of its facet with that cost. */
  readonly facet: number;
}

export type CostWriter = (page: readonly PagedEvent[], costs: readonly ComputedCost[]) => void;

/**
 * Keeps computed costs that were decided again, one for each event of a page: the row of the event, and its part of the
 * rollups. Stated amounts are not touched. Needs a transaction around it.
 */
export function costWriter(db: Database, ids: Dictionaries, rollups: () => Rollups | null): CostWriter {
  const update = db.prepare('UPDATE event SET facet = ?, computed = ? WHERE ts = ? AND recording = ? AND id = ?');
  const facets = pricedFacets(db, ids);
  const moveInRollups = rollupMover(db, facets.byId);
  return (page, costs) => {
    const changes = page.flatMap((paged, i) => {
      const cost = costs[i]!;
      return isSameCost(paged.computed, cost) ? [] : [{ paged, cost, facet: facets.idOf(paged, cost) }];
    });
    for (const { paged, cost, facet } of changes) {
      const { ts, recording, id } = paged.place;
      update.run(facet, cost.known ? cost.pico : null, ts, recording, id);
    }
    const kept = rollups();
    if (kept !== null) moveInRollups(kept, changes);
  };
}

/** Takes the figures of events out of the cells of their old costs and adds them to those of the new. */
function rollupMover(db: Database, facet: BatchIds['facet']) {
  const [recording, unit, agent] = [idsOf(db, 'recording'), idsOf(db, 'unit'), idsOf(db, 'agent')];
  const ids = { recording, facet, unit, agent, origin: [], session: [] };
  return (rollups: Rollups, changes: readonly Change[]): void => {
    const columns = emptyColumns(PAGE);
    for (const { paged } of changes) {
      const row = addFigures(columns, paged.event, paged.view.recording.role === 'bill', paged.computed);
      columns.indexes.recording[row] = paged.place.recording;
      columns.indexes.unit[row] = paged.ids.unit ?? -1;
      columns.indexes.agent[row] = paged.ids.agent ?? -1;
      columns.indexes.facet[row] = paged.ids.facet;
    }
    const batch = batchOfColumns(columns, NO_NAMES);
    rollups.apply(batch, ids, -1);
    columns.large.computed.clear();
    for (const [row, { cost, facet }] of changes.entries()) {
      columns.indexes.facet[row] = facet;
      setPico(columns, 'computed', row, cost.known ? cost.pico : null);
    }
    rollups.apply(batch, ids, 1);
  };
}

/** The columns hold the ledger's ids themselves, so each stands for itself. */
const idsOf = (db: Database, table: 'recording' | 'unit' | 'agent'): number[] => {
  const last = Number(db.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get());
  return Array.from({ length: last + 1 }, (_, id) => id);
};

const NONE = { start: 0, added: [] };
const NO_NAMES = { recording: NONE, facet: NONE, origin: NONE, unit: NONE, agent: NONE, session: NONE };
