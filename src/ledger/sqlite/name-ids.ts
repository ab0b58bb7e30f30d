import type { Database } from '../../load-driver.js';
import type { NameTable } from './dictionaries.js';

/** Names of a table kept in memory: names such as sessions may be as many as events. */
const KEPT = 200_000;
/** Rows of one INSERT. */
const ROWS = 200;

export interface NameIds {
  readonly idOf: (name: string) => number;
  /** The same for many, in their order. */
  readonly idsOf: (names: readonly string[]) => number[];
}

/**
 * Ids of the names of one table; what is not there yet is added. While all names fit in memory nothing is looked up, as a
 * writing transaction keeps others from adding any.
 */
export function nameIds(db: Database, table: NameTable): NameIds {
  let ids = new Map<string, number>();
  let isWhole = true;
  let last = Number(db.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get());
  const find = db.prepare<unknown[], number>(`SELECT id FROM ${table} WHERE name = ?`).pluck().safeIntegers(false);
  const adder = (rows: number) => db.prepare(`INSERT INTO ${table} (id, name) VALUES ${Array(rows).fill('(?, ?)')}`);
  const [addOne, addMany] = [adder(1), adder(ROWS)];
  for (const row of db
    .prepare(`SELECT id, name FROM ${table} LIMIT ${KEPT + 1}`)
    .raw()
    .safeIntegers(false)
    .iterate()) {
    const [id, name] = row as [number, string];
    ids.set(name, id);
  }
  forgetIfMany();

  function forgetIfMany(): void {
    if (ids.size <= KEPT) return;
    ids = new Map();
    isWhole = false;
  }

  const known = (name: string): number | undefined => {
    const id = ids.get(name);
    if (id !== undefined || isWhole) return id;
    const found = find.get(name);
    if (found !== undefined) ids.set(name, found);
    return found;
  };

  function idsOf(names: readonly string[]): number[] {
    const added: (number | string)[] = [];
    const found = names.map((name) => {
      const id = known(name);
      if (id !== undefined) return id;
      last += 1;
      ids.set(name, last);
      added.push(last, name);
      return last;
    });
    let at = 0;
    for (; at + 2 * ROWS <= added.length; at += 2 * ROWS) addMany.run(...added.slice(at, at + 2 * ROWS));
    for (; at < added.length; at += 2) addOne.run(added.slice(at, at + 2));
    forgetIfMany();
    return found;
  }
  return { idOf: (name) => known(name) ?? idsOf([name])[0]!, idsOf };
}
