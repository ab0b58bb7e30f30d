import { printableHeader } from '../reading/columns.js';
import { FIELD, type Mapping, OWN_FIELDS, type OwnColumns, type OwnField, ownColumns } from './columns.js';

/** Where a file has what. */
export interface Layout {
  readonly columns: OwnColumns;
  /** By field, as errors name it: the column as the file does; the field's own name where that is not fit to print. */
  readonly printed: readonly string[];
  /** By field, the number of its column, from 0; -1: the file has none. */
  readonly places: Int32Array;
  readonly tagPlaces: readonly (readonly [tag: string, place: number])[];
}

/** @throws AMBIGUOUS_COLUMN */
export function layoutOf(headers: readonly string[], mapping: Mapping): Layout {
  const columns = ownColumns(headers, mapping);
  return {
    columns,
    printed: OWN_FIELDS.map((name) => printedName(columns, name)),
    places: placesOf(headers, columns),
    tagPlaces: [...columns.tags].map(([tag, header]) => [tag, headers.indexOf(header)] as const),
  };
}

function placesOf(headers: readonly string[], { fields }: OwnColumns): Int32Array {
  const places = new Int32Array(OWN_FIELDS.length).fill(-1);
  for (const [name, header] of fields) places[FIELD[name]] = headers.indexOf(header);
  return places;
}

function printedName({ fields }: OwnColumns, name: OwnField): string {
  const header = fields.get(name);
  return header === undefined ? name : (printableHeader(header) ?? name);
}
