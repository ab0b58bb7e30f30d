/** SQLite files of other programs: opened so that nothing in them can act, and nothing beside them is made. */

import { statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { brokenDatabase, isLedger } from '../errors/file-formats.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { type Database, LEDGER_APPLICATION_ID, loadDriver } from '../load-driver.js';
import { openInput } from './input-bytes.js';
import { readRange, readRaw } from './raw-bytes.js';
import { type Spooled, spool } from './spool.js';

/** A plain table, and its columns in order, without computed ones. */
export interface DatabaseTable {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface UsageDatabase {
  readonly db: Database;
  readonly close: () => Promise<void>;
}

/**
 * Opens a database for reading. One in WAL mode is copied first, because SQLite makes files beside it even to read it.
 *
 * @param name  what messages call it
 * @throws DRIVER_MISSING, BROKEN_DATABASE, IS_LEDGER, PATH_NOT_FOUND, FILE_UNREADABLE
 */
export async function openUsageDatabase(path: string, name: string): Promise<UsageDatabase> {
  const Driver = loadDriver();
  refuseUnfinished(path, name);
  const { handle } = await openInput(path, name);
  const copied = await copyOfWal(handle, name).finally(() => handle.close());
  try {
    const db = explaining(
      name,
      () => new Driver(resolve(copied?.path ?? path), { readonly: true, fileMustExist: true }),
    );
    const close = async (): Promise<void> => {
      db.close();
      await copied?.dispose();
    };
    try {
      explaining(name, () => prepare(db, name));
      return { db, close };
    } catch (cause) {
      db.close();
      throw cause;
    }
  } catch (cause) {
    await copied?.dispose();
    throw cause;
  }
}

function prepare(db: Database, name: string): void {
  for (const setting of ['trusted_schema = OFF', 'query_only = ON', 'cell_size_check = ON']) db.pragma(setting);
  if (db.pragma('application_id', { simple: true }) === LEDGER_APPLICATION_ID) throw isLedger(name);
}

/** Offset of the versions for writing and for reading: 2 is WAL, 1 a journal. */
const VERSIONS = 18;

/** A copy of a database in WAL mode that says it has a journal: nothing waits in its log, see `refuseUnfinished`. */
async function copyOfWal(handle: FileHandle, name: string): Promise<Spooled | null> {
  const versions = await readRange(handle, name, { start: VERSIONS, end: VERSIONS + 2 });
  if (!versions.includes(2)) return null;
  const head = await readRange(handle, name, { start: 0, end: 100 });
  const rest = readRaw(handle, name, { start: head.length, end: Number.POSITIVE_INFINITY });
  head.fill(1, VERSIONS, VERSIONS + 2);
  async function* patched() {
    yield head;
    yield* rest;
  }
  return spool(Readable.from(patched(), { objectMode: false }));
}

/** Turns what SQLite says into an error that names the file. */
export function explaining<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof TokenhubError) throw cause;
    throw brokenDatabase(name, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** What another program has written last stands beside the file until it is done, and would be missing. */
function refuseUnfinished(path: string, name: string): void {
  for (const end of ['-wal', '-journal']) {
    if ((statSync(`${path}${end}`, { throwIfNoEntry: false })?.size ?? 0) === 0) continue;
    throw brokenDatabase(
      name,
      `what was written last is still in ${name}${end}`,
      undefined,
      `import a copy: sqlite3 ${name} ".backup copy.db"`,
    );
  }
}

/**
 * The plain tables: no views, which may compute anything, and no virtual ones.
 *
 * @throws BROKEN_DATABASE
 */
export const tablesOf = (db: Database, name: string): readonly DatabaseTable[] =>
  explaining(name, () => {
    const tables = db
      .prepare(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
      )
      .pluck()
      .all() as string[];
    const columns = db.prepare('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0').pluck();
    return tables.map((table) => ({ name: table, columns: columns.all(table) as string[] }));
  });
