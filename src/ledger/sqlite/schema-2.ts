/**
 * The second version of the tables: few-valued columns of an event stand once in `facet`, rollups answer most reports,
 * sightings make an import undoable. Documented, column by column, in docs/ledger.md. Never edited: see migrations.ts.
 */

import { unique } from './schema-1.js';
import { ROLLUPS_2 } from './schema-2-rollups.js';
import { VIEW_2 } from './schema-2-view.js';

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
  id ANY NOT NULL,
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
  id ANY NOT NULL,
  name TEXT NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (ts, recording, id, name)
) STRICT, WITHOUT ROWID;
`;

/**
 * Messages of Claude Code were known by their id and that of the request, now by the first alone, because a side question
 * repeats messages under requests of its own: kept as they were, a session that goes on would be counted twice.
 */
const ID = `stored_id(CASE WHEN e.id GLOB 'msg_*:req*' AND instr(e.id, ':') > 24
  AND e.recording IN (SELECT id FROM recording WHERE source = 'claude-code')
  THEN substr(e.id, 1, instr(e.id, ':') - 1) ELSE e.id END)`;

/**
 * A daily row of tokenhub's own columns that did not say how many requests it had was kept as of one; now it is of 0, not
 * known. One that said 1 cannot be told from it.
 */
const REQUESTS = `iif(e.day IS NOT NULL AND e.requests = 1
  AND e.recording IN (SELECT id FROM recording WHERE source = 'tokenhub'), 0, e.requests)`;

/** `end_of_day` and `stored_id` are functions of migrate-to-2.ts. */
const MOVE = `
INSERT INTO facet (model, provider, mode, charge, cache_kind, status, billed_currency, claimed_currency,
  computed_currency, basis, price, unpriced)
SELECT DISTINCT model, provider, mode, 1, cache_kind, status, billed_currency, claimed_currency, computed_currency,
  basis, price, unpriced FROM event_1;

INSERT OR IGNORE INTO event
SELECT e.ts, e.recording, ${ID}, e.day, iif(e.day IS NULL, NULL, end_of_day(e.day, i.options, e.ts)), f.id, e.origin, e.unit, e.agent,
  e.session, ${REQUESTS}, e.input, e.cache_read, e.cache_write_5m, e.cache_write_1h, e.output, e.reasoning, e.latency_ms,
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
  id ANY NOT NULL,
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

export const SCHEMA_2 = [DICTIONARIES, EVENTS, MOVE, IMPORTS, ROLLUPS_2, VIEW_2].join('\n');
