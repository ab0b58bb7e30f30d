import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addClosing } from '../../../src/ledger/sqlite/closings.js';
import { openSqliteLedger } from '../../../src/ledger/sqlite/open.js';
import { loadDriver } from '../../../src/load-driver.js';
import { entry, importFile } from '../entries.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokenhub-closing-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a closing whose process was killed leaves the period open, and the ledger whole', async () => {
  const [path, killed] = [join(folder, 'tokenhub.db'), join(folder, 'killed.db')];
  const ledger = await openSqliteLedger({ path, mode: 'create' });
  await importFile(ledger, [entry()]);
  await ledger.close();
  const db = new (loadDriver())(path);
  db.pragma('cache_size = 10'); // pages: what does not fit is written before the end
  db.exec('BEGIN IMMEDIATE');
  addClosing(db, {
    ...{ period: '2026-10', firstDay: '2026-10-01', lastDay: '2026-10-31', timeZone: 'UTC' },
    ...{ content: JSON.stringify('x'.repeat(500_000)), hash: 'h', note: null, closedAt: 0 },
  });
  expect(existsSync(`${path}-journal`)).toBe(true);
  for (const end of ['', '-journal']) copyFileSync(`${path}${end}`, `${killed}${end}`); // what a kill leaves
  db.exec('ROLLBACK');
  db.close();
  await using left = await openSqliteLedger({ path: killed, mode: 'write' });
  expect(await left.closings()).toEqual([]);
  expect(await left.span()).not.toBeNull();
});
