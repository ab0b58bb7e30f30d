import { ledgerReadOnly } from '../../errors.js';
import type { PriceListUse } from '../../report/cell.js';
import type { Ledger } from '../ledger.js';
import { appender } from './append.js';
import { readCells } from './cells.js';
import { Dictionaries } from './dictionaries.js';
import { explaining, sqliteCode } from './failures.js';
import { closeImport, findImport, openImport, readIncomplete } from './imports.js';
import type { Database } from './load-driver.js';
import { readPresence } from './presence.js';
import { applyRules, readAppliedRules, readOrigins } from './rules.js';

/** The port over an open database; `path` is the one the user knows, for messages. */
export function sqliteLedger(db: Database, path: string): Ledger {
  const ids = new Dictionaries(db);
  const read = async <T>(work: () => T): Promise<T> => explaining(path, work);
  const write = async <T>(work: () => T): Promise<T> => {
    if (!db.inTransaction) throw new Error('a ledger is written inside a transaction only');
    return explaining(path, work);
  };
  const append = lazily(() => appender(db, ids));
  /** Also safe after SQLite has rolled back by itself, as it does when the disk is full. */
  const rollback = async (): Promise<void> => {
    ids.forget();
    if (db.inTransaction) await read(() => db.exec('ROLLBACK'));
  };
  const close = async (): Promise<void> => {
    if (db.open) db.close(); // an open transaction is rolled back by SQLite
  };

  return {
    begin: () => read(() => beginWriting(db, path)),
    commit: () => write(() => void db.exec('COMMIT')),
    rollback,
    findImport: (key) => read(() => findImport(db, key)),
    openImport: (key, file, bytes) => write(() => openImport(db, key, file, bytes)),
    append: (importId, entries, price) => write(() => append()(importId, entries, price)),
    closeImport: (importId, tally, rejects) => write(() => closeImport(db, importId, tally, rejects)),
    presence: (window, cost) => read(() => readPresence(db, window, cost)),
    cells: (query) => read(() => readCells(db, query)),
    incomplete: (window) => read(() => readIncomplete(db, window)),
    priceLists: () => read(() => readPriceLists(db)),
    span: () => read(() => readSpan(db)),
    appliedRules: () => read(() => readAppliedRules(db)),
    origins: (timeZone) => read(() => readOrigins(db, timeZone)),
    applyRules: (rules, timeZone, assign) => write(() => applyRules(db, rules, timeZone, assign)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/**
 * BEGIN IMMEDIATE alone succeeds on a file that cannot be written, so a write that changes nothing is tried first; it
 * is undone, as committing it would touch the file.
 */
function beginWriting(db: Database, path: string): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    db.pragma(`user_version = ${db.pragma('user_version', { simple: true })}`);
  } catch (error) {
    // CANTOPEN: the file may be written, but no journal can be made in its folder.
    throw sqliteCode(error)?.startsWith('SQLITE_CANTOPEN') ? ledgerReadOnly(path, error) : error;
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
  db.exec('BEGIN IMMEDIATE');
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Only lists some cost was computed with: a merged event may have left its first price unused. */
function readPriceLists(db: Database): PriceListUse[] {
  return db
    .prepare<unknown[], PriceListUse>(
      `SELECT source AS name, as_of AS asOf FROM price
       WHERE EXISTS (SELECT 1 FROM event WHERE event.price = price.id)
       GROUP BY source, as_of ORDER BY source, as_of`,
    )
    .all();
}

function readSpan(db: Database): { from: number; to: number } | null {
  const row = db
    .prepare<unknown[], { first: bigint | null; last: bigint | null }>(
      'SELECT (SELECT min(ts) FROM event) AS first, (SELECT max(ts) FROM event) AS last',
    )
    .get();
  return row === undefined || row.first === null || row.last === null
    ? null
    : { from: Number(row.first), to: Number(row.last) };
}
