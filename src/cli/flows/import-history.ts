import type { Prefix } from '../../files/hash-file.js';
import type { ImportKey, ImportRecord } from '../../ledger/ledger.js';
import type { AccountNames } from '../../usage/account-links.js';
import { optionsOf } from './import-key.js';
import { isReadAlike } from './past-import.js';

/** What a ledger's imports tell of files that come again. */
export interface ImportHistory {
  /** Lengths in bytes at which a file may be read on, if it has only grown. */
  readonly lengthsOf: (path: string) => readonly number[];
  /** The import after which a file is read on: of the longest beginning; `null`: it is read whole. */
  readonly resumedAfter: (path: string, now: ReadNow, prefixes: readonly Prefix[]) => ImportRecord | null;
  /** Whether all of an import's file is in the ledger: one that was read on needs those before it. */
  readonly isWhole: (importId: number) => boolean;
  /** Bad rows of an import's file, also those of the imports after which it was read on. */
  readonly rejectedIn: (past: Pick<ImportRecord, 'id' | 'rejected'>) => number;
}

/** How a file is read now. */
export interface ReadNow {
  readonly key: ImportKey;
  /** Names of accounts in the config. */
  readonly accounts: AccountNames;
}

export function importHistory(imports: readonly ImportRecord[]): ImportHistory {
  const byId = new Map(imports.map((each) => [each.id, each]));
  const byPath = new Map<string, ImportRecord[]>();
  for (const each of imports) {
    const same = byPath.get(each.path);
    if (same === undefined) byPath.set(each.path, [each]);
    else same.push(each);
  }
  const of = (path: string): readonly ImportRecord[] => byPath.get(path) ?? [];
  const before = (record: ImportRecord): ImportRecord | undefined =>
    record.start.offset === 0
      ? undefined
      : of(record.path).find((each) => each.id < record.id && leadsTo(each, record) && isWhole(each));
  const isWhole = (record: ImportRecord): boolean => record.start.offset === 0 || before(record) !== undefined;
  const rejectedIn = (record: ImportRecord | undefined): number =>
    record === undefined ? 0 : record.rejected + rejectedIn(before(record));
  return {
    lengthsOf: (path) => of(path).flatMap(({ bytes, endLine }) => (endLine === null ? [] : [bytes])),
    resumedAfter: (path, now, prefixes) => {
      for (const { bytes, sha256 } of prefixes) {
        const found = of(path).find(
          (each) => each.bytes === bytes && each.sha256 === sha256 && isReadNow(each, now) && isWhole(each),
        );
        if (found !== undefined && found.endLine !== null) return found;
      }
      return null;
    },
    rejectedIn: ({ id, rejected }) => (byId.has(id) ? rejectedIn(byId.get(id)) : rejected),
    isWhole: (importId) => {
      const record = byId.get(importId);
      return record === undefined || isWhole(record); // one not known yet was made in this transaction
    },
  };
}

const isReadNow = ({ source, role, options }: ImportRecord, { key, accounts }: ReadNow): boolean =>
  source === key.source && role === key.role && isReadAlike(options, key.options, accounts);

const leadsTo = (before: ImportRecord, after: ImportRecord): boolean =>
  before.source === after.source &&
  before.role === after.role &&
  asTyped(before.options) === asTyped(after.options) &&
  before.bytes === after.start.offset &&
  before.endLine === after.start.line;

/** The options of a file without the accounts that were met in it. */
const asTyped = (options: string): string => JSON.stringify({ ...optionsOf(options), accounts: undefined });
