/** The user's own column names: checking a mapping, and proposing one. */

import { unknownColumn, unknownMappedField } from '../../errors/usage-files.js';
import { nearest } from '../../nearest.js';
import { plainHeader } from '../reading/columns.js';
import { isFields } from '../reading/fields.js';
import { type Mapping, OWN_FIELDS, type OwnField, ownColumns, ownField, TOKEN_FIELDS, tagName } from './columns.js';
import { isConstant } from './constants.js';

/** Columns are shown and compared by the hundred at most. */
const MAX_COLUMNS = 1000;

/**
 * Checks a mapping against the columns of a file.
 *
 * @param columns  header names as they stand in the file
 * @param mapping  field name (or alias, or `tag:<name>`) to column name, exactly as in the file, or to a constant
 * @throws UNKNOWN_FIELD, UNKNOWN_COLUMN with the nearest name; AMBIGUOUS_COLUMN when two columns are the same field
 */
export function checkMapping(columns: readonly string[], mapping: Mapping): void {
  checkFields(mapping);
  for (const [name, column] of Object.entries(mapping)) {
    if (!isConstant(column) && !columns.includes(column))
      throw unknownColumn(name, column, nearestColumn(column, columns), columns);
  }
  ownColumns(columns, mapping);
}

/** @throws UNKNOWN_FIELD */
export function checkFields(mapping: Mapping): void {
  for (const name of Object.keys(mapping))
    if (ownField(name) === null && tagName(name) === null)
      throw unknownMappedField(name, nearest(name, OWN_FIELDS), OWN_FIELDS);
}

/**
 * What a mapped file has no column for though every row needs it: `time`, `model`, `tokens`. A cost is enough instead of
 * tokens.
 */
export function lacking(columns: readonly string[], mapping: Mapping): readonly string[] {
  const { fields } = ownColumns(columns, mapping);
  const hasAny = (...names: readonly OwnField[]): boolean => names.some((name) => fields.has(name));
  return [
    ...(hasAny('timestamp') ? [] : ['time']),
    ...(hasAny('model') ? [] : ['model']),
    ...(hasAny(...TOKEN_FIELDS, 'cost') ? [] : ['tokens']),
  ];
}

/** Columns that a file has and tokenhub would not read, in file order. Throws AMBIGUOUS_COLUMN. */
export function unknownColumns(columns: readonly string[], mapping: Mapping): readonly string[] {
  const { fields, tags } = ownColumns(columns, mapping);
  const read = new Set([...fields.values(), ...tags.values()]);
  return columns.filter((column) => !read.has(column));
}

/**
 * The same for the keys of JSON lines: those of any of the samples, in order of appearance, that no line is read for.
 * Two keys of one field are no error here: the lines that have both are rejected by themselves.
 */
export function unknownKeys(samples: readonly unknown[], mapping: Mapping): readonly string[] {
  const keys = new Set(samples.filter(isFields).flatMap((sample) => Object.keys(sample)));
  const [columns, fields] = [new Set(Object.values(mapping)), new Set(Object.keys(mapping).map(ownField))];
  const isOwn = (field: OwnField | null) => field !== null && !fields.has(field);
  const isRead = (key: string) => columns.has(key) || isOwn(ownField(key)) || tagName(key) !== null || key === 'tags';
  return [...keys].filter((key) => !isRead(key)).slice(0, MAX_COLUMNS);
}

/** True when the columns tell a time, a model and at least one class of tokens. */
export function isReadable(columns: readonly string[], mapping: Mapping): boolean {
  const mapped = new Set(Object.values(mapping));
  const names = [...Object.keys(mapping), ...columns.filter((column) => !mapped.has(column))];
  const fields = new Set(names.map(ownField));
  return fields.has('timestamp') && fields.has('model') && TOKEN_FIELDS.some((field) => fields.has(field));
}

/**
 * Other names of a field, plain, in order of preference. Left out: cache columns, which may or may not be part of the
 * input; as `request_id` ids that several calls may share (trace, span, session, conversation, batch) or that may only
 * number the rows of one file (a bare `id`), since calls of one id are taken for one call; and names that hold text as
 * often as counts (`prompt`, `completion`).
 */
const SYNONYMS: Readonly<Partial<Record<OwnField, readonly string[]>>> = {
  timestamp: [
    ...['createdat', 'datetime', 'time', 'starttime', 'startedat', 'requesttime', 'requesttimestamp', 'eventtime'],
    ...['starttimeiso', 'created', 'date', 'day', 'requestcreatedat', 'usagedate'],
  ],
  request_id: ['generationid', 'responseid'],
  model: ['modelname', 'modelid', 'modelslug', 'modelpermaslug', 'deployment'],
  input_tokens: [
    ...['prompttokens', 'prompttok', 'inputtok', 'intokens', 'tokensin', 'tokensprompt', 'tokensinput'],
    ...['prompttokencount', 'inputtokencount', 'numinputtokens'],
  ],
  output_tokens: [
    ...['completiontokens', 'completiontok', 'outputtok', 'outtokens', 'tokensout', 'tokenscompletion', 'tokensoutput'],
    ...['completiontokencount', 'outputtokencount', 'numoutputtokens', 'generatedtokens'],
  ],
  reasoning_tokens: ['tokensreasoning', 'thinkingtokens'],
  provider: ['providername', 'vendor'],
  key: ['apikey', 'apikeyid', 'apikeyname'],
  project: ['projectid', 'projectname'],
  user: ['userid', 'username'],
  session: ['sessionid'],
};

/**
 * Proposes how to map unknown columns, as text to paste after the file's name; `null` unless a time, a model and some
 * tokens can be found. Columns whose names a shell would not take as they are, even quoted, are not proposed.
 *
 * @example proposeMapping(['Start time', 'model', 'prompt_tok']) // '--map timestamp="Start time",input_tokens=prompt_tok'
 */
export function proposeMapping(columns: readonly string[]): string | null {
  const candidates = columns.slice(0, MAX_COLUMNS).filter((column) => /^[\p{L}\p{N} _.:/()-]+$/u.test(column));
  const mapping: Record<string, string> = {};
  for (const field of OWN_FIELDS) {
    const column = columns.some((own) => ownField(own) === field) ? null : synonymOf(field, candidates);
    if (column !== null) mapping[field] = column;
  }
  const useful = Object.keys(mapping).length > 0 && isReadable(columns, mapping);
  return useful
    ? `--map ${Object.entries(mapping)
        .map(([field, column]) => `${field}=${shellWord(column)}`)
        .join(',')}`
    : null;
}

function synonymOf(field: OwnField, candidates: readonly string[]): string | null {
  for (const synonym of SYNONYMS[field] ?? []) {
    const column = candidates.find((candidate) => plainHeader(candidate) === synonym);
    if (column !== undefined) return column;
  }
  return null;
}

const shellWord = (column: string): string => (/^[\w.:/-]+$/.test(column) ? column : `"${column}"`);

const nearestColumn = (column: string, columns: readonly string[]): string | null =>
  columns.find((known) => plainHeader(known) === plainHeader(column)) ?? nearest(column, columns.slice(0, MAX_COLUMNS));
