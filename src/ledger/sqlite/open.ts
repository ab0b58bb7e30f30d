import { existsSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ledgerBroken, ledgerForeign, ledgerMissing, ledgerNewer, ledgerUnreadable } from '../../errors/ledger.js';
import { type Database, type Driver, loadDriver } from '../../load-driver.js';
import { bucketOf } from '../../report/latency.js';
import { localHours } from '../../report/local-hours.js';
import type { Ledger } from '../ledger.js';
import { explaining, sqliteCode } from './failures.js';
import { APPLICATION_ID, MIGRATIONS, migrate, readHeader } from './migrations.js';
import { BUSY_TIMEOUT, sqliteLedger } from './sqlite-ledger.js';

export interface OpenOptions {
  /** Path of the file, or `:memory:` with mode `create`. */
  readonly path: string;
  /** `read` changes nothing; `write` needs a ledger that is there; `create` makes one where there is none. */
  readonly mode: 'read' | 'write' | 'create';
  /** Milliseconds to wait for another process while opening, in which nothing else is done; default 5,000. */
  readonly patience?: number;
}

const IN_MEMORY = ':memory:';
/** Pages of a writer kept in memory: those of an import's totals and names are met all the time. */
const WRITE_CACHE_KIB = 16 * 1024;

/**
 * Opens a ledger kept in one SQLite file; an older schema is brought up to date first, in mode `read` too.
 *
 * @throws DRIVER_MISSING, LEDGER_MISSING, LEDGER_FOREIGN, LEDGER_NEWER, LEDGER_BROKEN, LEDGER_UNREADABLE,
 *         LEDGER_READ_ONLY, LEDGER_BUSY
 */
export async function openSqliteLedger({ path, mode, patience = BUSY_TIMEOUT }: OpenOptions): Promise<Ledger> {
  const Driver = loadDriver();
  return explaining(path, () => {
    if (path !== IN_MEMORY) checkFile(path, mode);
    else if (mode !== 'create') throw ledgerMissing(path);
    const db = mode === 'read' ? openForReading(Driver, path) : openForWriting(Driver, path, mode, patience);
    return sqliteLedger(prepared(db), path);
  });
}

function checkFile(path: string, mode: OpenOptions['mode']): void {
  const file = statusOf(path);
  if (file?.isDirectory())
    throw ledgerUnreadable(path, 'it is a folder', `name a file in it: --ledger ${join(path, 'tokenhub.db')}`);
  if (file !== undefined && !file.isFile())
    throw ledgerUnreadable(path, 'it is no regular file', 'name another file with --ledger');
  if (mode === 'create' && !existsSync(dirname(path)))
    throw ledgerUnreadable(path, 'its folder does not exist', `create the folder ${dirname(path)} first`);
  // SQLite takes a file of one byte for an empty database, and would write over it.
  if (file?.size === 1) throw ledgerBroken(path, 'it is not an SQLite file');
  // A file of no bytes is what a first import leaves behind when it is killed.
  if (mode !== 'create' && (file === undefined || file.size === 0)) throw ledgerMissing(path);
}

function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : 'its name is no file name';
    throw ledgerUnreadable(path, why, 'check the name and the permissions of its folders', cause);
  }
}

function openForWriting(
  Driver: Driver,
  path: string,
  mode: OpenOptions['mode'],
  patience: number = BUSY_TIMEOUT,
): Database {
  const db = new Driver(fileName(path), { timeout: patience });
  return closedOnFailure(db, () => {
    checkHeader(db, path, mode);
    db.pragma('journal_mode = DELETE');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = OFF'); // every id comes from a dictionary; checking seven a row takes as long as writing it
    db.pragma(`cache_size = ${-WRITE_CACHE_KIB}`);
    migrate(db);
  });
}

function openForReading(Driver: Driver, path: string): Database {
  const db = new Driver(fileName(path), { readonly: true, timeout: BUSY_TIMEOUT });
  try {
    checkHeader(db, path, 'read');
    if (readHeader(db).version === MIGRATIONS.length) return db;
  } catch (error) {
    db.close();
    // A killed writer left its journal; only a writer may roll it back.
    if (sqliteCode(error) !== 'SQLITE_READONLY_ROLLBACK') throw error;
  }
  db.close();
  openForWriting(Driver, path, 'read').close();
  return openForReading(Driver, path);
}

/** better-sqlite3 trims names and SQLite reads `file:` as a URI; an absolute path is neither changed nor read so. */
const fileName = (path: string): string => (path === IN_MEMORY ? path : resolve(path));

/** A database without anything in it becomes a ledger when something is written, and is none for reading. */
function checkHeader(db: Database, path: string, mode: OpenOptions['mode']): void {
  const { applicationId, version, hasTables } = readHeader(db);
  const empty = applicationId === 0 && version === 0 && !hasTables;
  if (applicationId !== APPLICATION_ID && !empty) throw ledgerForeign(path);
  if (empty && mode === 'read') throw ledgerMissing(path);
  if (version > MIGRATIONS.length) throw ledgerNewer(path, version, MIGRATIONS.length);
}

function prepared(db: Database): Database {
  return closedOnFailure(db, () => {
    db.defaultSafeIntegers(true);
    db.function('local_hour', { deterministic: true, safeIntegers: false }, localHours());
    db.function('latency_bucket', { deterministic: true, safeIntegers: false }, bucketOf);
  });
}

function closedOnFailure(db: Database, work: () => void): Database {
  try {
    work();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
