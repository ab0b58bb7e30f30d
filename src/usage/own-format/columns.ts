/** Columns of tokenhub's own CSV and JSONL, and which column of a file is which. */

import { ambiguousColumn } from '../../errors/usage-files.js';
import { plainHeader } from '../reading/columns.js';

/** Numbers of the fields, in the order they are documented; `input_tokens` includes cached and cache-written tokens. */
export const FIELD = {
  timestamp: 0,
  request_id: 1,
  model: 2,
  provider: 3,
  input_tokens: 4,
  cached_input_tokens: 5,
  cache_write_5m_tokens: 6,
  cache_write_1h_tokens: 7,
  output_tokens: 8,
  reasoning_tokens: 9,
  service_tier: 10,
  requests: 11,
  latency_ms: 12,
  status: 13,
  cost: 14,
  currency: 15,
  unit: 16,
  account: 17,
  key: 18,
  workspace: 19,
  project: 20,
  team: 21,
  user: 22,
  agent: 23,
  session: 24,
  service: 25,
  consumer: 26,
} as const;
export type OwnField = keyof typeof FIELD;
/** As rows are asked for their cells: a place in a list is found faster than a name. */
export type FieldNumber = (typeof FIELD)[OwnField];
export const OWN_FIELDS = Object.keys(FIELD) as readonly OwnField[];

/** Short names a column may have instead. */
const ALIASES: Readonly<Record<string, OwnField>> = {
  ts: 'timestamp',
  input: 'input_tokens',
  cached: 'cached_input_tokens',
  output: 'output_tokens',
};

export const TOKEN_FIELDS: readonly OwnField[] = [
  'input_tokens',
  'cached_input_tokens',
  'cache_write_5m_tokens',
  'cache_write_1h_tokens',
  'output_tokens',
  'reasoning_tokens',
];

/** Column names by field; a mapping may name any field, also `tag:<name>`. */
export type Mapping = Readonly<Record<string, string>>;

/** Which column holds which field, and which tag. */
export interface OwnColumns {
  readonly fields: ReadonlyMap<OwnField, string>;
  readonly tags: ReadonlyMap<string, string>;
}

const BY_HEADER: ReadonlyMap<string, OwnField> = new Map([
  ...OWN_FIELDS.map((field) => [plainHeader(field), field] as const),
  ...Object.entries(ALIASES).map(([alias, field]) => [plainHeader(alias), field] as const),
]);

/** The field a name stands for; `null` when it is none of ours. */
export const ownField = (name: string): OwnField | null => BY_HEADER.get(plainHeader(name)) ?? null;

/** `app` of `tag:app`; `null` for any other name. */
export const tagName = (name: string): string | null => /^\s*tag:\s*(.*\S)\s*$/is.exec(name)?.[1] ?? null;

/**
 * Finds the column of every field. A mapped field is read from its column alone; a column that is mapped is read as
 * nothing else.
 *
 * @throws AMBIGUOUS_COLUMN when two columns, neither of them mapped, are the same field
 */
export function ownColumns(columns: readonly string[], mapping: Mapping): OwnColumns {
  const mapped = new Set(Object.values(mapping));
  const fields = new Map<OwnField, string>();
  const tags = new Map<string, string>();
  for (const [name, column] of Object.entries(mapping)) assign(name, column, fields, tags);
  const [mappedFields, mappedTags] = [new Set(fields.keys()), new Set(tags.keys())];
  for (const column of columns) {
    const field = ownField(column);
    if (mapped.has(column) || (field !== null && mappedFields.has(field)) || mappedTags.has(tagName(column) ?? ''))
      continue;
    assign(column, column, fields, tags);
  }
  return { fields, tags };
}

function assign(name: string, column: string, fields: Map<OwnField, string>, tags: Map<string, string>): void {
  const tag = tagName(name);
  const field = ownField(name);
  if (tag !== null) claim(tags, tag, column, 'the same tag');
  else if (field !== null) claim(fields, field, column, field);
}

function claim<K>(claimed: Map<K, string>, key: K, column: string, name: string): void {
  const other = claimed.get(key);
  if (other !== undefined && other !== column) throw ambiguousColumn(name, other, column);
  claimed.set(key, column);
}
