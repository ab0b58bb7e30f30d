/** tokenhub's own CSV and JSONL. Both are one source: the same calls in either are the same recording. */

import { badField, missingField } from '../../errors/usage-records.js';
import type { TokenClasses } from '../../pricing/token-classes.js';
import type { UsageEvent } from '../event.js';
import { AGENT, ORIGIN, SESSION, TERMS } from '../own-format/alike.js';
import { FIELD, OWN_FIELDS } from '../own-format/columns.js';
import { addingConstants } from '../own-format/constants.js';
import { isReadable } from '../own-format/mapping.js';
import { type OwnRow, ownRows } from '../own-format/row.js';
import type { ReadCount } from '../own-format/value-row.js';
import { countOf, csvCountOf, freshInput } from '../reading/count.js';
import { objects, tables } from '../reading/recognise.js';
import { statedCostOf } from '../reading/stated-cost.js';
import type { DecodeContext, Decoded, RawRecord, Source } from '../source.js';
import type { RecordTime } from '../time/record-time.js';

const COMMON = {
  name: 'tokenhub',
  role: 'app',
  documentation: 'https://www.npmjs.com/package/tokenhub',
  account: null,
  reads: [...OWN_FIELDS, 'tag:<name>'],
  key: 'request_id; without one the whole content of the row, or the dimensions of a daily bucket',
} as const;

export const tokenhubCsv: Source = {
  ...COMMON,
  title: "tokenhub's own CSV",
  kind: 'table',
  recognises: tables(hasOwnColumns),
  decoder: (context) => ownDecoder(context, csvCountOf),
};

export const tokenhubJsonl: Source = {
  ...COMMON,
  title: "tokenhub's own JSONL",
  kind: 'json',
  recognises: objects((value) => hasOwnColumns(Object.keys(value))),
  decoder: (context) => ownDecoder(context, countOf),
};

function hasOwnColumns(headers: readonly string[]): boolean {
  return isReadable(headers, {});
}

function ownDecoder(context: DecodeContext, readCount: ReadCount): (record: RawRecord) => Decoded {
  const read = ownRows(context.mapping, readCount);
  const add = addingConstants(context.mapping);
  if (add !== null) return (record) => decodeOwn(read(add(record)), context);
  return (record) => decodeOwn(read(record), context);
}

/**
 * One row of tokenhub's own format. `input_tokens` includes cached and cache-written tokens, which are subtracted.
 * Empty cells are not reported; a row that reports neither tokens nor a cost is skipped, and one of no requests and no
 * tokens. A timestamp that is a date alone makes a daily bucket.
 *
 * @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD, AMBIGUOUS_COLUMN
 */
function decodeOwn(row: OwnRow, context: DecodeContext): Decoded {
  const tokens = tokensOf(row);
  const statedCost = costOf(row);
  if (statedCost === null && hasNone(tokens)) return { skipped: 'no tokens and no cost' };
  const requests = row.count(FIELD.requests);
  if (requests === 0 && statedCost === null && isNothing(tokens)) return { skipped: 'no requests and no tokens' };
  const { model, provider, mode, status, account } = row.alike(TERMS);
  const time = timeOf(row, context);
  const uuid = row.uuid(FIELD.request_id); // then its cell is a plain text, which `text` need not look at
  const event: UsageEvent = {
    id: uuid === null ? row.text(FIELD.request_id) : String(row.cell(FIELD.request_id)),
    at: time.at,
    day: time.day,
    until: time.until,
    model,
    provider,
    account,
    origin: row.alike(ORIGIN),
    agent: row.alike(AGENT),
    session: row.alike(SESSION),
    requests: requestsOf(row, requests, time),
    tokens,
    quantities: NO_QUANTITIES,
    cacheKind: null,
    mode,
    tierUpTo: null,
    charge: 'usage',
    plan: null,
    counter: null,
    status,
    latencyMs: row.latency(),
    statedCost,
  };
  const marks = { uuid, origin: row.mark(ORIGIN), agent: row.mark(AGENT), session: row.mark(SESSION) };
  return { events: [event], marks };
}

function costOf(row: OwnRow): UsageEvent['statedCost'] {
  const cost = row.cell(FIELD.cost);
  return cost === undefined || cost === '' ? null : statedCostOf(cost, row.cell(FIELD.currency));
}

const NO_QUANTITIES = {};

const isNothing = (tokens: TokenClasses): boolean => Object.values(tokens).every((count) => !count);

const hasNone = ({ input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning }: TokenClasses): boolean =>
  input === null &&
  cacheRead === null &&
  cacheWrite5m === null &&
  cacheWrite1h === null &&
  output === null &&
  reasoning === null;

function tokensOf(row: OwnRow): TokenClasses {
  const input = row.count(FIELD.input_tokens);
  const cacheRead = row.count(FIELD.cached_input_tokens);
  const cacheWrite5m = row.count(FIELD.cache_write_5m_tokens);
  const cacheWrite1h = row.count(FIELD.cache_write_1h_tokens);
  const output = row.count(FIELD.output_tokens);
  const reasoning = row.count(FIELD.reasoning_tokens);
  const cached = (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
  const fresh = freshInput(input, cached, row.field(FIELD.input_tokens), INCLUDES_CACHED);
  if (output !== null && reasoning !== null && reasoning > output)
    throw badField(
      row.field(FIELD.reasoning_tokens),
      reasoning,
      `is more than the output, ${output}`,
      INCLUDES_REASONING,
    );
  return { input: fresh, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning };
}

const INCLUDES_REASONING = 'output_tokens must include the reasoning tokens';
const INCLUDES_CACHED = 'input_tokens must include the cached and the cache-written tokens';

const NOT_ZERO = 'leave it empty for one call, or in a daily row where the number is not known';

/** A row is one call where it says nothing else; a daily bucket that says nothing may be of any number. */
function requestsOf(row: OwnRow, requests: number | null, { until }: RecordTime): number {
  if (requests === null) return until === null ? 1 : 0;
  if (requests === 0) throw badField(row.field(FIELD.requests), requests, 'are no requests', NOT_ZERO);
  return requests;
}

function timeOf(row: OwnRow, { timeZone, at }: DecodeContext): RecordTime {
  const time = row.time(timeZone);
  if (time !== null) return time;
  if (at === null) throw missingField(row.field(FIELD.timestamp), 'add a time, or give one for all rows with --at');
  return { at, day: null, until: null };
}
