import { importedOtherwise } from '../../errors.js';
import type { ImportKey, Ledger, PastImport } from '../../ledger/ledger.js';
import { optionsOf } from './import-plan.js';

/**
 * The import that already brought in this file, read the same way; `null`: there is none. The same bytes read another
 * way (another account, zone, mapping, time) would count their records twice, so that is refused; only records that
 * had no time may be given one.
 *
 * @throws IMPORTED_OTHERWISE
 */
export async function findPast(ledger: Ledger, key: ImportKey, name: string): Promise<PastImport | null> {
  const imports = await ledger.findImports(key);
  const same = imports.find(({ options }) => options === key.options);
  if (same !== undefined) return same;
  const other = imports.find((past) => holdsRecords(past) && differs(past.options, key.options));
  if (other !== undefined) throw importedOtherwise(name, other.id, changes(other.options, key.options));
  return null;
}

const holdsRecords = ({ added, duplicate, updated }: PastImport): boolean => added + duplicate + updated > 0;

const differs = (before: string, now: string): boolean => changes(before, now).length > 0;

/** Names of the options that changed in a way that would count records twice. */
function changes(before: string, now: string): readonly string[] {
  const [was, is] = [optionsOf(before), optionsOf(now)];
  const names = (['account', 'mapping', 'timeZone', 'at'] as const).filter(
    (name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]),
  );
  return names.filter((name) => name !== 'at' || was.at !== null);
}
