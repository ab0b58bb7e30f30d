import type { Database } from '../../load-driver.js';
import type { PriceRef } from '../../pricing/cost.js';
import type { Grain } from '../../report/grain.js';
import type { Origin } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { Facet } from '../facet.js';
import { type NameIds, nameIds } from './name-ids.js';
import { originValues } from './origin-row.js';

/** Tables of names: an id in place of a text that repeats. */
export type NameTable =
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
  | 'reason'
  | 'charge'
  | 'plan';

type Id = number;
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

const FACET: Content = {
  table: 'facet',
  columns: [
    ...['model', 'provider', 'mode', 'charge', 'cache_kind', 'status', 'tier_up_to', 'plan', 'billed_currency'],
    ...['claimed_currency', 'computed_currency', 'basis', 'price', 'unpriced'],
  ],
  nullable: true,
};
const SHAPE: Content = {
  table: 'shape',
  columns: [
    ...['grain', 'days', 'is_foreign', 'is_used', 'is_assigned', 'reported', 'charge', 'is_covered'],
    ...['billed_currency', 'claimed_currency', 'computed_currency'],
  ],
  nullable: true,
};

/** What events summed in one cell of a rollup have in common, besides what the cell is keyed by. */
export interface Shape {
  readonly grain: Grain;
  /** Days of a bucket of several, else 0. */
  readonly days: number;
  readonly isForeign: number;
  readonly isUsed: number;
  readonly isAssigned: number;
  /** Which token classes were reported, one bit each: see `bitsOf` in rollup-shape.ts. */
  readonly reported: number;
  readonly charge: number;
  readonly isCovered: number;
  readonly billedCurrency: number | null;
  /** Of a claim that is known: a claimed 0 of something used is none. */
  readonly claimedCurrency: number | null;
  readonly computedCurrency: number | null;
}

/** The ids a facet is made of, and its own. */
export interface FacetIds {
  readonly id: number;
  readonly model: number;
  readonly provider: number;
  readonly charge: number;
  readonly isCovered: number;
  readonly billedCurrency: number | null;
  readonly claimedCurrency: number | null;
  readonly computedCurrency: number | null;
  /** Of the price its cost was computed at; `null`: none. */
  readonly price: number | null;
}

/** Ids of what the ledger keeps once and refers to by number; what is not there yet is added. */
export class Dictionaries {
  readonly #db: Database;
  readonly #tables = new Map<string, (values: Values) => Id>();
  readonly #nameTables = new Map<NameTable, NameIds>();

  constructor(db: Database) {
    this.#db = db;
  }

  name(table: NameTable, name: string): Id {
    return this.#names(table).idOf(name);
  }

  /** Ids of many names, in their order; those that are not there yet are added together. */
  namesOf(table: NameTable, names: readonly string[]): Id[] {
    return this.#names(table).idsOf(names);
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

  facet({ computed, ...facet }: Facet): FacetIds {
    const [model, provider, charge] = [
      this.name('model', facet.model),
      this.name('provider', facet.provider),
      this.name('charge', facet.charge),
    ];
    const [billedCurrency, claimedCurrency, computedCurrency] = [
      this.nameOrNull('currency', facet.billedCurrency),
      this.nameOrNull('currency', facet.claimedCurrency),
      this.nameOrNull('currency', computed.known ? computed.currency : null),
    ];
    const plan = this.nameOrNull('plan', facet.plan);
    const price = computed.known ? this.price(computed.price) : null;
    const id = this.#id(FACET, [
      model,
      provider,
      this.name('mode', facet.mode),
      charge,
      this.nameOrNull('cache_kind', facet.cacheKind),
      this.nameOrNull('status', facet.status),
      facet.tierUpTo,
      plan,
      billedCurrency,
      claimedCurrency,
      computedCurrency,
      this.nameOrNull('basis', basisOf(computed)),
      price,
      this.nameOrNull('reason', computed.known ? null : computed.reason),
    ]);
    const isCovered = basisOf(computed) === 'plan' ? 1 : 0;
    return { id, model, provider, charge, isCovered, billedCurrency, claimedCurrency, computedCurrency, price };
  }

  shape(shape: Shape): number {
    return this.#id(SHAPE, [
      ...[
        shape.grain,
        shape.days,
        shape.isForeign,
        shape.isUsed,
        shape.isAssigned,
        shape.reported,
        shape.charge,
        shape.isCovered,
      ],
      ...[shape.billedCurrency, shape.claimedCurrency, shape.computedCurrency],
    ]);
  }

  /** Must follow a rollback, as ids given out since may not be there any more, and a beginning, as others may be. */
  forget(): void {
    this.#tables.clear();
    this.#nameTables.clear();
  }

  #names(table: NameTable): NameIds {
    const known = this.#nameTables.get(table);
    if (known !== undefined) return known;
    const made = nameIds(this.#db, table);
    this.#nameTables.set(table, made);
    return made;
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

/** What a cost was computed from; `plan`: nothing is owed; `null`: not known. */
const basisOf = (computed: Facet['computed']): string | null =>
  computed.known ? computed.basis : computed.plan === undefined ? null : 'plan';

function cachedLookUp(db: Database, { table, columns, nullable }: Content): (values: Values) => Id {
  const ids = new Map<string, Id>();
  const same = columns.map((column) => (nullable ? `ifnull(${column}, x'') = ifnull(?, x'')` : `${column} = ?`));
  const find = db
    .prepare<unknown[], Id>(`SELECT id FROM ${table} WHERE ${same.join(' AND ')}`)
    .pluck()
    .safeIntegers(false);
  const add = db.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`);
  return (values) => {
    const key = values.length === 1 ? String(values[0]) : JSON.stringify(values);
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = find.get(...values) ?? Number(add.run(...values).lastInsertRowid);
    if (ids.size >= CACHE_LIMIT) ids.clear();
    ids.set(key, id);
    return id;
  };
}
