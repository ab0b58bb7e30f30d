/**
 * The import as input of the sqlite3 shell: what somebody who knows SQLite well would write. `.import` to a temporary
 * table whose column types turn digits into numbers, checks, dictionaries, price, key, a rollup by day, unit and model,
 * in one transaction that is flushed to the disk. Every pass over the raw rows costs, so that columns which belong
 * together share one, and each row looks four things up.
 */

import { priceValues } from './usage-models.js';

const SAFE = 'PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;';

const dictionary = (name) => `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);`;

const PRICES = `
CREATE TEMP TABLE price (
  model TEXT, provider TEXT, account TEXT, currency TEXT, above INTEGER, up_to INTEGER,
  input INTEGER, cache_read INTEGER, output INTEGER, thinking INTEGER
);`;

const TABLES = `
${['recording', 'model', 'provider', 'status', 'unit', 'currency', 'agent'].map(dictionary).join('\n')}
CREATE TABLE origin (
  id INTEGER PRIMARY KEY, unit TEXT NOT NULL, project TEXT NOT NULL, "user" TEXT NOT NULL, UNIQUE (unit, project, "user")
);
CREATE TABLE event (
  ts INTEGER NOT NULL, recording INTEGER NOT NULL, id TEXT NOT NULL, model INTEGER NOT NULL, provider INTEGER NOT NULL,
  origin INTEGER NOT NULL, agent INTEGER NOT NULL, unit INTEGER NOT NULL, input INTEGER NOT NULL,
  cache_read INTEGER NOT NULL, output INTEGER NOT NULL, reasoning INTEGER NOT NULL, latency_ms INTEGER NOT NULL,
  status INTEGER NOT NULL, computed INTEGER NOT NULL, currency INTEGER NOT NULL,
  PRIMARY KEY (ts, recording, id)
) WITHOUT ROWID;
CREATE TABLE daily (
  day INTEGER NOT NULL, unit INTEGER NOT NULL, model INTEGER NOT NULL, currency INTEGER NOT NULL,
  requests INTEGER NOT NULL, input INTEGER NOT NULL, cache_read INTEGER NOT NULL, output INTEGER NOT NULL,
  reasoning INTEGER NOT NULL, computed INTEGER NOT NULL,
  PRIMARY KEY (day, unit, model, currency)
) WITHOUT ROWID;`;

const load = (csv) => `
CREATE TEMP TABLE raw (
  timestamp TEXT, request_id TEXT, model TEXT, provider TEXT, input INTEGER, cached INTEGER, output INTEGER,
  reasoning INTEGER, latency_ms INTEGER, status TEXT, unit TEXT, project TEXT, "user" TEXT, agent TEXT
);
.import --csv --schema temp --skip 1 ${csv} raw`;

const DICTIONARIES = `
INSERT INTO recording (name) SELECT DISTINCT account FROM price;
INSERT INTO currency (name) SELECT DISTINCT currency FROM price;
CREATE TEMP TABLE kind AS SELECT DISTINCT model, provider, status FROM raw;
INSERT INTO model (name) SELECT DISTINCT model FROM kind;
INSERT INTO provider (name) SELECT DISTINCT provider FROM kind;
INSERT INTO status (name) SELECT DISTINCT status FROM kind;
INSERT INTO origin (unit, project, "user") SELECT DISTINCT unit, project, "user" FROM raw;
INSERT INTO unit (name) SELECT DISTINCT unit FROM origin;
INSERT INTO agent (name) SELECT DISTINCT agent FROM raw;`;

/** From the texts of a row to numbers: of its model, provider and status at once, of its origin and unit at once, and its price. */
const LOOKUPS = `
CREATE TEMP TABLE kind_id (
  model TEXT, provider TEXT, status TEXT, model_id, provider_id, status_id, PRIMARY KEY (model, provider, status)
) WITHOUT ROWID;
INSERT INTO kind_id
SELECT kind.model, kind.provider, kind.status, model.id, provider.id, status.id FROM kind
JOIN model ON model.name = kind.model JOIN provider ON provider.name = kind.provider
JOIN status ON status.name = kind.status;
CREATE TEMP TABLE origin_id (
  "user" TEXT, project TEXT, unit TEXT, origin_id, unit_id, PRIMARY KEY ("user", project, unit)
) WITHOUT ROWID;
INSERT INTO origin_id
SELECT "user", project, origin.unit, origin.id, unit.id FROM origin JOIN unit ON unit.name = origin.unit;
CREATE TEMP TABLE rate (
  model_id INTEGER, provider_id INTEGER, up_to INTEGER, above INTEGER, recording_id, currency_id,
  input, cache_read, output, thinking, PRIMARY KEY (model_id, provider_id, up_to)
) WITHOUT ROWID;
INSERT INTO rate
SELECT model.id, provider.id, up_to, above, recording.id, currency.id, input, cache_read, output, thinking FROM price
JOIN model ON model.name = price.model JOIN provider ON provider.name = price.provider
JOIN recording ON recording.name = price.account JOIN currency ON currency.name = price.currency;`;

/** A count that is no whole number has another type; a time that is none is NULL, which the table refuses. */
const VALID = `${['input', 'cached', 'output', 'reasoning', 'latency_ms']
  .map((name) => `typeof(raw.${name}) = 'integer'`)
  .join(' AND ')}
AND raw.cached BETWEEN 0 AND raw.input AND raw.reasoning BETWEEN 0 AND raw.output AND raw.request_id <> ''`;

const TS = 'unixepoch(raw.timestamp) * 1000 + CAST(substr(raw.timestamp, 21, 3) AS INTEGER)';

const costBy = (price) => `(raw.input - raw.cached) * ${price}.input + raw.cached * ${price}.cache_read
  + raw.output * iif(raw.reasoning > 0, ${price}.thinking, ${price}.output)`;

const EVENTS = `
INSERT OR IGNORE INTO event
SELECT ${TS}, recording_id, request_id, kind_id.model_id, kind_id.provider_id, origin_id, agent.id, unit_id,
  raw.input - cached, cached, raw.output, reasoning, latency_ms, status_id, ${costBy('rate')}, currency_id
FROM raw
CROSS JOIN kind_id USING (model, provider, status)
CROSS JOIN rate ON rate.model_id = kind_id.model_id AND rate.provider_id = kind_id.provider_id
  AND rate.up_to >= raw.input AND rate.above < raw.input
CROSS JOIN origin_id USING ("user", project, unit)
CROSS JOIN agent ON agent.name = raw.agent
WHERE ${VALID};`;

const ROLLUP = `
INSERT INTO daily
SELECT ts / 86400000, unit, model, currency, count(*), sum(input), sum(cache_read), sum(output), sum(reasoning),
  sum(computed)
FROM event GROUP BY 1, 2, 3, 4;`;

const begun = (prices) => `${SAFE}\nBEGIN;\n${PRICES}\nINSERT INTO price VALUES ${priceValues(prices)};`;

/** The whole job, in a new database. */
export const sameWork = (csv, prices) =>
  [begun(prices), TABLES, load(csv), DICTIONARIES, LOOKUPS, EVENTS, ROLLUP, 'COMMIT;\n'].join('\n');

const FLAT = `
CREATE TABLE flat (
  ts INTEGER, account TEXT, request_id TEXT, model TEXT, provider TEXT, input INTEGER, cached INTEGER, output INTEGER,
  reasoning INTEGER, latency_ms INTEGER, status TEXT, unit TEXT, project TEXT, "user" TEXT, agent TEXT,
  computed INTEGER, currency TEXT,
  PRIMARY KEY (ts, account, request_id)
) WITHOUT ROWID;`;

const FLAT_ROWS = `
INSERT OR IGNORE INTO flat
SELECT ${TS}, account, request_id, raw.model, raw.provider, raw.input, cached, raw.output, reasoning, latency_ms, status,
  unit, project, "user", agent, ${costBy('price')}, currency
FROM raw JOIN price ON price.model = raw.model AND price.provider = raw.provider
  AND price.up_to >= raw.input AND price.above < raw.input;`;

/** One table of the columns of the file with the price and the same key, as small as SQLite makes it: no row ids, numbers as numbers. */
export const flatTable = (csv, prices) => [begun(prices), FLAT, load(csv), FLAT_ROWS, 'COMMIT;\n'].join('\n');
