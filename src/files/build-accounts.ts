import { quoted } from '../errors/wording.js';
import type { RawConfig } from './config-schema.js';
import type { ConfigSource } from './config-source.js';
import type { Config } from './config-type.js';

/**
 * The names of each account. A name is of one account, and no account is a name of another, so that a name is looked up
 * once.
 *
 * @throws BAD_CONFIG
 */
export function buildAccounts({ accounts = {} }: RawConfig, source: ConfigSource): Config['accounts'] {
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
  return accounts;
}

const KEEP_ONE = 'keep it in one of the two';
const MOVE = 'move its names here, or leave it out here';
