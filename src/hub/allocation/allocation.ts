/** What a config says of shared cost: whose it is, and over which units it is split. */

/** Pico-units by currency; currencies are never added to each other. */
export type Costs = Readonly<Record<string, bigint>>;

/** A unit's fixed share. */
interface FixedShare {
  readonly unit: string;
  /** As the config writes it, `60%`. */
  readonly text: string;
  /** In 10^-12 percent. */
  readonly weight: bigint;
}

/** 100 %, in the weight of a share. */
export const WHOLE = 100n * 10n ** 12n;

/**
 * Shares of less than 100 % together leave the rest unallocated. `to` `null`: the units with usage that split nothing of
 * theirs.
 */
export type Split =
  | { readonly by: 'share'; readonly shares: readonly FixedShare[] }
  | { readonly by: 'even' | 'tokens' | 'requests'; readonly to: readonly string[] | null };

interface AllocationBase {
  /** Place in the config, from 0. */
  readonly place: number;
  readonly split: Split;
  /** First and last day `YYYY-MM-DD` it is in force, both included; `null`: open. */
  readonly since: string | null;
  readonly until: string | null;
}

/** Splits the cost of a unit: all that is left of it and came to it, or, under conditions, only what meets them. */
export interface UnitAllocation extends AllocationBase {
  readonly kind: 'unit';
  /** `null`: what is of no unit. */
  readonly from: string | null;
  readonly name: string | null;
  /** Conditions as they are typed; none: the whole cost. */
  readonly where: readonly string[];
}

/** Splits a line of an invoice that is not in the ledger. */
export interface InvoiceAllocation extends AllocationBase {
  readonly kind: 'invoice';
  readonly name: string;
  readonly currency: string;
  readonly pico: bigint;
  /** `YYYY-MM`; `null`: it comes every month. */
  readonly month: string | null;
}

export type Allocation = UnitAllocation | InvoiceAllocation;

/** Whether an allocation is in force on a day; on `''`, any day, when it has no dates. */
export const isInForce = ({ since, until }: Pick<Allocation, 'since' | 'until'>, day: string): boolean =>
  (since === null || since <= day) && (until === null || day <= until);

/** The units an allocation names; those it finds by their usage are none of them. */
export const namedTargets = ({ split }: Pick<Allocation, 'split'>): readonly string[] =>
  split.by === 'share' ? split.shares.map(({ unit }) => unit) : (split.to ?? []);
