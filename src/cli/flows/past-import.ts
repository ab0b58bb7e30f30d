import { importedOtherwise } from '../../errors/usage-files.js';
import type { ImportKey, Ledger, PastImport } from '../../ledger/ledger.js';
import { type AccountNames, accountLinks } from '../../usage/account-links.js';
import { optionsOf } from './import-key.js';

/**
 * The import that already brought in this file, read the same way; `null`: there is none. The same bytes read another
 * way (another account, zone, mapping, time) would count their records twice, so that is refused; only records that
 * had no time may be given one.
 *
 * @param accounts  names of accounts in the config: another way only where they send a name of the file elsewhere
 * @throws IMPORTED_OTHERWISE
 */
export async function findPast(
  ledger: Ledger,
  key: ImportKey,
  name: string,
  accounts: AccountNames,
): Promise<PastImport | null> {
  const imports = (await ledger.findImports(key)).filter((past) => isOfTable(past.options, key.options));
  const now = { options: key.options, accountOf: accountLinks(accounts) };
  const same = imports.find(({ options }) => isReadAlike(options, key.options, accounts));
  if (same !== undefined) return same;
  const other = imports.find((past) => holdsRecords(past) && changes(past.options, now).length > 0);
  if (other !== undefined) throw importedOtherwise(name, other.id, changes(other.options, now));
  return null;
}

/** Whether a file was read the way it is read now. */
export function isReadAlike(before: string, options: string, accounts: AccountNames): boolean {
  const isSameStanding = optionsOf(before).restate === optionsOf(options).restate;
  return (
    isSameStanding &&
    isOfTable(before, options) &&
    optionsChanged(before, { options, accountOf: accountLinks(accounts) }).length === 0
  );
}

/** Whether both read the same part of a file: each table of a database is an import of its own. */
const isOfTable = (before: string, options: string): boolean => optionsOf(before).table === optionsOf(options).table;

const holdsRecords = ({ added, duplicate, updated }: PastImport): boolean => added + duplicate + updated > 0;

interface Now {
  readonly options: string;
  readonly accountOf: (name: string) => string;
}

/** Names of the options that changed in a way that would count records twice. */
const changes = (before: string, now: Now): readonly string[] =>
  optionsChanged(before, now).filter((name) => name !== 'at' || optionsOf(before).at !== null);

function optionsChanged(before: string, { options, accountOf }: Now): readonly string[] {
  const [was, is] = [optionsOf(before), optionsOf(options)];
  const names = (['account', 'mapping', 'timeZone', 'at'] as const).filter(
    (name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]),
  );
  const isLinked = Object.entries(was.accounts ?? {}).every(([name, account]) => accountOf(name) === account);
  return isLinked ? names : [...names, 'link of accounts in the config'];
}
