import type { Database } from '../../load-driver.js';
import { unitNames } from './rule-facts.js';

/** Ids of units, 0 for none; those of new names are given out at once and saved later: no statement must be running then. */
export function unitIds(db: Database) {
  const ids = new Map([...unitNames(db)].map(([id, name]) => [name, id]));
  const added: [number, string][] = [];
  let last = Math.max(0, ...ids.values());
  const add = (name: string): number => {
    last += 1;
    ids.set(name, last);
    added.push([last, name]);
    return last;
  };
  return {
    idOf: (name: string | null): number => (name === null ? 0 : (ids.get(name) ?? add(name))),
    save: (): void => {
      const insert = db.prepare('INSERT INTO unit (id, name) VALUES (?, ?)');
      for (const row of added.splice(0)) insert.run(...row);
    },
  };
}
