import { LEDGER_APPLICATION_ID as APPLICATION_ID, type Database } from '../../load-driver.js';
import { SCHEMA_1 } from './schema-1.js';
import { SCHEMA_2 } from './schema-2.js';

export { APPLICATION_ID };

/** SQL that makes schema n + 1 of schema n. Append only: a published migration is never edited. */
export const MIGRATIONS: readonly string[] = [SCHEMA_1, SCHEMA_2];

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
export function migrate(db: Database, migrations: readonly string[] = MIGRATIONS): void {
  for (const [version, sql] of migrations.entries()) {
    const step = db.transaction(() => {
      if (readHeader(db).version !== version) return;
      db.exec(sql);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${version + 1}`);
    });
    if (readHeader(db).version === version) step.immediate();
  }
}
