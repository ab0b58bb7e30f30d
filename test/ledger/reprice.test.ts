import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSqliteLedger } from '../../src/ledger/sqlite/open.js';
import { loadDriver } from '../../src/load-driver.js';
import { folderWith } from '../files/folder.js';
import { importFile } from './entries.js';
import { costsBy, logs, reprice, repriceContract } from './reprice-contract.js';

const inMemory = () => openSqliteLedger({ path: ':memory:', mode: 'create' });

describe('a ledger in SQLite', () => repriceContract(inMemory));

describe('a ledger in SQLite that keeps totals', () =>
  repriceContract(async () => {
    const ledger = await inMemory();
    await ledger.begin();
    await ledger.keepTotalsIn('UTC');
    await ledger.commit();
    return ledger;
  }));

const TABLES = [
  'event',
  'quantity',
  'sighting',
  'rollup_unit',
  'rollup_month',
  'rollup_day',
  'rollup_agent',
  'rollup_latency',
  'rollup_price',
  'home',
];

/** Every row of the tables that hold events and totals. */
function rowsIn(path: string): Record<string, unknown[]> {
  const db = new (loadDriver())(path, { readonly: true });
  db.defaultSafeIntegers(true);
  const rows = TABLES.map((table) => [table, db.prepare(`SELECT * FROM ${table}`).raw().all()] as const);
  db.close();
  return Object.fromEntries(rows);
}

test('priced again with the same costs, every row and rollup stays; with others and back, every one is as it was', async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.constantFrom('UTC', 'Asia/Shanghai'), fc.nat(), async (log, zone, salt) => {
      const path = `${folderWith({})}/tokenhub.db`;
      await using ledger = await openSqliteLedger({ path, mode: 'create' });
      await ledger.begin();
      await ledger.keepTotalsIn(zone);
      await ledger.commit();
      await importFile(ledger, log);
      const before = rowsIn(path);
      const costs = new Map(log.map(({ id, computed }) => [id, computed]));
      await reprice(ledger, ({ event }) => costs.get(event.id!)!);
      expect(rowsIn(path)).toEqual(before);
      const others = costsBy(salt);
      await reprice(ledger, ({ event, view }) => others({ event, recording: view.recording }));
      await reprice(ledger, ({ event }) => costs.get(event.id!)!);
      expect(rowsIn(path)).toEqual(before);
    }),
    { numRuns: 25 },
  );
}, 120_000);
