/** Entries read back from the ledger, as they were appended. */

import type { Database } from '../../load-driver.js';
import { type Basis, type ComputedCost, coveredBy } from '../../pricing/cost.js';
import type { CacheKind, Mode } from '../../pricing/price.js';
import type { Charge, UsageEvent } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { Entry } from '../ledger.js';
import { type OriginRow, originFrom } from './origin-row.js';
import { idOfStored, type StoredId } from './stored-id.js';

/** Where an event stands in the table. */
export interface Place {
  readonly ts: number;
  readonly recording: number;
  readonly id: StoredId;
}

export interface StoredEntry {
  readonly place: Place;
  readonly entry: Entry;
  /** The import it came with first. */
  readonly importId: number;
}

interface EntryRow extends OriginRow {
  readonly ts: bigint;
  readonly recording: bigint;
  readonly id: StoredId;
  readonly day: string | null;
  readonly until: bigint | null;
  readonly role: Recording['role'];
  readonly source: string;
  readonly account: string;
  readonly model: string;
  readonly provider: string;
  readonly unit_name: string | null;
  readonly agent: string | null;
  readonly session: string | null;
  readonly requests: bigint;
  readonly input: bigint | null;
  readonly cache_read: bigint | null;
  readonly cache_write_5m: bigint | null;
  readonly cache_write_1h: bigint | null;
  readonly output: bigint | null;
  readonly reasoning: bigint | null;
  readonly cache_kind: CacheKind | null;
  readonly mode: Mode;
  readonly charge: Charge;
  readonly plan: string | null;
  readonly tier_up_to: bigint | null;
  readonly status: string | null;
  readonly latency_ms: number | null;
  readonly stated: bigint | null;
  readonly stated_currency: string | null;
  readonly stated_text: string | null;
  readonly computed: bigint | null;
  readonly computed_currency: string | null;
  readonly basis: Basis | 'plan' | null;
  readonly price_source: string;
  readonly price_as_of: string;
  readonly price_model: string;
  readonly price_region: string | null;
  readonly price_mode: string;
  readonly price_tier: bigint | null;
  readonly unpriced: string | null;
  readonly import: bigint;
  readonly record: bigint;
}

const ENTRY = `
  SELECT e.ts, e.recording, e.id, e.day, e.until, e.requests, e.input, e.cache_read, e.cache_write_5m, e.cache_write_1h,
    e.output, e.reasoning, e.latency_ms, e.computed, e.import, e.record, r.role, r.source, r.account,
    model.name AS model, provider.name AS provider, agent.name AS agent, session.name AS session,
    unit.name AS unit_name, cache_kind.name AS cache_kind, mode.name AS mode, charge.name AS charge, plan.name AS plan,
    f.tier_up_to, status.name AS status, coalesce(e.billed, e.claimed) AS stated, currency.name AS stated_currency,
    coalesce(e.billed_text, e.claimed_text) AS stated_text, computed_currency.name AS computed_currency,
    basis.name AS basis, price.source AS price_source, price.as_of AS price_as_of, price.model AS price_model,
    price.region AS price_region, price.mode AS price_mode, price.tier AS price_tier, reason.name AS unpriced,
    o.unit, o."key", o.workspace, o.project, o.team, o."user", o.service, o.consumer, o.path, o.tags
  FROM event e
  JOIN facet f ON f.id = e.facet
  JOIN recording r ON r.id = e.recording
  JOIN origin o ON o.id = e.origin
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
  LEFT JOIN currency ON currency.id = coalesce(f.billed_currency, f.claimed_currency)
  LEFT JOIN currency computed_currency ON computed_currency.id = f.computed_currency
  LEFT JOIN basis ON basis.id = f.basis
  LEFT JOIN price ON price.id = f.price
  LEFT JOIN reason ON reason.id = f.unpriced`;

/** Reads entries one by one, or all that meet a condition. */
export function entryReader(db: Database) {
  const one = db.prepare<unknown[], EntryRow>(`${ENTRY} WHERE e.ts = ? AND e.recording = ? AND e.id = ?`);
  const quantities = db
    .prepare('SELECT name, value FROM quantity WHERE ts = ? AND recording = ? AND id = ? ORDER BY name')
    .raw();
  const stored = (row: EntryRow): StoredEntry =>
    storedEntry(row, Object.fromEntries(quantities.all(row.ts, row.recording, row.id) as [string, bigint][]));
  const at = ({ ts, recording, id }: Place): StoredEntry | null => {
    const row = one.get(ts, recording, id);
    return row === undefined ? null : stored(row);
  };
  return {
    at,
    pages: (condition: string, value: number): Generator<StoredEntry> => pages(db, condition, value, at),
  };
}

/** Events taken at a time. */
const PAGE = 1_000;

/**
 * Entries that meet a condition over `event e` with the value `$value`, in the order of their key. They are taken some at a
 * time, so that those handed out may be changed or removed meanwhile, as long as that leaves them behind.
 */
function* pages(
  db: Database,
  condition: string,
  value: number,
  at: (place: Place) => StoredEntry | null,
): Generator<StoredEntry> {
  const next = db
    .prepare<unknown[], Place>(
      `SELECT e.ts, e.recording, e.id FROM event e WHERE (e.ts, e.recording, e.id) > ($ts, $recording, $id) AND ${condition}
       ORDER BY e.ts, e.recording, e.id LIMIT ${PAGE}`,
    )
    .safeIntegers(false);
  let after: Place | undefined = { ts: Number.MIN_SAFE_INTEGER, recording: 0, id: '' };
  while (after !== undefined) {
    const page: Place[] = next.all({ ...after, value });
    for (const place of page) yield at(place)!;
    after = page.length < PAGE ? undefined : page.at(-1);
  }
}

function storedEntry(row: EntryRow, quantities: Readonly<Record<string, bigint>>): StoredEntry {
  const place = { ts: Number(row.ts), recording: Number(row.recording), id: row.id };
  const recording = { role: row.role, source: row.source, account: row.account };
  const entry = {
    recording,
    id: idOfStored(row.id),
    event: eventFrom(row, quantities),
    unit: row.unit_name,
    computed: computedFrom(row),
    record: Number(row.record),
  };
  return { place, entry, importId: Number(row.import) };
}

/** A key made by the importer is no id; the account is that of the recording. */
const eventFrom = (row: EntryRow, quantities: Readonly<Record<string, bigint>>): UsageEvent => ({
  id: typeof row.id === 'string' && row.id.startsWith('~') ? null : idOfStored(row.id),
  at: Number(row.ts),
  day: row.day,
  until: count(row.until),
  model: row.model,
  provider: row.provider,
  account: row.account,
  origin: originFrom(row),
  agent: row.agent,
  session: row.session,
  requests: Number(row.requests),
  tokens: {
    input: count(row.input),
    cacheRead: count(row.cache_read),
    cacheWrite5m: count(row.cache_write_5m),
    cacheWrite1h: count(row.cache_write_1h),
    output: count(row.output),
    reasoning: count(row.reasoning),
  },
  quantities,
  cacheKind: row.cache_kind,
  mode: row.mode,
  tierUpTo: count(row.tier_up_to),
  charge: row.charge,
  plan: row.plan,
  counter: null,
  status: row.status,
  latencyMs: row.latency_ms,
  statedCost: row.stated === null ? null : { currency: row.stated_currency!, pico: row.stated, text: row.stated_text },
});

function computedFrom(row: EntryRow): ComputedCost {
  if (row.computed === null) {
    const reason = row.unpriced ?? '';
    return row.basis === 'plan' ? coveredBy(reason.slice(coveredBy('').reason.length)) : { known: false, reason };
  }
  return {
    known: true,
    currency: row.computed_currency!,
    pico: row.computed,
    basis: row.basis as Basis,
    price: {
      source: row.price_source,
      asOf: row.price_as_of,
      model: row.price_model,
      region: row.price_region,
      mode: row.price_mode,
      tier: count(row.price_tier),
    },
  };
}

/** Counts of one event are below 2^53, see `TokenClasses`. */
const count = (value: bigint | null): number | null => (value === null ? null : Number(value));
