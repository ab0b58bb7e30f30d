/** A ledger as the first version of tokenhub wrote it. */

import type { Entry, Reject } from '../../../src/ledger/ledger.js';
import { migrate } from '../../../src/ledger/sqlite/migrations.js';
import { originValues } from '../../../src/ledger/sqlite/origin-row.js';
import { SCHEMA_1 } from '../../../src/ledger/sqlite/schema-1.js';
import { type Database, loadDriver } from '../../../src/load-driver.js';
import type { PriceRef } from '../../../src/pricing/cost.js';

type Value = string | number | bigint | null;

export interface OldImport {
  readonly sha256: string;
  readonly timeZone: string;
  readonly entries: readonly Entry[];
  readonly rejects?: readonly Reject[];
  readonly duplicate?: number;
}

/** Makes the file, with one import after the other; their numbers are 1, 2, … */
export function writeSchema1(path: string, imports: readonly OldImport[]): void {
  const db = new (loadDriver())(path);
  migrate(db, [SCHEMA_1]);
  db.transaction(() => {
    for (const one of imports) writeImport(db, one);
    insert(db, 'applied_rules', { hash: 'h1', json: '{"rules":[],"timeZone":"UTC","units":[]}', time_zone: 'UTC' });
  })();
  db.close();
}

function writeImport(db: Database, { sha256, timeZone, entries, rejects = [], duplicate = 0 }: OldImport): void {
  const { role, source } = entries[0]!.recording;
  const days = entries.flatMap(({ event }) => event.day ?? []).sort();
  const times = entries.map(({ event }) => event.at);
  const id = insert(db, 'import', {
    ...{ path: `${sha256}.csv`, sha256, bytes: 100, source, role, options: optionsText(timeZone) },
    ...{ read: entries.length + rejects.length, added: entries.length, duplicate, rejected: rejects.length },
    ...{ first_ts: Math.min(...times), last_ts: Math.max(...times), first_day: days[0], last_day: days.at(-1) },
    ...{ reject_first_ts: rejects[0]?.at, reject_last_ts: rejects.at(-1)?.at },
  });
  for (const entry of entries) writeEntry(db, id, entry);
  for (const [i, { at, line, field, reason }] of rejects.entries())
    insert(db, 'reject', { import: id, number: i + 1, ts: at, line, field, reason });
}

const optionsText = (timeZone: string): string => JSON.stringify({ account: null, at: null, mapping: [], timeZone });

function writeEntry(db: Database, importId: number, { recording, id, event, unit, computed, record }: Entry): void {
  const name = (table: string, text: string | null) => (text === null ? null : once(db, table, { name: text }));
  const key = { recording: once(db, 'recording', { ...recording }), id };
  const stated = event.statedCost === null ? null : { ...event.statedCost };
  const kind = recording.role === 'bill' ? 'billed' : 'claimed';
  const { tokens } = event;
  insert(db, 'event', {
    ...{ ts: event.at, ...key, day: event.day, requests: event.requests, latency_ms: event.latencyMs },
    ...{ input: tokens.input, cache_read: tokens.cacheRead, cache_write_5m: tokens.cacheWrite5m },
    ...{ cache_write_1h: tokens.cacheWrite1h, output: tokens.output, reasoning: tokens.reasoning },
    model: name('model', event.model),
    provider: name('provider', event.provider),
    origin: once(db, 'origin', originRow(event.origin)),
    unit: name('unit', unit),
    agent: name('agent', event.agent),
    session: name('session', event.session),
    cache_kind: name('cache_kind', event.cacheKind),
    mode: name('mode', event.mode),
    status: name('status', event.status),
    [kind]: stated?.pico,
    [`${kind}_currency`]: name('currency', stated?.currency ?? null),
    [`${kind}_text`]: stated?.text,
    ...(computed.known
      ? {
          computed: computed.pico,
          computed_currency: name('currency', computed.currency),
          basis: name('basis', computed.basis),
          price: once(db, 'price', priceRow(computed.price)),
        }
      : { unpriced: name('reason', computed.reason) }),
    ...{ import: importId, record },
  });
  for (const [quantity, value] of Object.entries(event.quantities))
    insert(db, 'quantity', { ...key, name: quantity, value });
}

const ORIGIN = ['unit', 'key', 'workspace', 'project', 'team', 'user', 'service', 'consumer', 'path', 'tags'];
const originRow = (origin: Entry['event']['origin']) =>
  Object.fromEntries(originValues(origin).map((value, i) => [ORIGIN[i]!, value]));

const priceRow = ({ asOf, ...price }: PriceRef) => ({ ...price, as_of: asOf });

/** The id of the row of this content, which is there once. */
function once(db: Database, table: string, row: Readonly<Record<string, Value>>): number {
  const same = Object.keys(row).map((column) => `"${column}" IS ?`);
  const found = db.prepare(`SELECT id FROM ${table} WHERE ${same.join(' AND ')}`).pluck();
  return (found.get(...Object.values(row)) as number | undefined) ?? insert(db, table, row);
}

/** What is left undefined takes its column's default. */
function insert(db: Database, table: string, row: Readonly<Record<string, Value | undefined>>): number {
  const filled = Object.entries(row).filter(([, value]) => value !== undefined);
  const columns = filled.map(([column]) => `"${column}"`);
  const { lastInsertRowid } = db
    .prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`)
    .run(...filled.map(([, value]) => value));
  return Number(lastInsertRowid);
}
