import { type AccountNames, accountLinks } from '../usage/account-links.js';

/**
 * What a report must say when the ledger has accounts that the config meanwhile links to another one; `null` when it has
 * none of them.
 *
 * @param known  accounts of the ledger
 */
export function staleAccountsWarning(accounts: AccountNames, known: readonly string[]): string | null {
  const linked = accountLinks(accounts);
  const stale = known.filter((name) => linked(name) !== name);
  if (stale.length === 0) return null;
  const links = stale.map((name) => `${name} to ${linked(name)}`).join(', ');
  return `accounts of the config links ${links}, but the ledger has usage imported before that: take those imports back (tokenhub imports undo) and import the files again`;
}
