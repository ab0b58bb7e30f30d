import { printableHeader } from '../reading/columns.js';
import { type Mapping, OWN_FIELDS, type OwnColumns, type OwnField, ownColumns } from './columns.js';

/** Where a file has what. */
export interface Layout {
  readonly columns: OwnColumns;
  /** Each field as errors name it: the column as the file does; the field's own name where that is not fit to print. */
  readonly printed: Readonly<Record<string, string>>;
  /** Numbers of columns, from 0. */
  readonly places: Readonly<Partial<Record<OwnField, number>>>;
  readonly tagPlaces: readonly (readonly [tag: string, place: number])[];
}

/** @throws AMBIGUOUS_COLUMN */
export function layoutOf(headers: readonly string[], mapping: Mapping): Layout {
  const columns = ownColumns(headers, mapping);
  return {
    columns,
    printed: Object.fromEntries(OWN_FIELDS.map((name) => [name, printedName(columns, name)])),
    places: Object.fromEntries([...columns.fields].map(([name, header]) => [name, headers.indexOf(header)])),
    tagPlaces: [...columns.tags].map(([tag, header]) => [tag, headers.indexOf(header)] as const),
  };
}

function printedName({ fields }: OwnColumns, name: OwnField): string {
  const header = fields.get(name);
  return header === undefined ? name : (printableHeader(header) ?? name);
}
