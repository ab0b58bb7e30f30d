import type { Database } from '../../load-driver.js';
import type { RecordedEvent, RecordedSelection } from '../ledger.js';
import { eventPages } from './event-pages.js';

/** Pages of the usage events of some recordings, in order, each asked for when the one before was done with. */
export function* recordedPages(db: Database, { window, of }: RecordedSelection): Generator<RecordedEvent[]> {
  const unitOf = unitNames(db);
  for (const page of eventPages(db, {
    ...{ window, of, models: null, providers: null, accounts: null },
    closed: 'read',
  }))
    yield page.map(({ view, event, ids, computed }) => ({
      recording: view.recording,
      event,
      unit: ids.unit === null ? null : unitOf(ids.unit),
      computed,
    }));
}

function unitNames(db: Database): (id: number) => string {
  const rows = db.prepare<unknown[], [number, string]>('SELECT id, name FROM unit').raw().safeIntegers(false).all();
  const names = new Map(rows as unknown as readonly [number, string][]);
  return (id) => names.get(id)!;
}
