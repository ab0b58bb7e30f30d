/** The events of a ledger in order of their key, a page at a time, with all that their cost and their totals depend on. */

import type { Database } from '../../load-driver.js';
import type { StoredCost } from '../../report/stored-cost.js';
import type { UsageEvent } from '../../usage/event.js';
import { costFrom, facetReader } from './facet-reader.js';
import { originReader } from './origin-reader.js';
import { type EventSelection, type PricedRow, pricedRowsSql, selectionValues, ZONES_APART_MS } from './priced-rows.js';
import { quantityReader } from './quantity-reader.js';
import type { Place } from './stored-entry.js';
import { idOfStored } from './stored-id.js';
import { viewReader } from './view-reader.js';

/** Events of a page at most. */
export const PAGE = 2_000;

export interface PagedEvent extends StoredCost {
  readonly place: Place;
  /** Ids of what its totals are kept by. */
  readonly ids: { readonly facet: number; readonly unit: number | null; readonly agent: number | null };
}

/** Pages of the events of a selection, in order, each asked for when the one before was done with. */
export function* eventPages(db: Database, selection: EventSelection): Generator<PagedEvent[]> {
  const page = db.prepare<unknown[], PricedRow>(pricedRowsSql(db, selection)).raw().safeIntegers(false);
  const quantitiesOf = quantityReader(db);
  const read = rowReader(db);
  const values = selectionValues(selection);
  let after = firstPlace(selection);
  for (;;) {
    const rows = page.all({ ...values, ...after, page: PAGE });
    if (rows.length === 0) return;
    const quantities = quantitiesOf(rows[0]!, rows.at(-1)!);
    const events = rows.map((row) => read(row, quantities(row)));
    after = events.at(-1)!.place;
    yield events;
  }
}

const firstPlace = ({ window: { from } }: EventSelection): Place => ({
  ts: from === null ? Number.MIN_SAFE_INTEGER : from - ZONES_APART_MS,
  recording: 0,
  id: '',
});

function rowReader(db: Database): (row: PricedRow, quantities: UsageEvent['quantities']) => PagedEvent {
  const [facetOf, originOf, viewOf] = [facetReader(db), originReader(db), viewReader(db)];
  return (
    [
      ts,
      recording,
      id,
      until,
      facetId,
      origin,
      unit,
      agent,
      requests,
      input,
      cacheRead,
      cacheWrite5m,
      cacheWrite1h,
      output,
      reasoning,
      latencyMs,
      date,
      stated,
      statedText,
      computed,
      day,
      days,
      isCounted,
    ],
    quantities,
  ) => {
    const facet = facetOf(facetId);
    const view = viewOf(recording, day, days, ts, until);
    const { model, provider, cacheKind, mode, tierUpTo, charge, plan, status } = facet;
    const statedIn = facet.billedCurrency ?? facet.claimedCurrency;
    return {
      place: { ts, recording, id },
      ids: { facet: facetId, unit, agent },
      view,
      isCounted: isCounted === 1,
      computed: costFrom(facet.computed, computed),
      event: {
        id: typeof id === 'string' && id.startsWith('~') ? null : idOfStored(id),
        at: ts,
        day: date,
        until,
        model,
        provider,
        account: view.recording.account,
        origin: originOf(origin),
        agent: null, // no price depends on it, nor on the session
        session: null,
        requests,
        tokens: { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning },
        quantities,
        cacheKind,
        mode,
        tierUpTo,
        charge,
        plan,
        counter: null,
        status,
        latencyMs,
        statedCost:
          stated === null || statedIn === null ? null : { currency: statedIn, pico: BigInt(stated), text: statedText },
      },
    };
  };
}
