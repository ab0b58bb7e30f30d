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

import { missingField } from '../../errors/usage-records.js';
import { NO_ORIGIN, type Origin, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { columnsNamed, hasColumns, namesIn } from '../reading/columns.js';
import { objectCell } from '../reading/json-cell.js';
import { modelOf } from '../reading/model-name.js';
import { records, tables } from '../reading/recognise.js';
import { decodeRecords, decodeRows, type Row } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import { statedTagsOf } from '../reading/stated-tags.js';
import { langfuseTokens } from '../shapes/langfuse.js';
import type { Decoded, Source } from '../source.js';
import { latencyOfSeconds } from '../time/latency.js';
import { parseTime } from '../time/record-time.js';

const COLUMNS = columnsNamed([
  ...(['id', 'type', 'start_time', 'provided_model_name', 'model', 'usage_details', 'total_cost'] as const),
  ...(['latency', 'level', 'project_id', 'user_id', 'session_id', 'trace_name', 'environment', 'tags'] as const),
]);
type Observation = Row<keyof typeof COLUMNS>;

const COMMON = {
  name: 'langfuse',
  role: 'app',
  documentation: 'https://langfuse.com/docs/model-usage-and-cost',
  account: null,
  reads: namesIn(COLUMNS),
  key: 'id of the observation',
} as const;

const DISTINCT = ['id', 'trace_id', 'type', 'start_time', 'usage_details'];

export const langfuseJson: Source = {
  ...COMMON,
  title: 'Langfuse observations (JSON)',
  kind: 'json',
  recognises: records((record) => hasColumns(Object.keys(record), ...DISTINCT)),
  decoder: decodeRecords(COLUMNS, decodeObservation),
};

export const langfuseCsv: Source = {
  ...COMMON,
  title: 'Langfuse observations',
  kind: 'table',
  recognises: tables((headers) => hasColumns(headers, ...DISTINCT)),
  decoder: decodeRows(COLUMNS, decodeObservation),
};

const CALLS = ['GENERATION', 'EMBEDDING'];

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeObservation(row: Observation): Decoded {
  if (!CALLS.includes(row.text('type')?.toUpperCase() ?? '')) return { skipped: 'not a generation' };
  const { tokens, quantities } = langfuseTokens(objectCell(row.cell('usage_details'), row.field('usage_details')));
  const cost = row.text('total_cost');
  const isEmpty = Object.values(tokens).every((count) => (count ?? 0) === 0);
  if (isEmpty && Number(cost ?? '0') === 0) return { skipped: 'no usage' };
  const model = modelOf([row.cell('provided_model_name'), row.cell('model')], row.field('provided_model_name'));
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
        latencyMs: latencyOfSeconds(row.text('latency'), row.field('latency')),
        statedCost: cost === null ? null : amountAt(row.field('total_cost'), cost, 'USD'),
      }),
    ],
  };
}

function timeOf(row: Observation) {
  const field = row.field('start_time');
  if (row.text('start_time') === null) throw missingField(field, 'export the start of each observation');
  return parseTime(row.cell('start_time'), 'UTC', field);
}

function originOf(row: Observation): Origin {
  const environment = row.text('environment');
  return {
    ...NO_ORIGIN,
    project: row.text('project_id'),
    user: row.text('user_id'),
    service: row.text('trace_name'),
    tags: {
      ...statedTagsOf(row.cell('tags'), row.field('tags')),
      ...(environment === null || environment === 'default' ? {} : { environment }),
    },
  };
}
