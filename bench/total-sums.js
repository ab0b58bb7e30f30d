/** Totals of a finished import, to the last digit, as one text that can be compared: events, tokens by class, pico-units by currency. */

import Database from 'better-sqlite3';
import { duckdbProcess } from './duckdb.js';
import { measured } from './measured-process.js';

const CLASSES = ['input', 'cache_read', 'output', 'reasoning'];
const SUMS = ['count(*)', ...CLASSES.map((name) => `sum(${name})`)];

/** By group of currency: sums that fit 64 bits, so that SQLite adds them exactly or fails. */
const sqlite = (path, computed, currency, from) => {
  const db = new Database(path, { readonly: true });
  const sql = `SELECT ${currency} AS name, ${[...SUMS, computed].join(', ')} FROM ${from} GROUP BY 1`;
  const rows = db.prepare(sql).safeIntegers().raw().all();
  db.close();
  return canonical(rows);
};

const canonical = (rows) =>
  rows
    .map((row) => row.map(String).join(' '))
    .sort()
    .join('; ');

export const totalsOf = {
  ledger: (path) => sqlite(path, 'sum(computed_pico)', 'computed_currency', 'usage'),
  sqlite: (path) =>
    sqlite(path, 'sum(computed)', 'currency.name', 'event JOIN currency ON currency.id = event.currency'),
  async duckdb(path) {
    const sums = [...SUMS, 'sum(computed)'].map((sum) => `CAST(${sum} AS VARCHAR)`);
    const questions = { totals: `SELECT currency, ${sums} FROM event GROUP BY 1` };
    const { stdout } = await measured(duckdbProcess(), { input: JSON.stringify({ path, questions }) });
    return canonical(JSON.parse(stdout).totals.rows);
  },
};
