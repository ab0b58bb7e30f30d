/** Accounts that may be one and the same, so that their tokens are counted twice. */

import type { Coverage, Ledger } from '../../ledger/ledger.js';
import { areAlternatives } from '../../report/same-tokens.js';
import { accountOfProvider } from '../../usage/providers.js';
import type { Recording } from '../../usage/recording.js';
import { SOURCES } from '../../usage/sources/all.js';
import type { SeenAccount } from './seen-account.js';

/** An account that records name, and the one that is called by the provider's name because records do not. */
interface Pair {
  readonly stated: string;
  readonly byDefault: string;
}

/**
 * What to tell of accounts just imported. Some exports state the provider's account, others do not, and then it has the
 * provider's name: views of one account's tokens that the ledger cannot know to be one. Said where both have usage of the
 * same days, in roles or sources that would be alternatives if they were one account.
 */
export async function accountDoubts(
  ledger: Ledger,
  seen: readonly SeenAccount[],
  timeZone: string,
): Promise<readonly string[]> {
  const pairs = await pairsOf(ledger, seen, timeZone);
  if (pairs.length === 0) return [];
  const coverage = await ledger.coverage(timeZone);
  return pairs.flatMap((pair) => {
    const days = sharedDays(coverage, pair);
    return days === 0 ? [] : [doubtText(pair, days)];
  });
}

async function pairsOf(ledger: Ledger, seen: readonly SeenAccount[], timeZone: string): Promise<readonly Pair[]> {
  const known = (await ledger.names('account')).filter((account) => !OWN_ACCOUNTS.has(account));
  const defaults = new Set(seen.filter(isByDefault).map(({ account }) => account));
  const inLedger =
    defaults.size > 0 && known.some((account) => !defaults.has(account)) ? await providersOf(ledger, timeZone) : [];
  const pairs = [
    ...seen.filter(({ isStated }) => isStated).flatMap(({ account, providers }) => pairsWith(account, [...providers])),
    ...inLedger
      .flatMap(({ account, provider }) => pairsWith(account, [provider]))
      .filter(({ byDefault }) => defaults.has(byDefault)),
  ].filter(({ stated, byDefault }) => known.includes(stated) && known.includes(byDefault));
  return [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()];
}

const pairsWith = (stated: string, providers: readonly string[]): readonly Pair[] =>
  providers.map((provider) => ({ stated, byDefault: accountOfProvider(provider) })).filter(isPair);

const isPair = ({ stated, byDefault }: Pair): boolean => stated !== byDefault;

/** Accounts of sources that are an account of their own. */
const OWN_ACCOUNTS: ReadonlySet<string> = new Set(SOURCES.flatMap(({ account }) => account ?? []));

/** It has the provider's name, or is what the config calls the account of that name. */
const isByDefault = ({ account, isStated, providers }: SeenAccount): boolean =>
  !isStated && [...providers].some((provider) => accountOfProvider(provider) === account);

async function providersOf(
  ledger: Ledger,
  timeZone: string,
): Promise<readonly { account: string; provider: string }[]> {
  const everything = { from: null, to: null, firstDay: null, lastDay: null, timeZone };
  const cells = await ledger.cells({
    ...{ window: everything, by: ['provider'], days: 'all', cost: 'computed' },
    ...{ units: null, models: null, filters: [], latency: false, top: null },
  });
  return cells.map(({ recording: { account }, values: [provider] }) => ({ account, provider: provider ?? '' }));
}

/** Days of which both accounts have usage that would be told twice if they were one. */
function sharedDays(coverage: readonly Coverage[], { stated, byDefault }: Pair): number {
  const of = (account: string) => coverage.filter(({ recording }) => recording.account === account);
  const days = new Set<string>();
  for (const mine of of(stated))
    for (const other of of(byDefault)) {
      if (!wouldBeAlternatives(mine.recording, other.recording)) continue;
      const others = new Set(other.days.map(({ day }) => day));
      for (const { day } of mine.days) if (others.has(day)) days.add(day);
    }
  return days.size;
}

/** Of one recording some files name their account and others do not: those tell different calls, or the same by the same id. */
const wouldBeAlternatives = (mine: Recording, other: Recording): boolean =>
  (mine.source !== other.source || mine.role !== other.role) &&
  areAlternatives({ ...mine, account: other.account }, other);

const doubtText = ({ stated, byDefault }: Pair, days: number): string =>
  `accounts ${stated} and ${byDefault} both have usage of ${days === 1 ? 'one day' : `${days} days`}; if they are one account, it is counted twice: ` +
  `write accounts: { ${byDefault}: [${JSON.stringify(stated)}] } into the config, then undo the imports of ${stated} and import them again`;
