/** tokenhub's own CSV and JSONL. Both are one source: the same calls in either are the same recording. */

import { badField, badRecord, missingField } from '../../errors.js';
import type { TokenClasses } from '../../pricing/token-classes.js';
import type { Origin } from '../event.js';
import { isReadable } from '../mapping.js';
import { type Columns, columnsOf, type Mapping, OWN_FIELDS, type OwnField } from '../own-fields.js';
import { providerOf } from '../providers.js';
import { countOf, csvCountOf } from '../reading/count.js';
import { type Fields, isFields, shown, textOf, valueAt } from '../reading/fields.js';
import { modeOf } from '../reading/mode.js';
import { modelOf } from '../reading/model-name.js';
import { statedCostOf } from '../reading/stated-cost.js';
import { statedUnit } from '../reading/stated-unit.js';
import { tagsOf } from '../reading/tags.js';
import type { DecodeContext, Decoded, RawRecord, Source } from '../source.js';
import { latencyOf } from '../time/latency.js';
import { parseTime } from '../time/record-time.js';

type Kind = Source['kind'];

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
  recognises: (sample) => 'columns' in sample && hasOwnColumns(sample.columns),
  decoder: (context) => ownDecoder(context, 'table'),
};

export const tokenhubJsonl: Source = {
  ...COMMON,
  title: "tokenhub's own JSONL",
  kind: 'json',
  recognises: (sample) => 'value' in sample && isFields(sample.value) && hasOwnColumns(Object.keys(sample.value)),
  decoder: (context) => ownDecoder(context, 'json'),
};

const hasOwnColumns = (columns: readonly string[]): boolean => isReadable(columns, {});

type ColumnsOfRow = (names: readonly string[]) => Columns;

function ownDecoder(context: DecodeContext, kind: Kind): (record: RawRecord) => Decoded {
  const columns = rememberColumns(context.mapping);
  return (record) => decodeOwn(record, context, kind, columns);
}

/** The columns of the row before are those of this one, as a rule: remembering them spares finding them anew. */
function rememberColumns(mapping: Mapping): ColumnsOfRow {
  let last: { readonly names: readonly string[]; readonly columns: Columns } | null = null;
  return (names) => {
    if (last === null || !sameNames(last.names, names)) last = { names, columns: columnsOf(names, mapping) };
    return last.columns;
  };
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, index) => name === b[index]);

/**
 * One row of tokenhub's own format. `input_tokens` includes cached and cache-written tokens, which are subtracted.
 * Empty cells are not reported; a row that reports neither tokens nor a cost is skipped. A timestamp that is a date
 * alone makes a daily bucket.
 *
 * @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD, AMBIGUOUS_COLUMN
 */
function decodeOwn(record: RawRecord, context: DecodeContext, kind: Kind, columnsOfRow: ColumnsOfRow): Decoded {
  if (!isFields(record.value)) throw badRecord('is no JSON object', 'write one JSON object per line');
  const row = openRow(record.value, columnsOfRow(Object.keys(record.value)));
  const tokens = tokensOf(row, kind === 'table' ? csvCountOf : countOf);
  const statedCost = statedCostOf(row.cell('cost'), row.cell('currency'));
  if (statedCost === null && Object.values(tokens).every((count) => count === null))
    return { skipped: 'no tokens and no cost' };
  const model = modelOf([row.cell('model')], row.nameOf('model'));
  const event = {
    id: row.text('request_id'),
    ...timeOf(row, context),
    model,
    provider: providerOf(model, row.text('provider')),
    account: row.text('account'),
    origin: originOf(row),
    agent: row.text('agent'),
    session: row.text('session'),
    requests: requestsOf(row, kind === 'table' ? csvCountOf : countOf),
    tokens,
    quantities: {},
    cacheKind: null,
    mode: modeOf(row.cell('service_tier'), null) ?? 'standard',
    tierUpTo: null,
    charge: 'usage',
    plan: null,
    counter: null,
    status: row.text('status'),
    latencyMs: latencyOf(row.cell('latency_ms')),
    statedCost,
  } as const;
  return { events: [event] };
}

/** A row by field instead of by column. */
interface Row {
  readonly fields: Fields;
  readonly columns: Columns;
  readonly cell: (field: OwnField) => unknown;
  readonly text: (field: OwnField) => string | null;
  /** The column as the file names it, for errors; the field's own name where that is not fit to print. */
  readonly nameOf: (field: OwnField) => string;
}

function openRow(fields: Fields, columns: Columns): Row {
  const cell = (field: OwnField) => {
    const column = columns.fields.get(field);
    return column === undefined ? undefined : valueAt(fields, column);
  };
  const nameOf = (field: OwnField) => {
    const column = columns.fields.get(field) ?? field;
    return /^[\p{L}\p{N} _.:/()-]{1,60}$/u.test(column) ? column : field;
  };
  return { fields, columns, cell, nameOf, text: (field) => textOf(cell(field), nameOf(field)) };
}

type ReadCount = (value: unknown, field: string) => number | null;

function tokensOf(row: Row, readCount: ReadCount): TokenClasses {
  const count = (field: OwnField) => readCount(row.cell(field), row.nameOf(field));
  const input = count('input_tokens');
  const cacheRead = count('cached_input_tokens');
  const cacheWrite5m = count('cache_write_5m_tokens');
  const cacheWrite1h = count('cache_write_1h_tokens');
  const [output, reasoning] = [count('output_tokens'), count('reasoning_tokens')];
  const cached = (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
  if (input !== null && input < cached)
    throw badField(row.nameOf('input_tokens'), input, `is less than its cached tokens, ${cached}`, INCLUDES_CACHED);
  if (output !== null && reasoning !== null && reasoning > output)
    throw badField(row.nameOf('reasoning_tokens'), reasoning, `is more than the output, ${output}`, INCLUDES_REASONING);
  return { input: input === null ? null : input - cached, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning };
}

const INCLUDES_REASONING = 'output_tokens must include the reasoning tokens';
const INCLUDES_CACHED = 'input_tokens must include the cached and the cache-written tokens';

function requestsOf(row: Row, readCount: ReadCount): number {
  const requests = readCount(row.cell('requests'), row.nameOf('requests')) ?? 1;
  if (requests === 0)
    throw badField(row.nameOf('requests'), requests, 'are no requests', 'leave it empty for one call');
  return requests;
}

function timeOf(row: Row, context: DecodeContext) {
  const time = row.cell('timestamp');
  if (time !== undefined && time !== null && time !== '')
    return parseTime(time, context.timeZone, row.nameOf('timestamp'));
  if (context.at === null)
    throw missingField(row.nameOf('timestamp'), 'add a time, or give one for all rows with --at');
  return { at: context.at, day: null, until: null };
}

const originOf = (row: Row): Origin => ({
  unit: statedUnit(row.text('unit')),
  key: row.text('key'),
  workspace: row.text('workspace'),
  project: row.text('project'),
  team: row.text('team'),
  user: row.text('user'),
  service: row.text('service'),
  consumer: row.text('consumer'),
  path: null,
  tags: { ...nestedTags(row), ...columnTags(row) },
});

const columnTags = ({ fields, columns }: Row) =>
  tagsOf(Object.fromEntries([...columns.tags].map(([tag, column]) => [tag, valueAt(fields, column)])));

/** JSONL alone has an object `tags`; in a CSV such a column holds text and is not ours. */
function nestedTags({ fields }: Row): Readonly<Record<string, string>> {
  const tags = valueAt(fields, 'tags');
  if (Array.isArray(tags)) throw badField('tags', shown(tags), 'is no object', 'write {"tags": {"app": "portal"}}');
  return isFields(tags) ? tagsOf(tags) : {};
}
