/** The third version of the tables: periods that were closed. Documented in docs/ledger.md. Never edited: see migrations.ts. */

export const SCHEMA_3 = `
CREATE TABLE closing (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  period TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL CHECK (last_day >= first_day),
  time_zone TEXT NOT NULL,
  content TEXT NOT NULL,
  hash TEXT NOT NULL,
  note TEXT,
  closed_at INTEGER NOT NULL,
  reopened TEXT
) STRICT;
`;
