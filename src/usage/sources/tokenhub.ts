/** tokenhub's own CSV and JSONL. Both are one source: the same calls in either are the same recording. */

import { badField, missingField } from '../../errors/usage-records.js';
import type { TokenClasses } from '../../pricing/token-classes.js';
import type { Origin, UsageEvent } from '../event.js';
import { OWN_FIELDS, type OwnField } from '../own-format/columns.js';
import { addingConstants } from '../own-format/constants.js';
import { isReadable } from '../own-format/mapping.js';
import { originReader } from '../own-format/origin.js';
import { type OwnRow, ownRows } from '../own-format/row.js';
import { providerOf } from '../providers.js';
import { countOf, csvCountOf, freshInput } from '../reading/count.js';
import { modeOf } from '../reading/mode.js';
import { modelOf } from '../reading/model-name.js';
import { objects, tables } from '../reading/recognise.js';
import { statedCostOf } from '../reading/stated-cost.js';
import type { DecodeContext, Decoded, RawRecord, Source } from '../source.js';
import { latencyOf } from '../time/latency.js';
import { parseTime } from '../time/record-time.js';

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

type ReadCount = (value: unknown, field: string) => number | null;

function ownDecoder(context: DecodeContext, readCount: ReadCount): (record: RawRecord) => Decoded {
  const [read, originOf] = [ownRows(context.mapping), originReader()];
  const add = addingConstants(context.mapping);
  if (add !== null) return (record) => decodeOwn(read(add(record)), context, readCount, originOf);
  return (record) => decodeOwn(read(record), context, readCount, originOf);
}

/**
 * One row of tokenhub's own format. `input_tokens` includes cached and cache-written tokens, which are subtracted.
 * Empty cells are not reported; a row that reports neither tokens nor a cost is skipped. A timestamp that is a date
 * alone makes a daily bucket.
 *
 * @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD, AMBIGUOUS_COLUMN
 */
function decodeOwn(
  row: OwnRow,
  context: DecodeContext,
  readCount: ReadCount,
  originOf: (row: OwnRow) => Origin,
): Decoded {
  const tokens = tokensOf(row, readCount);
  const cost = row.cell('cost');
  const statedCost = cost === undefined || cost === '' ? null : statedCostOf(cost, row.cell('currency'));
  if (statedCost === null && hasNone(tokens)) return { skipped: 'no tokens and no cost' };
  const model = modelOf([row.cell('model')], row.field('model'));
  const time = timeOf(row, context);
  const event: UsageEvent = {
    id: row.text('request_id'),
    at: time.at,
    day: time.day,
    until: time.until,
    model,
    provider: providerOf(model, row.text('provider')),
    account: row.text('account'),
    origin: originOf(row),
    agent: row.text('agent'),
    session: row.text('session'),
    requests: requestsOf(row, readCount),
    tokens,
    quantities: NO_QUANTITIES,
    cacheKind: null,
    mode: modeOf(row.cell('service_tier'), null) ?? 'standard',
    tierUpTo: null,
    charge: 'usage',
    plan: null,
    counter: null,
    status: row.text('status'),
    latencyMs: latencyOf(row.cell('latency_ms')),
    statedCost,
  };
  return { events: [event] };
}

const NO_QUANTITIES = {};

const hasNone = ({ input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning }: TokenClasses): boolean =>
  input === null &&
  cacheRead === null &&
  cacheWrite5m === null &&
  cacheWrite1h === null &&
  output === null &&
  reasoning === null;

function tokensOf(row: OwnRow, readCount: ReadCount): TokenClasses {
  const count = (field: OwnField) => readCount(row.cell(field), row.field(field));
  const input = count('input_tokens');
  const cacheRead = count('cached_input_tokens');
  const cacheWrite5m = count('cache_write_5m_tokens');
  const cacheWrite1h = count('cache_write_1h_tokens');
  const [output, reasoning] = [count('output_tokens'), count('reasoning_tokens')];
  const cached = (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
  const fresh = freshInput(input, cached, row.field('input_tokens'), INCLUDES_CACHED);
  if (output !== null && reasoning !== null && reasoning > output)
    throw badField(row.field('reasoning_tokens'), reasoning, `is more than the output, ${output}`, INCLUDES_REASONING);
  return { input: fresh, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning };
}

const INCLUDES_REASONING = 'output_tokens must include the reasoning tokens';
const INCLUDES_CACHED = 'input_tokens must include the cached and the cache-written tokens';

function requestsOf(row: OwnRow, readCount: ReadCount): number {
  const requests = readCount(row.cell('requests'), row.field('requests')) ?? 1;
  if (requests === 0) throw badField(row.field('requests'), requests, 'are no requests', 'leave it empty for one call');
  return requests;
}

function timeOf(row: OwnRow, context: DecodeContext) {
  const time = row.cell('timestamp');
  if (time !== undefined && time !== null && time !== '')
    return parseTime(time, context.timeZone, row.field('timestamp'));
  if (context.at === null) throw missingField(row.field('timestamp'), 'add a time, or give one for all rows with --at');
  return { at: context.at, day: null, until: null };
}
