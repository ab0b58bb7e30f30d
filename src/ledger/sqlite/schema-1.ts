/** The tables as the first version made them; documented, column by column, in docs/ledger.md. Never edited: see migrations.ts. */

const dictionary = (name: string): string =>
  `CREATE TABLE ${name} (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;`;

const DICTIONARIES = [
  'model',
  'provider',
  'agent',
  'session',
  'unit',
  'currency',
  'mode',
  'cache_kind',
  'basis',
  'status',
  'reason',
];

/** In a unique index NULL differs from NULL, so it is replaced by a blob, which no text equals. */
export const unique = (table: string, columns: readonly string[]): string =>
  `CREATE UNIQUE INDEX ${table}_content ON ${table} (${columns.map((column) => `ifnull(${column}, x'')`).join(', ')});`;

const FACTS = `
CREATE TABLE recording (
  id INTEGER PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('engine', 'gateway', 'meter', 'bill', 'app')),
  source TEXT NOT NULL,
  account TEXT NOT NULL,
  UNIQUE (role, account, source)
) STRICT;

CREATE TABLE origin (
  id INTEGER PRIMARY KEY,
  unit TEXT, "key" TEXT, workspace TEXT, project TEXT, team TEXT, "user" TEXT, service TEXT, consumer TEXT, path TEXT,
  tags TEXT NOT NULL
) STRICT;
${unique('origin', ['unit', '"key"', 'workspace', 'project', 'team', '"user"', 'service', 'consumer', 'path', 'tags'])}

CREATE TABLE price (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  as_of TEXT NOT NULL,
  model TEXT NOT NULL,
  region TEXT,
  mode TEXT NOT NULL,
  tier INTEGER
) STRICT;
${unique('price', ['source', 'as_of', 'model', 'region', 'mode', 'tier'])}

CREATE TABLE applied_rules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT NOT NULL,
  json TEXT NOT NULL,
  time_zone TEXT NOT NULL
) STRICT;
`;

const IMPORTS = `
CREATE TABLE import (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  source TEXT NOT NULL,
  role TEXT NOT NULL,
  options TEXT NOT NULL,
  read INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  first_ts INTEGER,
  last_ts INTEGER,
  reject_first_ts INTEGER,
  reject_last_ts INTEGER,
  first_day TEXT,
  last_day TEXT,
  UNIQUE (sha256, source, role, options)
) STRICT;

CREATE TABLE reject (
  import INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  ts INTEGER,
  line INTEGER NOT NULL,
  field TEXT,
  reason TEXT NOT NULL,
  PRIMARY KEY (import, number)
) STRICT, WITHOUT ROWID;
`;

const EVENTS = `
CREATE TABLE event (
  ts INTEGER NOT NULL,
  recording INTEGER NOT NULL REFERENCES recording (id),
  id TEXT NOT NULL,
  day TEXT,
  model INTEGER NOT NULL REFERENCES model (id),
  provider INTEGER NOT NULL REFERENCES provider (id),
  origin INTEGER NOT NULL REFERENCES origin (id),
  agent INTEGER REFERENCES agent (id),
  session INTEGER REFERENCES session (id),
  unit INTEGER REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED,
  requests INTEGER NOT NULL,
  input INTEGER,
  cache_read INTEGER,
  cache_write_5m INTEGER,
  cache_write_1h INTEGER,
  output INTEGER,
  reasoning INTEGER,
  cache_kind INTEGER REFERENCES cache_kind (id),
  mode INTEGER NOT NULL REFERENCES mode (id),
  status INTEGER REFERENCES status (id),
  latency_ms REAL,
  billed INTEGER,
  billed_currency INTEGER REFERENCES currency (id),
  billed_text TEXT,
  claimed INTEGER,
  claimed_currency INTEGER REFERENCES currency (id),
  claimed_text TEXT,
  computed INTEGER,
  computed_currency INTEGER REFERENCES currency (id),
  basis INTEGER REFERENCES basis (id),
  price INTEGER REFERENCES price (id),
  unpriced INTEGER REFERENCES reason (id),
  import INTEGER NOT NULL REFERENCES import (id),
  record INTEGER NOT NULL,
  PRIMARY KEY (ts, recording, id),
  CHECK ((billed IS NULL) = (billed_currency IS NULL)),
  CHECK ((claimed IS NULL) = (claimed_currency IS NULL)),
  CHECK ((computed IS NULL) = (computed_currency IS NULL) AND (computed IS NULL) = (unpriced IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX event_id ON event (recording, id);
CREATE INDEX event_day ON event (day) WHERE day IS NOT NULL;

CREATE TABLE quantity (
  recording INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (recording, id, name),
  FOREIGN KEY (recording, id) REFERENCES event (recording, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
`;

/** Exact decimal text of pico-units; `text`, the finer text as stated, wins. Divided first, because abs(-2^63) overflows. */
export const decimal = (
  column: string,
  text = 'NULL',
): string => `CASE WHEN ${column} IS NULL THEN NULL ELSE coalesce(${text},
    iif(${column} < 0, '-', '') || rtrim(rtrim(printf('%d.%012d',
      abs(${column} / 1000000000000), abs(${column} % 1000000000000)), '0'), '.')) END`;

const VIEW = `
CREATE VIEW usage AS
SELECT
  strftime('%Y-%m-%dT%H:%M:%fZ', e.ts / 1000.0, 'unixepoch') AS time,
  e.ts AS ts,
  e.day AS day,
  r.role AS role,
  CASE r.role WHEN 'engine' THEN 'create' WHEN 'app' THEN 'apply' ELSE 'transport' END AS stage,
  r.source AS source,
  r.account AS account,
  e.recording AS recording,
  e.id AS id,
  model.name AS model,
  provider.name AS provider,
  unit.name AS unit,
  agent.name AS agent,
  session.name AS session,
  o.unit AS stated_unit, o."key" AS "key", o.workspace AS workspace, o.project AS project, o.team AS team,
  o."user" AS "user", o.service AS service, o.consumer AS consumer, o.path AS path, o.tags AS tags,
  e.requests AS requests,
  e.input AS input,
  e.cache_read AS cache_read,
  e.cache_write_5m AS cache_write_5m,
  e.cache_write_1h AS cache_write_1h,
  e.output AS output,
  e.reasoning AS reasoning,
  coalesce(e.input, 0) + coalesce(e.cache_read, 0) + coalesce(e.cache_write_5m, 0) + coalesce(e.cache_write_1h, 0)
    + coalesce(e.output, 0) AS total,
  cache_kind.name AS cache_kind,
  mode.name AS mode,
  status.name AS status,
  e.latency_ms AS latency_ms,
  ${decimal('e.billed', 'e.billed_text')} AS billed,
  e.billed AS billed_pico,
  billed_currency.name AS billed_currency,
  ${decimal('e.computed')} AS computed,
  e.computed AS computed_pico,
  computed_currency.name AS computed_currency,
  ${decimal('e.claimed', 'e.claimed_text')} AS claimed,
  e.claimed AS claimed_pico,
  claimed_currency.name AS claimed_currency,
  basis.name AS basis,
  price.source AS price_source,
  price.as_of AS price_as_of,
  price.model AS price_model,
  price.region AS price_region,
  price.tier AS price_tier,
  reason.name AS unpriced,
  import.id AS import,
  import.path AS file,
  e.record AS record
FROM event e
JOIN recording r ON r.id = e.recording
JOIN origin o ON o.id = e.origin
JOIN import ON import.id = e.import
JOIN model ON model.id = e.model
JOIN provider ON provider.id = e.provider
JOIN mode ON mode.id = e.mode
LEFT JOIN unit ON unit.id = e.unit
LEFT JOIN agent ON agent.id = e.agent
LEFT JOIN session ON session.id = e.session
LEFT JOIN cache_kind ON cache_kind.id = e.cache_kind
LEFT JOIN status ON status.id = e.status
LEFT JOIN currency billed_currency ON billed_currency.id = e.billed_currency
LEFT JOIN currency computed_currency ON computed_currency.id = e.computed_currency
LEFT JOIN currency claimed_currency ON claimed_currency.id = e.claimed_currency
LEFT JOIN basis ON basis.id = e.basis
LEFT JOIN price ON price.id = e.price
LEFT JOIN reason ON reason.id = e.unpriced;
`;

export const SCHEMA_1 = [...DICTIONARIES.map(dictionary), FACTS, IMPORTS, EVENTS, VIEW].join('\n');
