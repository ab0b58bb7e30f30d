/** A ledger in memory beside its database, so that tests can read the tables and rows as they are. */

import { migrate } from '../../src/ledger/sqlite/migrations.js';
import { sqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.js';
import { loadDriver } from '../../src/load-driver.js';
import { bucketOf } from '../../src/report/latency.js';

type Database = InstanceType<ReturnType<typeof loadDriver>>;

export function rawLedger() {
  const db = new (loadDriver())(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db);
  db.defaultSafeIntegers(true);
  db.function('latency_bucket', { deterministic: true, safeIntegers: false }, bucketOf);
  return { db, ledger: sqliteLedger(db, ':memory:') };
}

const rows = (db: Database, sql: string): string[] =>
  db
    .prepare<unknown[], object>(sql)
    .all()
    .map((row) => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))
    .sort();

/** Names in place of ids, which depend on what was in the ledger before. */
const ROLLUP_NAMES = `
  (SELECT role || source || account FROM recording WHERE id = x.recording) AS recording_name,
  s.grain, s.days, s.is_foreign, s.is_used, s.is_assigned, s.reported, s.is_covered,
  (SELECT name FROM charge WHERE id = s.charge) AS charge,
  (SELECT name FROM currency WHERE id = s.billed_currency) AS billed_currency,
  (SELECT name FROM currency WHERE id = s.claimed_currency) AS claimed_currency,
  (SELECT name FROM currency WHERE id = s.computed_currency) AS computed_currency,
  x.events, x.requests, x.input, x.cache_read, x.cache_write, x.output, x.reasoning, x.billed_high, x.billed_low,
  x.claimed_high, x.claimed_low, x.computed_high, x.computed_low`;

const UNIT_NAME = '(SELECT name FROM unit WHERE id = x.unit) AS unit';
const MODEL_NAMES = `(SELECT name FROM model WHERE id = x.model) AS model,
  (SELECT name FROM provider WHERE id = x.provider) AS provider`;
const SHAPE = 'JOIN shape s ON s.id = x.shape';

/** Everything of the rollups, whatever the numbers of names and shapes. */
export const rollupsIn = (db: Database) => ({
  home: rows(db, 'SELECT * FROM home'),
  unit: rows(db, `SELECT x.day, ${UNIT_NAME}, ${MODEL_NAMES}, ${ROLLUP_NAMES} FROM rollup_unit x ${SHAPE}`),
  month: rows(db, `SELECT x.day, ${UNIT_NAME}, ${MODEL_NAMES}, ${ROLLUP_NAMES} FROM rollup_month x ${SHAPE}`),
  day: rows(db, `SELECT x.day, ${MODEL_NAMES}, ${ROLLUP_NAMES} FROM rollup_day x ${SHAPE}`),
  agent: rows(
    db,
    `SELECT (SELECT name FROM agent WHERE id = x.agent) AS agent, ${ROLLUP_NAMES}
     FROM rollup_agent x JOIN shape s ON s.id = x.shape`,
  ),
  latency: rows(
    db,
    `SELECT x.month, (SELECT role || source || account FROM recording WHERE id = x.recording) AS recording_name,
       (SELECT name FROM model WHERE id = x.model) AS model, x.bucket, x.events FROM rollup_latency x`,
  ),
});

/** Everything a ledger says of its events; imports by the names of their files, since their numbers differ. */
export const contentsOf = (db: Database) => ({
  usage: rows(db, 'SELECT * FROM usage').map((row) => row.replace(/"recording":"\d+",|"import":"\d+",/g, '')),
  quantities: rows(
    db,
    `SELECT q.ts, q.id, (SELECT role || source || account FROM recording WHERE id = q.recording) AS recording_name, q.name, q.value
     FROM quantity q`,
  ),
  sightings: rows(
    db,
    `SELECT s.id, (SELECT role || source || account FROM recording WHERE id = s.recording) AS recording_name,
       (SELECT path FROM import WHERE id = s.import) AS file, s.record, s.content FROM sighting s`,
  ),
  readings: rows(
    db,
    `SELECT r.series, r.ts, (SELECT role || source || account FROM recording WHERE id = r.recording) AS recording_name,
       (SELECT path FROM import WHERE id = r.import) AS file, r.record, r.content FROM reading r`,
  ),
  recordings: rows(db, 'SELECT role, source, account FROM recording'),
  rejects: rows(db, 'SELECT (SELECT path FROM import WHERE id = r.import) AS file, number, line, reason FROM reject r'),
});
