import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSqliteLedger } from '../../src/ledger/sqlite/open.js';
import { loadDriver } from '../../src/load-driver.js';
import { closingsContract } from './closings-contract.js';
import { ledgerContract } from './contract.js';
import { importFile } from './entries.js';
import { fieldsContract } from './fields-contract.js';

const inMemory = () => openSqliteLedger({ path: ':memory:', mode: 'create' });

describe('a ledger in SQLite', () => ledgerContract(inMemory));

describe('a ledger in SQLite that keeps totals', () => ledgerContract(withTotals));

describe('fields of a ledger in SQLite', () => fieldsContract(inMemory));

describe('fields of a ledger in SQLite that keeps totals', () => fieldsContract(withTotals));

describe('closings in SQLite', () => closingsContract(inMemory));

describe('closings in SQLite that keeps totals', () => closingsContract(withTotals));

async function withTotals() {
  const ledger = await inMemory();
  await ledger.begin();
  await ledger.keepTotalsIn('UTC');
  await ledger.commit();
  return ledger;
}

test('of very many bad records the first 10,000 are kept, and the count of all', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tokenhub-rejects-'));
  const path = join(folder, 'tokenhub.db');
  const rejects = Array.from({ length: 10_005 }, (_, i) => ({
    at: null,
    line: i + 2,
    field: null,
    reason: 'is no number',
  }));
  await using ledger = await openSqliteLedger({ path, mode: 'create' });
  await importFile(ledger, [], { rejects });
  const db = new (loadDriver())(path);
  expect(db.prepare('SELECT count(*), min(line), max(line) FROM reject').raw().get()).toEqual([10_000, 2, 10_001]);
  expect(db.prepare('SELECT rejected FROM import').pluck().get()).toBe(10_005);
  db.close();
  rmSync(folder, { recursive: true });
});
