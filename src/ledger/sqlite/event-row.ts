import { amountTooLarge } from '../../errors.js';
import type { ComputedCost } from '../../pricing/cost.js';
import { type Amount, fitsLedger } from '../../pricing/money.js';
import type { CacheKind, Mode } from '../../pricing/price.js';
import type { UsageEvent } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { Dictionaries } from './dictionaries.js';
import { type OriginRow, originFrom } from './origin-row.js';

type SqlValue = string | number | bigint | null;

/** What of a row the record states. */
export const STATED_COLUMNS = [
  'ts',
  'day',
  'model',
  'provider',
  'origin',
  'agent',
  'session',
  'requests',
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'output',
  'reasoning',
  'cache_kind',
  'mode',
  'status',
  'latency_ms',
  'billed',
  'billed_currency',
  'billed_text',
  'claimed',
  'claimed_currency',
  'claimed_text',
] as const;

/** What of a row follows from the event and its price; the rest is its recording, id, unit, import and record. */
export const EVENT_COLUMNS = [
  ...STATED_COLUMNS,
  'computed',
  'computed_currency',
  'basis',
  'price',
  'unpriced',
] as const;

/** Values of `EVENT_COLUMNS`, same order. */
export const eventValues = (
  event: UsageEvent,
  recording: Recording,
  computed: ComputedCost,
  ids: Dictionaries,
): SqlValue[] => [...statedValues(event, recording, ids), ...computedValues(computed, ids)];

/** Values of `STATED_COLUMNS`, same order. */
export function statedValues(event: UsageEvent, recording: Recording, ids: Dictionaries): SqlValue[] {
  const { tokens } = event;
  const stated = amountValues(event.statedCost, ids);
  const none = amountValues(null, ids);
  return [
    event.at,
    event.day,
    ids.name('model', event.model),
    ids.name('provider', event.provider),
    ids.origin(event.origin),
    ids.nameOrNull('agent', event.agent),
    ids.nameOrNull('session', event.session),
    event.requests,
    tokens.input,
    tokens.cacheRead,
    tokens.cacheWrite5m,
    tokens.cacheWrite1h,
    tokens.output,
    tokens.reasoning,
    ids.nameOrNull('cache_kind', event.cacheKind),
    ids.name('mode', event.mode),
    ids.nameOrNull('status', event.status),
    event.latencyMs,
    ...(recording.role === 'bill' ? [...stated, ...none] : [...none, ...stated]),
  ];
}

const amountValues = (amount: Amount | null, ids: Dictionaries): SqlValue[] =>
  amount === null
    ? [null, null, null]
    : [int64(amount.pico, 'cost', PICO_LIMIT), ids.name('currency', amount.currency), amount.text];

const computedValues = (cost: ComputedCost, ids: Dictionaries): SqlValue[] =>
  cost.known
    ? [
        int64(cost.pico, 'cost', PICO_LIMIT),
        ids.name('currency', cost.currency),
        ids.name('basis', cost.basis),
        ids.price(cost.price),
        null,
      ]
    : [null, null, null, null, ids.name('reason', cost.reason)];

const PICO_LIMIT = '9,223,372.036854775807 of a currency';
const MILLIONTHS_LIMIT = '9,223,372,036,854.775807';

export const quantityValue = (name: string, value: bigint): bigint => int64(value, name, MILLIONTHS_LIMIT);

/** @throws AMOUNT_TOO_LARGE for what an integer of SQLite cannot hold */
function int64(value: bigint, field: string, limit: string): bigint {
  if (!fitsLedger(value)) throw amountTooLarge(field, limit);
  return value;
}

// --- and back ---------------------------------------------------------------------------------------------------

/** A row with its names, as `SELECT_EVENT` reads it. */
interface EventRow {
  readonly ts: bigint;
  readonly day: string | null;
  readonly model: string;
  readonly provider: string;
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
  readonly status: string | null;
  readonly latency_ms: number | null;
  readonly stated: bigint | null;
  readonly stated_currency: string | null;
  readonly stated_text: string | null;
}

export const SELECT_EVENT = `
  SELECT e.id, e.ts, e.day, e.requests, e.input, e.cache_read, e.cache_write_5m, e.cache_write_1h, e.output,
    e.reasoning, e.latency_ms, model.name AS model, provider.name AS provider, agent.name AS agent, session.name AS session,
    cache_kind.name AS cache_kind, mode.name AS mode, status.name AS status,
    coalesce(e.billed, e.claimed) AS stated, currency.name AS stated_currency,
    coalesce(e.billed_text, e.claimed_text) AS stated_text,
    o.unit, o."key", o.workspace, o.project, o.team, o."user", o.service, o.consumer, o.path, o.tags
  FROM event e
  JOIN origin o ON o.id = e.origin
  JOIN model ON model.id = e.model
  JOIN provider ON provider.id = e.provider
  JOIN mode ON mode.id = e.mode
  LEFT JOIN agent ON agent.id = e.agent
  LEFT JOIN session ON session.id = e.session
  LEFT JOIN cache_kind ON cache_kind.id = e.cache_kind
  LEFT JOIN status ON status.id = e.status
  LEFT JOIN currency ON currency.id = coalesce(e.billed_currency, e.claimed_currency)
  WHERE e.recording = ? AND e.id = ?`;

/** The event as it was appended; `account` is that of its recording, and a key made by the importer is no id. */
export function eventFrom(
  row: EventRow & OriginRow & { readonly id: string },
  account: string,
  quantities: Readonly<Record<string, bigint>>,
): UsageEvent {
  return {
    id: row.id.startsWith('~') ? null : row.id,
    at: Number(row.ts),
    day: row.day,
    model: row.model,
    provider: row.provider,
    account,
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
    until: null,
    tierUpTo: null,
    charge: 'usage',
    plan: null,
    counter: null,
    status: row.status,
    latencyMs: row.latency_ms,
    statedCost:
      row.stated === null ? null : { currency: row.stated_currency!, pico: row.stated, text: row.stated_text },
  };
}

/** Counts of one event are below 2^53, see `TokenClasses`. */
const count = (value: bigint | null): number | null => (value === null ? null : Number(value));
