/** How SQLite looks for a request in other recordings: by its key, not through all events. */

import { expect, test } from 'vitest';
import { eventSql, windowValues } from '../../src/ledger/sqlite/usage-rows.js';
import { APP, entry, importFile, METER } from './entries.js';
import { rawLedger } from './raw-ledger.js';

test.each([
  ['two views of one account', METER],
  ['two sources that record in part', { ...APP, source: 'litellm' }],
])('%s: each twin is found by its key', async (_, other) => {
  const { db, ledger } = rawLedger();
  const calls = Array.from({ length: 100 }, (_, i) => entry({ id: `r${i}` }));
  await importFile(ledger, calls);
  await importFile(
    ledger,
    calls.map((each) => ({ ...each, recording: other })),
  );
  const window = { from: null, to: null, firstDay: null, lastDay: null, timeZone: 'UTC' };
  const plan = db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${eventSql(db, window)}`)
    .all(windowValues(window))
    .map(({ detail }) => detail)
    .filter((detail) => detail.includes('twin'));
  expect(plan.length).toBeGreaterThan(0);
  expect(plan.filter((detail) => !/^SEARCH twin USING INDEX event_id \(recording=\? AND id=\?\)/.test(detail))).toEqual(
    [],
  );
});
