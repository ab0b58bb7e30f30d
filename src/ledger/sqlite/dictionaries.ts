import type { Database } from '../../load-driver.js';
import type { PriceRef } from '../../pricing/cost.js';
import type { Origin } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import { originValues } from './origin-row.js';

/** Tables of names: an id in place of a text that repeats. */
type NameTable =
  | 'model'
  | 'provider'
  | 'agent'
  | 'session'
  | 'unit'
  | 'currency'
  | 'mode'
  | 'cache_kind'
  | 'basis'
  | 'status'
  | 'reason';

type Id = bigint;
type Values = readonly (string | number | null)[];

/** A cache is emptied when it holds this many ids: names such as sessions may be as many as events. */
const CACHE_LIMIT = 200_000;

/** What makes a row of a table the one it is. */
interface Content {
  readonly table: string;
  readonly columns: readonly string[];
  /** True where columns may be NULL; then the unique index of schema-1.ts is on `ifnull(column, x'')`. */
  readonly nullable: boolean;
}

const RECORDING: Content = { table: 'recording', columns: ['role', 'account', 'source'], nullable: false };
const ORIGIN: Content = {
  table: 'origin',
  columns: ['unit', '"key"', 'workspace', 'project', 'team', '"user"', 'service', 'consumer', 'path', 'tags'],
  nullable: true,
};
const PRICE: Content = {
  table: 'price',
  columns: ['source', 'as_of', 'model', 'region', 'mode', 'tier'],
  nullable: true,
};

/** Ids of what the ledger keeps once and refers to by number; what is not there yet is added. */
export class Dictionaries {
  readonly #db: Database;
  readonly #tables = new Map<string, (values: Values) => Id>();

  constructor(db: Database) {
    this.#db = db;
  }

  name(table: NameTable, name: string): Id {
    return this.#id({ table, columns: ['name'], nullable: false }, [name]);
  }

  nameOrNull(table: NameTable, name: string | null): Id | null {
    return name === null ? null : this.name(table, name);
  }

  recording({ role, source, account }: Recording): Id {
    return this.#id(RECORDING, [role, account, source]);
  }

  origin(origin: Origin): Id {
    return this.#id(ORIGIN, originValues(origin));
  }

  price({ source, asOf, model, region, mode, tier }: PriceRef): Id {
    return this.#id(PRICE, [source, asOf, model, region, mode, tier]);
  }

  /** Must follow a rollback: ids given out since may not be there any more. */
  forget(): void {
    this.#tables.clear();
  }

  #id(content: Content, values: Values): Id {
    let lookUp = this.#tables.get(content.table);
    if (lookUp === undefined) {
      lookUp = cachedLookUp(this.#db, content);
      this.#tables.set(content.table, lookUp);
    }
    return lookUp(values);
  }
}

function cachedLookUp(db: Database, { table, columns, nullable }: Content): (values: Values) => Id {
  const ids = new Map<string, Id>();
  const same = columns.map((column) => (nullable ? `ifnull(${column}, x'') = ifnull(?, x'')` : `${column} = ?`));
  const find = db.prepare<unknown[], Id>(`SELECT id FROM ${table} WHERE ${same.join(' AND ')}`).pluck();
  const add = db.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`);
  return (values) => {
    const key = values.length === 1 ? String(values[0]) : JSON.stringify(values);
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = find.get(...values) ?? BigInt(add.run(...values).lastInsertRowid);
    if (ids.size >= CACHE_LIMIT) ids.clear();
    ids.set(key, id);
    return id;
  };
}
