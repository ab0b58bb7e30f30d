/** Records of tokenhub's own format, and of a user's own columns. */

import { badField } from '../errors.js';
import { type Mapping, type OwnField, ownColumns } from './own-fields.js';
import { printableHeader } from './reading/columns.js';
import { type Fields, fieldsOf, isFields, shown, valueAt } from './reading/fields.js';
import { rememberColumns } from './reading/remember-columns.js';
import { oneRow, type Row } from './reading/row.js';
import { tagsOf } from './reading/tags.js';

/** A row by field. */
export interface OwnRow extends Row<OwnField> {
  /** Tags are columns, `tag:app`; JSONL alone has an object `tags`, which in a CSV is text and not ours. */
  readonly tags: () => Readonly<Record<string, string>>;
}

/** Reads the records of one file. Throws BAD_RECORD, AMBIGUOUS_COLUMN. */
export function ownRows(mapping: Mapping): (value: unknown) => OwnRow {
  const columnsIn = rememberColumns((headers) => columnsOf(headers, mapping));
  const rowOf = oneRow<OwnField>((name) => name);
  let record: Fields = {};
  let columns = columnsIn(record);
  const row: OwnRow = { ...rowOf(record, columns.fields), tags: () => tagsIn(record, columns.tags) };
  return (value) => {
    record = fieldsOf(value, 'write one JSON object per line');
    columns = columnsIn(record);
    rowOf(record, columns.fields);
    return row;
  };
}

function columnsOf(headers: readonly string[], mapping: Mapping) {
  const { fields, tags } = ownColumns(headers, mapping);
  const named = ([name, header]: readonly [OwnField, string]) =>
    [name, { header, field: printableHeader(header) ?? name }] as const;
  return { fields: new Map([...fields].map(named)), tags };
}

function tagsIn(record: Fields, columns: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const tags = valueAt(record, 'tags');
  if (Array.isArray(tags)) throw badField('tags', shown(tags), 'is no object', 'write {"tags": {"app": "portal"}}');
  const nested = isFields(tags) ? tagsOf(tags) : {};
  if (columns.size === 0) return nested;
  return {
    ...nested,
    ...tagsOf(Object.fromEntries([...columns].map(([tag, column]) => [tag, valueAt(record, column)]))),
  };
}
