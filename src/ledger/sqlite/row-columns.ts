/** Columns by name of a row of numbers, in which those that no event has are left out: each takes time with every event. */
export interface RowColumns<Name extends string> {
  /** SQL of those there are, in the order of the row. */
  readonly sql: readonly string[];
  /** Their places; -1: left out. */
  readonly at: Readonly<Record<Name, number>>;
}

export type NumberRow = readonly (number | null)[];

/** @param columns  SQL by name; `null`: left out */
export function rowColumns<Name extends string>(columns: Readonly<Record<Name, string | null>>): RowColumns<Name> {
  const names = (Object.keys(columns) as Name[]).filter((name) => columns[name] !== null);
  const at = Object.fromEntries(Object.keys(columns).map((name) => [name, names.indexOf(name as Name)]));
  return { sql: names.map((name) => columns[name]!), at: at as Record<Name, number> };
}

/** The number of a column; `null` where it is left out. */
export const numberAt = (row: NumberRow, at: number): number | null => (at === -1 ? null : row[at]!);
