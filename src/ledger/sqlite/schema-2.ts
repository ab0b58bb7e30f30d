/**
 * The second version of the tables: few-valued columns of an event stand once in `facet`, rollups answer most reports,
 * sightings make an import undoable. Documented, column by column, in docs/ledger.md. Never edited: see migrations.ts.
 */

import { decimal, unique } from './schema-1.js';

const DICTIONARIES = `
CREATE TABLE charge (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE plan (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
INSERT INTO charge (name) VALUES ('usage');

CREATE TABLE facet (
  id INTEGER PRIMARY KEY,
  model INTEGER NOT NULL REFERENCES model (id),
  provider INTEGER NOT NULL REFERENCES provider (id),
  mode INTEGER NOT NULL REFERENCES mode (id),
  charge INTEGER NOT NULL REFERENCES charge (id),
  cache_kind INTEGER REFERENCES cache_kind (id),
  status INTEGER REFERENCES status (id),
  tier_up_to INTEGER,
  plan INTEGER REFERENCES plan (id),
  billed_currency INTEGER REFERENCES currency (id),
  claimed_currency INTEGER REFERENCES currency (id),
  computed_currency INTEGER REFERENCES currency (id),
  basis INTEGER REFERENCES basis (id),
  price INTEGER REFERENCES price (id),
  unpriced INTEGER REFERENCES reason (id)
) STRICT;
${unique('facet', [
  ...['model', 'provider', 'mode', 'charge', 'cache_kind', 'status', 'tier_up_to', 'plan', 'billed_currency'],
  ...['claimed_currency', 'computed_currency', 'basis', 'price', 'unpriced'],
])}`;

const EVENTS = `
ALTER TABLE event RENAME TO event_1;
ALTER TABLE quantity RENAME TO quantity_1;
DROP INDEX event_id;
DROP INDEX event_day;

CREATE TABLE event (
  ts INTEGER NOT NULL,
  recording INTEGER NOT NULL REFERENCES recording (id),
  id TEXT NOT NULL,
  day TEXT,
  until INTEGER,
  facet INTEGER NOT NULL REFERENCES facet (id),
  origin INTEGER NOT NULL REFERENCES origin (id),
  unit INTEGER REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED,
  agent INTEGER REFERENCES agent (id),
  session INTEGER REFERENCES session (id),
  requests INTEGER NOT NULL,
  input INTEGER,
  cache_read INTEGER,
  cache_write_5m INTEGER,
  cache_write_1h INTEGER,
  output INTEGER,
  reasoning INTEGER,
  latency_ms REAL,
  billed INTEGER,
  billed_text TEXT,
  claimed INTEGER,
  claimed_text TEXT,
  computed INTEGER,
  import INTEGER NOT NULL REFERENCES import (id),
  record INTEGER NOT NULL,
  PRIMARY KEY (ts, recording, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE quantity (
  ts INTEGER NOT NULL,
  recording INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (ts, recording, id, name)
) STRICT, WITHOUT ROWID;
`;

/** `end_of_day` is a function of migrate-to-2.ts. */
/**
 * Messages of Claude Code were known by their id and that of the request, now by the first alone, because a side question
 * repeats messages under requests of its own: kept as they were, a session that goes on would be counted twice.
 */
const ID = `CASE WHEN e.id GLOB 'msg_*:req*' AND instr(e.id, ':') > 24
  AND e.recording IN (SELECT id FROM recording WHERE source = 'claude-code')
  THEN substr(e.id, 1, instr(e.id, ':') - 1) ELSE e.id END`;

const MOVE = `
INSERT INTO facet (model, provider, mode, charge, cache_kind, status, billed_currency, claimed_currency,
  computed_currency, basis, price, unpriced)
SELECT DISTINCT model, provider, mode, 1, cache_kind, status, billed_currency, claimed_currency, computed_currency,
  basis, price, unpriced FROM event_1;

INSERT OR IGNORE INTO event
SELECT e.ts, e.recording, ${ID}, e.day, iif(e.day IS NULL, NULL, end_of_day(e.day, i.options, e.ts)), f.id, e.origin, e.unit, e.agent,
  e.session, e.requests, e.input, e.cache_read, e.cache_write_5m, e.cache_write_1h, e.output, e.reasoning, e.latency_ms,
  e.billed, e.billed_text, e.claimed, e.claimed_text, e.computed, e.import, e.record
FROM event_1 e JOIN facet f ON f.model = e.model AND f.provider = e.provider AND f.mode = e.mode
  AND f.cache_kind IS e.cache_kind AND f.status IS e.status AND f.billed_currency IS e.billed_currency
  AND f.claimed_currency IS e.claimed_currency AND f.computed_currency IS e.computed_currency AND f.basis IS e.basis
  AND f.price IS e.price AND f.unpriced IS e.unpriced
JOIN import i ON i.id = e.import;

INSERT OR IGNORE INTO quantity SELECT e.ts, q.recording, ${ID}, q.name, q.value FROM quantity_1 q
JOIN event_1 e ON e.recording = q.recording AND e.id = q.id;

DROP VIEW usage;
DROP TABLE quantity_1;
DROP TABLE event_1;
CREATE INDEX event_day ON event (day) WHERE day IS NOT NULL;
`;

/**
 * What makes an import undoable, and resumable where its log has grown. Schema 1 did not keep which imports hold an event
 * besides its first, so an import that shares events with another, or may, cannot be undone.
 */
const IMPORTS = `
ALTER TABLE import ADD COLUMN start_offset INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN start_line INTEGER NOT NULL DEFAULT 1;
ALTER TABLE import ADD COLUMN end_line INTEGER;
ALTER TABLE import ADD COLUMN is_undoable INTEGER NOT NULL DEFAULT 1;
UPDATE import SET is_undoable = 0 WHERE updated > 0 OR EXISTS (SELECT 1 FROM import later
  WHERE later.id > import.id AND later.source = import.source AND later.role = import.role
    AND later.duplicate + later.updated > 0);

CREATE TABLE sighting (
  recording INTEGER NOT NULL,
  id TEXT NOT NULL,
  import INTEGER NOT NULL REFERENCES import (id),
  record INTEGER NOT NULL,
  content TEXT,
  PRIMARY KEY (recording, id, import)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_import ON sighting (import);

CREATE TABLE id_run (
  id INTEGER PRIMARY KEY,
  recording INTEGER NOT NULL REFERENCES recording (id),
  count INTEGER NOT NULL,
  hashes BLOB NOT NULL
) STRICT;
CREATE INDEX id_run_recording ON id_run (recording);

CREATE TABLE reading (
  recording INTEGER NOT NULL REFERENCES recording (id),
  series TEXT NOT NULL,
  ts INTEGER NOT NULL,
  import INTEGER NOT NULL REFERENCES import (id),
  record INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (recording, series, ts, import)
) STRICT, WITHOUT ROWID;
`;

const FIGURES = `
  events INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  input INTEGER NOT NULL,
  cache_read INTEGER NOT NULL,
  cache_write INTEGER NOT NULL,
  output INTEGER NOT NULL,
  reasoning INTEGER NOT NULL,
  billed_high INTEGER NOT NULL,
  billed_low INTEGER NOT NULL,
  claimed_high INTEGER NOT NULL,
  claimed_low INTEGER NOT NULL,
  computed_high INTEGER NOT NULL,
  computed_low INTEGER NOT NULL`;

/** Totals kept at import. `day` counts days since 1970-01-01 in the zone of `home`; unit 0 and agent 0 are none. */
const ROLLUPS = `
CREATE TABLE home (one INTEGER PRIMARY KEY CHECK (one = 1), time_zone TEXT NOT NULL, exact INTEGER NOT NULL) STRICT;

CREATE TABLE shape (
  id INTEGER PRIMARY KEY,
  grain TEXT NOT NULL,
  days INTEGER NOT NULL,
  is_foreign INTEGER NOT NULL,
  is_used INTEGER NOT NULL,
  is_assigned INTEGER NOT NULL,
  reported INTEGER NOT NULL,
  charge INTEGER NOT NULL REFERENCES charge (id),
  is_covered INTEGER NOT NULL,
  billed_currency INTEGER,
  claimed_currency INTEGER,
  computed_currency INTEGER
) STRICT;
${unique('shape', [
  ...['grain', 'days', 'is_foreign', 'is_used', 'is_assigned', 'reported', 'charge', 'is_covered'],
  ...['billed_currency', 'claimed_currency', 'computed_currency'],
])}

CREATE TABLE rollup_unit (
  day INTEGER NOT NULL,
  recording INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  model INTEGER NOT NULL,
  provider INTEGER NOT NULL,
  shape INTEGER NOT NULL,${FIGURES},
  PRIMARY KEY (day, recording, unit, model, provider, shape)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_day (
  day INTEGER NOT NULL,
  recording INTEGER NOT NULL,
  shape INTEGER NOT NULL,${FIGURES},
  PRIMARY KEY (day, recording, shape)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_agent (
  agent INTEGER NOT NULL,
  recording INTEGER NOT NULL,
  shape INTEGER NOT NULL,${FIGURES},
  PRIMARY KEY (agent, recording, shape)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_price (
  day INTEGER NOT NULL,
  price INTEGER NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (day, price)
) STRICT, WITHOUT ROWID;

CREATE TABLE rollup_latency (
  month INTEGER NOT NULL,
  recording INTEGER NOT NULL,
  model INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (month, recording, model, bucket)
) STRICT, WITHOUT ROWID;
`;

const VIEW = `
CREATE VIEW usage AS
SELECT
  strftime('%Y-%m-%dT%H:%M:%fZ', e.ts / 1000.0, 'unixepoch') AS time,
  e.ts AS ts,
  e.day AS day,
  e.until AS until,
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
  f.tier_up_to AS tier_up_to,
  charge.name AS charge,
  plan.name AS plan,
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
JOIN facet f ON f.id = e.facet
JOIN recording r ON r.id = e.recording
JOIN origin o ON o.id = e.origin
JOIN import ON import.id = e.import
JOIN model ON model.id = f.model
JOIN provider ON provider.id = f.provider
JOIN mode ON mode.id = f.mode
JOIN charge ON charge.id = f.charge
LEFT JOIN plan ON plan.id = f.plan
LEFT JOIN unit ON unit.id = e.unit
LEFT JOIN agent ON agent.id = e.agent
LEFT JOIN session ON session.id = e.session
LEFT JOIN cache_kind ON cache_kind.id = f.cache_kind
LEFT JOIN status ON status.id = f.status
LEFT JOIN currency billed_currency ON billed_currency.id = f.billed_currency
LEFT JOIN currency computed_currency ON computed_currency.id = f.computed_currency
LEFT JOIN currency claimed_currency ON claimed_currency.id = f.claimed_currency
LEFT JOIN basis ON basis.id = f.basis
LEFT JOIN price ON price.id = f.price
LEFT JOIN reason ON reason.id = f.unpriced;
`;

export const SCHEMA_2 = [DICTIONARIES, EVENTS, MOVE, IMPORTS, ROLLUPS, VIEW].join('\n');
