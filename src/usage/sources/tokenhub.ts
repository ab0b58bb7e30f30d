/** tokenhub's own CSV and JSONL. Both are one source: the same calls in either are the same recording. */

import { badField, badRecord, missingField } from '../../errors.js';
import type { TokenClasses } from '../../pricing/token-classes.js';
import { countOf, csvCountOf } from '../count.js';
import type { Origin, UsageEvent } from '../event.js';
import { type Fields, isFields, shown, textOf, valueAt } from '../fields.js';
import { latencyOf } from '../latency.js';
import { isReadable } from '../mapping.js';
import { modeOf } from '../mode.js';
import { modelOf } from '../model-name.js';
import { type Columns, columnsOf, type Mapping, OWN_FIELDS, type OwnField } from '../own-fields.js';
import { ownText } from '../own-text.js';
import { providerOf } from '../providers.js';
import type { DecodeContext, Decoded, RawRecord, Source } from '../source.js';
import { statedCostOf } from '../stated-cost.js';
import { statedUnit } from '../stated-unit.js';
import { tagsOf } from '../tags.js';
import { parseTime } from '../time.js';

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

function ownDecoder(context: DecodeContext, kind: Kind): (record: RawRecord) => Decoded {
  const read = kind === 'table' ? csvCountOf : countOf;
  const open = rowOpener(context.mapping);
  const origins = originReader();
  return (record) => decodeOwn(open(record), context, read, origins);
}

/**
 * One row of tokenhub's own format. `input_tokens` includes cached and cache-written tokens, which are subtracted.
 * Empty cells are not reported; a row that reports neither tokens nor a cost is skipped. A timestamp that is a date
 * alone makes a daily bucket.
 *
 * @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD, AMBIGUOUS_COLUMN
 */
function decodeOwn(row: Row, context: DecodeContext, readCount: ReadCount, originOf: (row: Row) => Origin): Decoded {
  const tokens = tokensOf(row, readCount);
  const cost = row.cell('cost');
  const statedCost = cost === undefined || cost === '' ? null : statedCostOf(cost, row.cell('currency'));
  if (statedCost === null && hasNone(tokens)) return { skipped: 'no tokens and no cost' };
  const model = modelOf([row.cell('model')], row.nameOf('model'));
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

/** A row by field instead of by column. */
interface Row {
  readonly cell: (field: OwnField) => unknown;
  readonly text: (field: OwnField) => string | null;
  /** The column as the file names it, for errors; the field's own name where that is not fit to print. */
  readonly nameOf: (field: OwnField) => string;
  readonly tag: (column: string) => unknown;
  readonly columns: Columns;
  /** The cells that are the same in all rows of one origin; none where that is not known. */
  readonly alikeCells: () => readonly string[];
  /** The last of them; `undefined`: there is none. */
  readonly lastAlike: () => string | undefined;
  /** Whether they are those of another row. */
  readonly isAlike: (others: readonly string[]) => boolean;
  /** JSON's object `tags`; in a CSV such a column holds text and is not ours. */
  readonly nested: Readonly<Record<string, string>> | null;
}

/** Opens rows; what their columns are is found out once for all rows with the same columns. */
function rowOpener(mapping: Mapping): (record: RawRecord) => Row {
  let columns: readonly string[] = [];
  let cellsOf: ((cells: readonly string[]) => Row) | null = null;
  let keys: { readonly names: readonly string[]; readonly columns: Columns } | null = null;
  return (record) => {
    const { row } = record;
    if (row !== undefined) {
      if (cellsOf === null || columns !== row.columns) cellsOf = cellRows(row.columns, mapping);
      columns = row.columns;
      return cellsOf(row.cells);
    }
    const { value } = record;
    if (!isFields(value)) throw badRecord('is no JSON object', 'write one JSON object per line');
    const names = Object.keys(value);
    if (keys === null || !sameNames(keys.names, names)) keys = { names, columns: columnsOf(names, mapping) };
    return fieldRow(value, keys.columns);
  };
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, index) => name === b[index]);

function fieldRow(fields: Fields, columns: Columns): Row {
  const cell = (field: OwnField) => {
    const column = columns.fields.get(field);
    return column === undefined ? undefined : valueAt(fields, column);
  };
  const nameOf = nameReader(columns);
  const text = (field: OwnField) => textOf(cell(field), nameOf(field));
  return {
    columns,
    cell,
    nameOf,
    text,
    tag: (column) => valueAt(fields, column),
    alikeCells: () => [],
    lastAlike: () => undefined,
    isAlike: () => false,
    nested: nestedTags(fields),
  };
}

/** The same over the cells of a CSV row: one object for all rows, looking at the cells of the row at hand. */
function cellRows(names: readonly string[], mapping: Mapping): (cells: readonly string[]) => Row {
  const columns = columnsOf(names, mapping);
  const places = placesOf(columns, names);
  const nameOf = nameReader(columns);
  let cells: readonly string[] = [];
  const cell = (field: OwnField): string | undefined => {
    const place = places[field];
    return place === undefined ? undefined : cells[place];
  };
  const text = (field: OwnField): string | null => textOf(cell(field), nameOf(field));
  const alike = [...ORIGIN_FIELDS.map((field) => places[field]), ...tagPlaces(columns, names)].filter(
    (place) => place !== undefined,
  );
  const lastPlace = alike.at(-1) ?? -1;
  const alikeCells = (): string[] => alike.map((place) => cells[place]!);
  const lastAlike = (): string | undefined => cells[lastPlace];
  const isAlike = (others: readonly string[]): boolean => {
    for (let i = 0; i < alike.length; i++) if (cells[alike[i]!] !== others[i]) return false;
    return true;
  };
  const row = {
    columns,
    cell,
    nameOf,
    text,
    alikeCells,
    lastAlike,
    isAlike,
    tag: (column: string) => cells[names.indexOf(column)],
    nested: null,
  };
  return (of) => {
    cells = of;
    return row;
  };
}

const tagPlaces = ({ tags }: Columns, names: readonly string[]): number[] =>
  [...tags.values()].map((column) => names.indexOf(column));

const placesOf = ({ fields }: Columns, names: readonly string[]): Readonly<Partial<Record<OwnField, number>>> =>
  Object.fromEntries([...fields].map(([field, column]) => [field, names.indexOf(column)]));

function nameReader({ fields }: Columns): (field: OwnField) => string {
  const names = Object.fromEntries(
    OWN_FIELDS.map((field) => {
      const column = fields.get(field) ?? field;
      return [field, /^[\p{L}\p{N} _.:/()-]{1,60}$/u.test(column) ? column : field];
    }),
  );
  return (field) => names[field]!;
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

const ORIGIN_FIELDS = ['unit', 'key', 'workspace', 'project', 'team', 'user', 'service', 'consumer'] as const;

const ORIGINS_REMEMBERED = 100_000;

/** Reads origins; one object stands for all rows that are alike in it. They are looked up by the last cell, then compared. */
function originReader(): (row: Row) => Origin {
  let known = new Map<string, { readonly cells: readonly string[]; readonly origin: Origin }[]>();
  let count = 0;
  return (row) => {
    const last = row.lastAlike();
    if (last === undefined) return originOf(row);
    const candidates = known.get(last) ?? [];
    for (const { cells, origin } of candidates) if (row.isAlike(cells)) return origin;
    const origin = ownOrigin(originOf(row));
    if (++count > ORIGINS_REMEMBERED) [known, count] = [new Map(), 1];
    known.set(ownText(last), [...candidates, { cells: row.alikeCells().map(ownText), origin }].slice(-COMPARED));
    return origin;
  };
}

/** Origins compared for one last cell. */
const COMPARED = 32;

/** Remembered for long, see `own-text.ts`. */
const ownOrigin = ({ tags, ...fields }: Origin): Origin => ({
  ...(ownTexts(fields) as Omit<Origin, 'tags'>),
  tags: ownTexts(tags) as Origin['tags'],
});

const ownTexts = (texts: Readonly<Record<string, string | null>>): Record<string, string | null> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text === null ? null : ownText(text)]));

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
  tags: { ...row.nested, ...columnTags(row) },
});

const columnTags = ({ tag, columns }: Row) =>
  tagsOf(Object.fromEntries([...columns.tags].map(([name, column]) => [name, tag(column)])));

function nestedTags(fields: Fields): Readonly<Record<string, string>> {
  const tags = valueAt(fields, 'tags');
  if (Array.isArray(tags)) throw badField('tags', shown(tags), 'is no object', 'write {"tags": {"app": "portal"}}');
  return isFields(tags) ? tagsOf(tags) : {};
}
