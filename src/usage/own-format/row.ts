/** Records of tokenhub's own format, and of a user's own columns, by field instead of by column. */

import { badField } from '../../errors/usage-records.js';
import { printableHeader } from '../reading/columns.js';
import { type Fields, fieldsOf, isFields, shown, textOf, valueAt } from '../reading/fields.js';
import { rememberColumns } from '../reading/remember-columns.js';
import { tagsOf } from '../reading/tags.js';
import type { RawRecord } from '../source.js';
import { type Mapping, OWN_FIELDS, type OwnColumns, type OwnField, ownColumns } from './columns.js';

export interface OwnRow {
  readonly cell: (name: OwnField) => unknown;
  readonly text: (name: OwnField) => string | null;
  /** The column as the file names it, for errors; the field's own name where that is not fit to print. */
  readonly field: (name: OwnField) => string;
  /** Tags are columns, `tag:app`; JSONL alone has an object `tags`, which in a CSV is text and not ours. */
  readonly tags: () => Readonly<Record<string, string>>;
  /** The cells that are the same in all rows of one origin; none where that is not known. */
  readonly alikeCells: () => readonly string[];
  /** The last of them; `undefined`: there is none. */
  readonly lastAlike: () => string | undefined;
  /** Whether they are those of another row. */
  readonly isAlike: (others: readonly string[]) => boolean;
}

/** Fields of the origin, which with the tags tell one origin from another. */
const ORIGIN_FIELDS = ['unit', 'key', 'workspace', 'project', 'team', 'user', 'service', 'consumer'] as const;

/** Where a file has what. */
interface Layout {
  readonly columns: OwnColumns;
  /** Each field as errors name it. */
  readonly printed: Readonly<Record<string, string>>;
  /** Numbers of columns, from 0. */
  readonly places: Readonly<Partial<Record<OwnField, number>>>;
  readonly tagPlaces: readonly (readonly [tag: string, place: number])[];
  readonly originPlaces: readonly number[];
}

/**
 * Reads the records of one file. What it returns is one and the same object, which is the record read last; of a row of
 * a CSV file the cells are read where they are.
 *
 * @returns a function that throws BAD_RECORD for what is no object, AMBIGUOUS_COLUMN
 */
export function ownRows(mapping: Mapping): (record: RawRecord) => OwnRow {
  const layouts = rememberColumns((headers) => layoutOf(headers, mapping));
  let layout = layoutOf([], {});
  let [fields, cells]: [Fields, readonly string[] | null] = [{}, null];
  const cell = (name: OwnField): unknown => {
    if (cells === null) return valueIn(fields, layout.columns.fields.get(name));
    const place = layout.places[name];
    return place === undefined ? undefined : cells[place];
  };
  const field = (name: OwnField): string => layout.printed[name]!;
  const text = (name: OwnField) => textOf(cell(name), field(name));
  const tags = () => (cells === null ? recordTags(fields, layout) : cellTags(cells, layout));
  const alikeCells = () => (cells === null ? [] : layout.originPlaces.map((place) => cells![place]!));
  const lastAlike = () => (cells === null ? undefined : cells[layout.originPlaces.at(-1) ?? -1]);
  const isAlike = (others: readonly string[]) => cells !== null && hasCells(cells, layout.originPlaces, others);
  const row: OwnRow = { cell, text, field, tags, alikeCells, lastAlike, isAlike };
  return (record) => {
    if (record.row !== undefined) {
      layout = layouts.headers(record.row.columns);
      cells = record.row.cells;
      return row;
    }
    fields = fieldsOf(record.value, 'write one JSON object per line');
    layout = layouts.keys(fields);
    cells = null;
    return row;
  };
}

function layoutOf(headers: readonly string[], mapping: Mapping): Layout {
  const columns = ownColumns(headers, mapping);
  const places = Object.fromEntries([...columns.fields].map(([name, header]) => [name, headers.indexOf(header)]));
  const tagPlaces = [...columns.tags].map(([tag, header]) => [tag, headers.indexOf(header)] as const);
  const originPlaces = [...ORIGIN_FIELDS.map((name) => places[name]), ...tagPlaces.map(([, place]) => place)];
  return {
    columns,
    printed: Object.fromEntries(OWN_FIELDS.map((name) => [name, printedName(columns, name)])),
    places,
    tagPlaces,
    originPlaces: originPlaces.filter((place) => place !== undefined),
  };
}

function printedName({ fields }: OwnColumns, name: OwnField): string {
  const header = fields.get(name);
  return header === undefined ? name : (printableHeader(header) ?? name);
}

const valueIn = (fields: Fields, column: string | undefined): unknown =>
  column === undefined ? undefined : valueAt(fields, column);

function hasCells(cells: readonly string[], places: readonly number[], others: readonly string[]): boolean {
  for (let i = 0; i < places.length; i++) if (cells[places[i]!] !== others[i]) return false;
  return true;
}

const cellTags = (cells: readonly string[], { tagPlaces }: Layout) =>
  tagsOf(Object.fromEntries(tagPlaces.map(([tag, place]) => [tag, cells[place]])));

function recordTags(fields: Fields, { columns }: Layout): Readonly<Record<string, string>> {
  const tags = valueAt(fields, 'tags');
  if (Array.isArray(tags)) throw badField('tags', shown(tags), 'is no object', 'write {"tags": {"app": "portal"}}');
  const nested = isFields(tags) ? tagsOf(tags) : {};
  if (columns.tags.size === 0) return nested;
  const stated = [...columns.tags].map(([tag, column]) => [tag, valueAt(fields, column)]);
  return { ...nested, ...tagsOf(Object.fromEntries(stated)) };
}
