/** Fields of an event as SQL: what a report groups and filters by. */

import type { Database } from '../../load-driver.js';
import { type StoredDimension, tagName } from '../../report/dimension.js';
import type { Filter, StoredField } from '../../report/filter.js';
import type { RowColumn } from './usage-rows.js';

/** Where the text of a field is kept: in the row of `table` whose id is in `column` of the rows `u` of `usageRows`. */
interface FieldSql {
  readonly column: string;
  readonly table: string;
  /** What the rows must have. */
  readonly needs: readonly RowColumn[];
  /** The text, in a row of the table by its alias. */
  readonly text: (row: string) => string;
}

const named = (table: string, needs: readonly RowColumn[]): FieldSql => ({
  column: `u.${table}`,
  table,
  needs,
  text: (row) => `${row}.name`,
});
const ofOrigin = (column: string): FieldSql => ({
  column: 'u.origin',
  table: 'origin',
  needs: ['event'],
  text: (row) => `${row}.${column}`,
});
const ofRecording = (column: string): FieldSql => ({
  column: 'u.recording',
  table: 'recording',
  needs: [],
  text: (row) => `${row}.${column}`,
});

const FIELDS: Readonly<Record<Exclude<StoredField, `tag:${string}`>, FieldSql>> = {
  unit: named('unit', ['unit']),
  model: named('model', ['model']),
  provider: named('provider', ['provider']),
  agent: named('agent', ['agent']),
  session: named('session', ['event']),
  status: named('status', ['event']),
  mode: named('mode', ['event']),
  charge: named('charge', []),
  project: ofOrigin('project'),
  user: ofOrigin('"user"'),
  key: ofOrigin('"key"'),
  workspace: ofOrigin('workspace'),
  team: ofOrigin('team'),
  service: ofOrigin('service'),
  consumer: ofOrigin('consumer'),
  role: ofRecording('role'),
  source: ofRecording('source'),
  account: ofRecording('account'),
};

const fieldSql = (field: StoredField): FieldSql => {
  const tag = tagName(field);
  if (tag === null) return FIELDS[field as keyof typeof FIELDS];
  const name = `'${tag.replaceAll("'", "''")}'`;
  return {
    ...ofOrigin('tags'),
    text: (row) => `(SELECT tag.value FROM json_each(${row}.tags) tag WHERE tag.key = ${name})`,
  };
};

/** What a dimension is grouped by, and the value it shows: `?` stands for the grouped column. */
interface DimensionSql {
  readonly key: string;
  readonly value: string;
  readonly isOfOrigin: boolean;
  readonly needs: readonly RowColumn[];
}

export function dimensionSql(dimension: StoredDimension): DimensionSql {
  if (dimension === 'hour') return { key: HOUR, value: '?', isOfOrigin: false, needs: ['event'] };
  const { column, table, text, needs } = fieldSql(dimension);
  if (table === 'origin') return { key: text('o'), value: '?', isOfOrigin: true, needs };
  return { key: column, value: `(SELECT ${text('t')} FROM ${table} t WHERE t.id = ?)`, isOfOrigin: false, needs };
}

const HOUR = "iif(u.grain IN ('request', 'minute', 'hour'), local_hour(u.ts, $timeZone), NULL)";

/** What the rows must have for a condition. */
export const filterNeeds = ({ field }: Filter<StoredField>): readonly RowColumn[] => fieldSql(field).needs;

/** A condition over rows `u` of `usageRows`; the values are bound as `$filter_<place>`, see `filterValue`. */
export function filterSql({ field, op, values }: Filter<StoredField>, place: number): string {
  const { column, table, text } = fieldSql(field);
  const listed = `(SELECT value FROM json_each($filter_${place}))`;
  const isOne =
    op === '~'
      ? `EXISTS (SELECT 1 FROM json_each($filter_${place}) f WHERE ${text('t')} GLOB f.value)`
      : `${text('t')} IN ${listed}`;
  const isNone = values.includes(null);
  const matches = `(coalesce(${column} IN (SELECT t.id FROM ${table} t
    WHERE coalesce(${isOne}, 0) ${isNone ? `OR ${text('t')} IS NULL` : ''}), 0) ${isNone ? `OR ${column} IS NULL` : ''})`;
  return op === '!=' ? `NOT ${matches}` : matches;
}

/** JSON list of the texts; of patterns, as GLOB writes them, where `?` and `[` are special, too. */
export const filterValue = ({ op, values }: Filter<StoredField>): string =>
  JSON.stringify(
    values.filter((value) => value !== null).map((text) => (op === '~' ? text.replace(/[?[]/g, '[$&]') : text)),
  );

/** Every value of a field that any event, or its origin or recording, ever had, by name. */
export function fieldNames(db: Database, field: StoredField): string[] {
  const { table, text } = fieldSql(field);
  const sql = `SELECT DISTINCT ${text('t')} AS name FROM ${table} t WHERE ${text('t')} IS NOT NULL ORDER BY name`;
  return db.prepare<unknown[], string>(sql).pluck().all();
}
