import type { Prefix } from '../../files/hash-file.js';
import type { ImportKey, ImportRecord } from '../../ledger/ledger.js';
import type { AccountNames } from '../../usage/account-links.js';
import { optionsOf } from './import-key.js';
import { isReadAlike } from './past-import.js';

/** What a ledger's imports tell of files that come again. */
export interface ImportHistory {
  /** Lengths in bytes that a file had; if it has only grown, it may be read on at some. */
  readonly lengthsOf: (path: string) => readonly number[];
  /** The import after which a file is read on: of the longest beginning; `null`: it is read whole. */
  readonly resumedAfter: (path: string, now: ReadNow, prefixes: readonly Prefix[]) => ImportRecord | null;
  /** The imports of a file's beginnings that it cannot be read on after: some ended in the middle of a row. */
  readonly endedOddly: (path: string, now: ReadNow, prefixes: readonly Prefix[]) => readonly ImportRecord[];
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
    lengthsOf: (path) => of(path).map(({ bytes }) => bytes),
    resumedAfter: (path, now, prefixes) => {
      for (const prefix of prefixes) {
        const found = of(path).find(
          (each) => each.endLine !== null && isOf(each, prefix) && isReadNow(each, now) && isWhole(each),
        );
        if (found !== undefined) return found;
      }
      return null;
    },
    endedOddly: (path, now, prefixes) =>
      of(path).filter(
        (each) =>
          each.bytes > 0 &&
          each.endLine === null &&
          prefixes.some((prefix) => isOf(each, prefix)) &&
          isReadNow(each, now),
      ),
    rejectedIn: ({ id, rejected }) => (byId.has(id) ? rejectedIn(byId.get(id)) : rejected),
    isWhole: (importId) => {
      const record = byId.get(importId);
      return record === undefined || isWhole(record); // one not known yet was made in this transaction
    },
  };
}

const isOf = (record: ImportRecord, { bytes, sha256 }: Prefix): boolean =>
  record.bytes === bytes && record.sha256 === sha256;

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
