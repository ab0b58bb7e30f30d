import type { Database } from '../../load-driver.js';

/** All rows of a question as objects, made of arrays: the driver takes several times as long to make objects. */
export function rowObjects<Row>(db: Database, sql: string, values: object): Row[] {
  const statement = db.prepare(sql).raw();
  const names = statement.columns().map(({ name }) => name);
  return statement.all(values).map((cells) => objectOf(names, cells as readonly unknown[]) as Row);
}

function objectOf(names: readonly string[], cells: readonly unknown[]): object {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < names.length; i++) row[names[i]!] = cells[i];
  return row;
}
