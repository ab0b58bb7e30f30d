import type { Database } from '../../load-driver.js';
import type { RecordedEvent, RecordedSelection } from '../ledger.js';
import { eventPages } from './event-pages.js';
import { unitNames } from './rule-facts.js';

/** Pages of the usage events of some recordings, in order, each asked for when the one before was done with. */
export function* recordedPages(db: Database, { window, of }: RecordedSelection): Generator<RecordedEvent[]> {
  const units = unitNames(db);
  for (const page of eventPages(db, {
    ...{ window, of, models: null, providers: null, accounts: null },
    closed: 'read',
  }))
    yield page.map(({ view, event, ids, computed }) => ({
      recording: view.recording,
      event,
      unit: ids.unit === null ? null : units.get(ids.unit)!,
      computed,
    }));
}
