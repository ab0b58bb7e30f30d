/** Every way to import a usage log that the benches measure: each makes a new file, as a process of its own. */

import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { duckdbImport, duckdbProcess } from './duckdb.js';
import { measured } from './measured-process.js';
import { bin } from './root.js';
import { nodeScript } from './run-child.js';
import { flatTable, sameWork } from './sqlite-import.js';

const MEGABYTE = 1e6;

/** Runs `work(path)` on a new file. @returns `{ ms, peak, stdout, size, path }`, sizes in megabytes */
async function intoNew(scratch, name, work) {
  const path = join(scratch, name);
  for (const file of [path, `${path}-journal`, `${path}.wal`]) rmSync(file, { force: true });
  const result = await work(path);
  return { ...result, path, size: statSync(path).size / MEGABYTE };
}

/** What `tokenhub import` did: as `measured`, and its body. */
export async function tokenhubImport(scratch, ledger, csv) {
  const words = nodeScript(bin, 'import', csv, '--ledger', ledger, '--json');
  const result = await measured(words, { cwd: scratch, env: { TOKENHUB_CACHE: join(scratch, 'cache') } });
  const body = JSON.parse(result.stdout);
  const { read, added, updated, rejected } = body.files[0];
  return { ...result, read, added, updated, rejected, unpriced: body.unpriced };
}

export const intoLedger = (scratch, csv, name = 'tokenhub.db') =>
  intoNew(scratch, name, (ledger) => tokenhubImport(scratch, ledger, csv));

const shell = (scratch, name, sql) =>
  intoNew(scratch, name, (path) => measured(['sqlite3', '-batch', '-bail', path], { input: sql }));

export const intoSqlite = (scratch, csv, prices) => shell(scratch, 'sqlite.db', sameWork(csv, prices));

export const intoFlatTable = (scratch, csv, prices) => shell(scratch, 'flat.db', flatTable(csv, prices));

export const intoDuckdb = (scratch, csv, prices) =>
  intoNew(scratch, 'duck.db', (path) =>
    measured(duckdbProcess(), { input: JSON.stringify({ path, setup: duckdbImport(csv, prices) }) }),
  );
