/** What makes the import of a file the same as another, and its options, kept as JSON. */

import type { ImportKey } from '../../ledger/ledger.js';
import type { Source } from '../../usage/source.js';
import type { Reading } from './import-options.js';
import type { SeenAccount } from './seen-account.js';

/** @param table  of an SQLite file: the one that is read */
export const importKeyOf = (
  sha256: string,
  { source, table }: { readonly source: Source; readonly table: string | undefined },
  { role, account, mapping, timeZone, at, restate }: Reading,
): ImportKey => ({
  sha256,
  source: source.name,
  role: role ?? source.role,
  options: JSON.stringify({
    ...{ account, at, mapping: Object.entries(mapping).sort(), timeZone },
    ...(table === undefined ? {} : { table }),
    ...(restate ? { restate } : {}),
  } satisfies KeyOptions),
});

/** What of the options decides what a file's records become; kept with the import as JSON. */
interface KeyOptions {
  readonly account: string | null;
  readonly at: number | null;
  readonly mapping: readonly (readonly [string, string])[];
  readonly timeZone: string;
  /** Left out where the file is no database. */
  readonly table?: string;
  /** Left out where it is not so. */
  readonly restate?: true;
  /** The account each name went to; absent until the file was read. */
  readonly accounts?: Readonly<Record<string, string>>;
}

/** Reads `ImportKey.options` back. */
export const optionsOf = (json: string): KeyOptions => JSON.parse(json);

/** The options of a file that was read, with the accounts its events went to. */
export const optionsWith = (json: string, accounts: readonly SeenAccount[]): string =>
  JSON.stringify({
    ...optionsOf(json),
    accounts: Object.fromEntries(accounts.map(({ name, account }) => [name, account])),
  } satisfies KeyOptions);
