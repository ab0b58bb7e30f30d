import type { Database } from '../../load-driver.js';

/** The rows of a question as objects made of arrays, which takes less time than the driver does to make objects. */
export function* rowObjects<Row>(db: Database, sql: string, values: object): Generator<Row> {
  const statement = db.prepare(sql).raw();
  const names = statement.columns().map(({ name }) => name);
  for (const cells of statement.iterate(values)) yield objectOf(names, cells as readonly unknown[]) as Row;
}

function objectOf(names: readonly string[], cells: readonly unknown[]): object {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < names.length; i++) row[names[i]!] = cells[i];
  return row;
}
