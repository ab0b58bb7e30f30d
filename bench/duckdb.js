/** DuckDB, installed by the bench alone, with the binary that its package brings; run in processes of its own. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install } from './install.js';
import { kept } from './kept.js';
import { root } from './root.js';
import { nodeScript } from './run-child.js';
import { priceValues } from './usage-models.js';
import { COLUMNS } from './usage-rows.js';

const NAME = '@duckdb/node-api';
const VERSION = '1.5.6-r.1';
export const DUCKDB = `DuckDB ${VERSION.split('-')[0]}`;

/** A folder of its own: npm would remove the peers of another. */
const folder = kept('duckdb');
const manifest = join(folder, 'node_modules', NAME, 'package.json');

export function installDuckdb() {
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === VERSION) return;
  install(folder, [`${NAME}@${VERSION}`]);
}

/**
 * The words that run statements on a database, which a JSON text on standard input holds: `{ path, setup, questions, patience }`.
 * Printed: what `asked` of ask-in-turn.js gives for the questions.
 */
export function duckdbProcess() {
  const api = pathToFileURL(join(folder, 'node_modules', NAME, JSON.parse(readFileSync(manifest, 'utf8')).main)).href;
  return nodeScript(join(root, 'bench', 'duckdb-child.js'), api);
}

/** Types of the columns of a log. */
const CSV_TYPES = COLUMNS.split(',')
  .map((name) => `'${name}': '${typeOf(name)}'`)
  .join(', ');

function typeOf(column) {
  if (column === 'timestamp') return 'TIMESTAMP_MS';
  if (column === 'request_id') return 'UUID';
  return /_tokens$|_ms$/.test(column) ? 'BIGINT' : 'VARCHAR';
}

/** Statements that read a log into a table with a price and a primary key. */
export const duckdbImport = (csv, prices) => `
CREATE TEMP TABLE price (
  model VARCHAR, provider VARCHAR, account VARCHAR, currency VARCHAR, above BIGINT, up_to BIGINT,
  input BIGINT, cache_read BIGINT, output BIGINT, thinking BIGINT
);
INSERT INTO price VALUES ${priceValues(prices)};
CREATE TABLE event (
  ts TIMESTAMP_MS, account VARCHAR, id UUID, model VARCHAR, provider VARCHAR, unit VARCHAR, project VARCHAR, "user" VARCHAR,
  agent VARCHAR, input BIGINT, cache_read BIGINT, output BIGINT, reasoning BIGINT, latency_ms BIGINT, status VARCHAR,
  computed BIGINT, currency VARCHAR,
  PRIMARY KEY (ts, account, id)
);
INSERT OR IGNORE INTO event
SELECT raw.timestamp, account, request_id, raw.model, raw.provider, unit, project, "user", agent, input_tokens - cached_input_tokens,
  cached_input_tokens, output_tokens, reasoning_tokens, latency_ms, status,
  (input_tokens - cached_input_tokens) * price.input + cached_input_tokens * price.cache_read
    + output_tokens * CASE WHEN reasoning_tokens > 0 THEN price.thinking ELSE price.output END,
  currency
FROM read_csv('${csv}', header = true, columns = {${CSV_TYPES}}) raw
JOIN price ON price.model = raw.model AND price.provider = raw.provider
  AND input_tokens > price.above AND input_tokens <= price.up_to;`;
