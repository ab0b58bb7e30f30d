import { unique } from './schema-1.js';

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

const unitTotals = (table: string): string => `
CREATE TABLE ${table} (
  day INTEGER NOT NULL,
  recording INTEGER NOT NULL,
  unit INTEGER NOT NULL,
  model INTEGER NOT NULL,
  provider INTEGER NOT NULL,
  shape INTEGER NOT NULL,${FIGURES},
  PRIMARY KEY (day, recording, unit, model, provider, shape)
) STRICT, WITHOUT ROWID;
`;

/** Totals kept at import. `day` counts days since 1970-01-01 in the zone of `home`; unit 0 and agent 0 are none. */
export const ROLLUPS_2 = `
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

${unitTotals('rollup_unit')}
${unitTotals('rollup_month')}

CREATE TABLE rollup_day (
  day INTEGER NOT NULL,
  recording INTEGER NOT NULL,
  model INTEGER NOT NULL,
  provider INTEGER NOT NULL,
  shape INTEGER NOT NULL,${FIGURES},
  PRIMARY KEY (day, recording, model, provider, shape)
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
