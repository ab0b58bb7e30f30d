import type { Database } from '../../load-driver.js';
import { migrateTo2 } from './migrate-to-2.js';
import { SCHEMA_1 } from './schema-1.js';
import { SCHEMA_3 } from './schema-3.js';

/** `tkhb` in ASCII; marks an SQLite file as a ledger of tokenhub. */
export const APPLICATION_ID = 0x746b_6862;

/** SQL, or what runs it, inside a transaction. */
export type Migration = string | ((db: Database) => void);

/** What makes schema n + 1 of schema n. Append only: a published migration is never edited. */
export const MIGRATIONS: readonly Migration[] = [SCHEMA_1, migrateTo2, SCHEMA_3];

/** What the header of an SQLite file says it is. */
export interface Header {
  readonly applicationId: number;
  readonly version: number;
  readonly hasTables: boolean;
}

export function readHeader(db: Database): Header {
  return {
    applicationId: Number(db.pragma('application_id', { simple: true })),
    version: Number(db.pragma('user_version', { simple: true })),
    hasTables: db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined,
  };
}

/** Brings the schema up to date, one transaction a step; a step another process made meanwhile is not made again. */
export function migrate(db: Database, migrations: readonly Migration[] = MIGRATIONS): void {
  for (const [version, migration] of migrations.entries()) {
    const step = db.transaction(() => {
      if (readHeader(db).version !== version) return;
      if (typeof migration === 'string') db.exec(migration);
      else migration(db);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${version + 1}`);
    });
    if (readHeader(db).version === version) step.immediate();
  }
}
