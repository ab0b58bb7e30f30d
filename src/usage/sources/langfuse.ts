/**
 * Observations of Langfuse: the blob export `observations_v2` (JSON lines), the public API (camelCase, `{ data: [...] }`)
 * and the CSV export, whose cells `usageDetails` and `tags` hold JSON. All are one source.
 *
 * Only generations and embeddings are calls of a model; spans, agents, tools and chains around them are skipped.
 * `usage_details` has disjoint classes that sum up to its `total`: see `langfuseTokens`. `total_cost` is what Langfuse or
 * the application reckons, in US dollars: a claim. `latency` is in seconds; times are UTC without an offset, to the
 * microsecond.
 *
 * Source: https://langfuse.com/docs/model-usage-and-cost
 */

import { badField, missingField } from '../../errors.js';
import { NO_ORIGIN, type Origin, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { quantityOf } from '../reading/count.js';
import { type Fields, isFields, shown, valueAt } from '../reading/fields.js';
import { listTagsOf } from '../reading/list-tags.js';
import { decodeMany } from '../reading/many-records.js';
import { modelOf } from '../reading/model-name.js';
import { hasColumns, jsonCell, type Row, rowReader } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import { langfuseTokens } from '../shapes/langfuse.js';
import type { Decoded, RawRecord, Source } from '../source.js';
import { parseTime } from '../time/record-time.js';

const COMMON = {
  name: 'langfuse',
  role: 'app',
  documentation: 'https://langfuse.com/docs/model-usage-and-cost',
  account: null,
  reads: [
    ...['id', 'type', 'start_time', 'provided_model_name', 'usage_details', 'total_cost', 'latency', 'level'],
    ...['project_id', 'user_id', 'session_id', 'trace_name', 'environment', 'tags'],
  ],
  key: 'id of the observation',
} as const;

const DISTINCT = ['id', 'trace_id', 'type', 'start_time', 'usage_details'];

export const langfuseJson: Source = {
  ...COMMON,
  title: 'Langfuse observations (JSON)',
  kind: 'json',
  recognises: (sample) => 'value' in sample && isFields(sample.value) && looksLikeObservations(sample.value),
  decoder: observationDecoder,
};

export const langfuseCsv: Source = {
  ...COMMON,
  title: 'Langfuse observations (table)',
  kind: 'table',
  recognises: (sample) => 'columns' in sample && hasColumns(sample.columns, ...DISTINCT),
  decoder: observationDecoder,
};

function looksLikeObservations(value: Fields): boolean {
  const page = valueAt(value, 'data');
  const row = Array.isArray(page) ? page[0] : value;
  return isFields(row) && hasColumns(Object.keys(row), ...DISTINCT);
}

function observationDecoder(): (record: RawRecord) => Decoded {
  const read = rowReader();
  const decode = (value: unknown) => decodeObservation(read(value));
  return ({ value }) => {
    const page = isFields(value) ? valueAt(value, 'data') : null;
    return Array.isArray(page) ? decodeMany(page, 'data', decode) : decode(value);
  };
}

const CALLS = ['GENERATION', 'EMBEDDING'];

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeObservation(row: Row): Decoded {
  if (!CALLS.includes(row.text('type')?.toUpperCase() ?? '')) return { skipped: 'not a generation' };
  const usage = jsonCell(row.cell('usage_details'), 'usage_details') ?? {};
  if (!isFields(usage)) throw badField('usage_details', shown(usage), 'is no object', 'export it as Langfuse does');
  const { tokens, quantities } = langfuseTokens(usage);
  const cost = row.text('total_cost');
  const isEmpty = Object.values(tokens).every((count) => (count ?? 0) === 0);
  if (isEmpty && Number(cost ?? '0') === 0) return { skipped: 'no usage' };
  const model = modelOf([row.cell('provided_model_name'), row.cell('model')], 'provided_model_name');
  return {
    events: [
      usageEvent({
        id: row.text('id'),
        ...timeOf(row),
        model,
        provider: providerOf(model, null),
        origin: originOf(row),
        session: row.text('session_id'),
        tokens,
        quantities,
        status: row.text('level') === 'ERROR' ? 'ERROR' : null,
        latencyMs: millisecondsOf(row.text('latency')),
        statedCost: cost === null ? null : amountAt('total_cost', cost, 'USD'),
      }),
    ],
  };
}

function timeOf(row: Row) {
  if (row.text('start_time') === null) throw missingField('start_time', 'export the start of each observation');
  return parseTime(row.cell('start_time'), 'UTC', 'start_time');
}

/** Seconds to whole milliseconds. */
function millisecondsOf(seconds: string | null): number | null {
  const millionths = quantityOf(seconds, 'latency');
  return millionths === null ? null : Number((millionths + 500n) / 1000n);
}

function originOf(row: Row): Origin {
  const environment = row.text('environment');
  return {
    ...NO_ORIGIN,
    project: row.text('project_id'),
    user: row.text('user_id'),
    service: row.text('trace_name'),
    tags: {
      ...listTagsOf(jsonCell(row.cell('tags'), 'tags'), 'tags'),
      ...(environment === null || environment === 'default' ? {} : { environment }),
    },
  };
}
