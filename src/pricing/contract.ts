/** Contracts: what a provider agreed to charge instead of its list price, for an account or a key, over a span of time. */

import { badConfig } from '../errors/config.js';
import { type Place, placeText } from '../errors/tokenhub-error.js';
import { quoted } from '../errors/wording.js';
import type { Decimal } from './decimal.js';
import type { PriceSource } from './price.js';
import { wildcardsMeet } from './wildcard.js';

/** Whom and when a contract or a plan is for. What is `null` may be anything. */
export interface Coverage {
  readonly provider: string | null;
  readonly account: string | null;
  readonly key: string | null;
  /** Names as prices are looked up by (`model-name.ts`), with `*` for any run of characters; empty: every model. */
  readonly models: readonly string[];
  /** First instant in force, ms since 1970 UTC; `null`: since ever. */
  readonly from: number | null;
  /** First instant in force no more; `null`: for ever. */
  readonly to: number | null;
}

export interface ContractTerms extends Coverage {
  readonly name: string;
  /** Part of the list price taken off, 0 to 1; `null`: none. */
  readonly discount: Decimal | null;
  /** Where it stands. */
  readonly place: Place;
}

export interface Contract extends ContractTerms {
  /** Prices of its own, which no discount is taken off; `null`: none. */
  readonly list: PriceSource | null;
}

/** The regional names of a provider are covered by what covers the provider. */
export const isProviderCovered = (covered: string | null, provider: string): boolean =>
  covered === null ||
  covered === provider ||
  (covered === 'alibaba' && (provider === 'alibaba-cn' || provider === 'alibaba-intl'));

/** Contracts of keys go before those of accounts, and these before those of providers. */
export const rankOf = ({ key, account }: Coverage): number => (key !== null ? 0 : account !== null ? 1 : 2);

/**
 * Refuses two contracts of one rank that may cover the same usage: which of them is meant cannot be told.
 *
 * @throws BAD_CONFIG at the later one, naming both
 */
export function refuseOverlaps(contracts: readonly ContractTerms[]): void {
  for (const [index, later] of contracts.entries()) {
    const earlier = contracts.slice(0, index).find((each) => overlap(each, later));
    if (earlier === undefined) continue;
    throw badConfig(
      later.place,
      `contract ${quoted(later.name)} covers usage that ${quoted(earlier.name)} at ${placeText(earlier.place)} covers`,
      'end one before the other begins (from, to), or give them different models, accounts or keys',
    );
  }
}

const overlap = (a: ContractTerms, b: ContractTerms): boolean =>
  rankOf(a) === rankOf(b) &&
  mayBeSame(a.key, b.key) &&
  mayBeSame(a.account, b.account) &&
  providersMeet(a.provider, b.provider) &&
  (a.from ?? -Infinity) < (b.to ?? Infinity) &&
  (b.from ?? -Infinity) < (a.to ?? Infinity) &&
  patternsOf(a).some((one) => patternsOf(b).some((other) => wildcardsMeet(one, other)));

const providersMeet = (a: string | null, b: string | null): boolean =>
  a === null || b === null || isProviderCovered(a, b) || isProviderCovered(b, a);

const mayBeSame = (a: string | null, b: string | null): boolean => a === null || b === null || a === b;

const patternsOf = ({ models }: Coverage): readonly string[] => (models.length === 0 ? ['*'] : models);
