import { quoted } from '../errors/wording.js';
import { accountLinks } from '../usage/account-links.js';
import type { RawConfig } from './config-schema.js';
import type { ConfigSource } from './config-source.js';
import type { Config } from './config-type.js';

/**
 * The names of each account. A name is of one account, and no account is a name of another, so that a name is looked up
 * once.
 *
 * @throws BAD_CONFIG
 */
export function buildAccounts({ accounts = {}, ...raw }: RawConfig, source: ConfigSource): Config['accounts'] {
  const accountOf = new Map<string, string>();
  for (const [account, names] of Object.entries(accounts)) {
    for (const name of names) {
      const before = accountOf.get(name);
      if (before !== undefined && before !== account)
        throw source.wrong(['accounts', account], `${quoted(name)} is a name of ${quoted(before)}, too`, KEEP_ONE);
      if (name !== account && Object.hasOwn(accounts, name))
        throw source.wrong(['accounts', account], `${quoted(name)} is an account with names of its own`, MOVE);
      accountOf.set(name, account);
    }
  }
  refuseOtherNames(raw, accountLinks(accounts), source);
  return accounts;
}

/**
 * Contracts and plans are for accounts of the ledger, which keeps none of the other names of one: what is for such a name
 * would never apply.
 */
function refuseOtherNames(
  { contracts = [], plans = [] }: Pick<RawConfig, 'contracts' | 'plans'>,
  linked: (name: string) => string,
  source: ConfigSource,
): void {
  for (const [key, listed] of Object.entries({ contracts, plans }))
    for (const [index, { name, account }] of listed.entries()) {
      if (account === undefined || linked(account) === account) continue;
      const what = key === 'contracts' ? 'contract' : 'plan';
      throw source.wrong(
        [key, index, 'account'],
        `${what} ${quoted(name)} is for ${quoted(account)}, which accounts links to ${quoted(linked(account))}`,
        `name the account of the ledger, account: ${linked(account)}; if it is for ${account} alone, take that name out of accounts, or give the keys it is for`,
      );
    }
}

const KEEP_ONE = 'keep it in one of the two';
const MOVE = 'move its names here, or leave it out here';
