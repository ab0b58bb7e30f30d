import { unrecognised } from '../../errors.js';
import { type FileHash, type FileState, hashFile, hashMember } from '../../files/hash-file.js';
import type { OpenOptions } from '../../files/records.js';
import { sniff } from '../../files/sniff.js';
import { openUnpacked } from '../../files/unpacked.js';
import { verifyCompressed } from '../../files/verify-compressed.js';
import type { ZipMember } from '../../files/zip-directory.js';
import type { ImportKey } from '../../ledger/ledger.js';
import type { Source } from '../../usage/source.js';
import type { Reading } from './import-options.js';
import { type FileName, isRecognisable, recognise } from './import-source.js';
import type { SeenAccount } from './seen-account.js';

/** One file to import: where its bytes are, what it is, and what makes its import the same as another. */
export interface PlannedFile {
  /** As the user named it; a member of an archive is `archive.zip/member.csv`. */
  readonly name: string;
  /** Where the bytes are: the archive for a member of it, a temporary file for standard input. */
  readonly path: string;
  /** Of what is imported: of a member its own bytes, not those of the archive. */
  readonly hashed: FileHash;
  /** How it is read: `openRecords(path, { kind: source.kind, ...opening, onNote })`. Plain data, as a thread can be sent. */
  readonly opening: Omit<OpenOptions, 'kind' | 'onNote'>;
  /** `null`: the file is empty. */
  readonly source: Source | null;
  readonly key: ImportKey | null;
  /** Columns tokenhub does not read. */
  readonly unread: readonly string[];
  readonly dispose: () => Promise<void>;
}

/** A file, or a member of an archive, that may be planned. */
export interface Candidate {
  readonly path: string;
  readonly name: FileName;
  readonly member: { readonly of: ZipMember; readonly archive: FileState } | null;
  /** Called when the planned file is disposed of. */
  readonly dispose: () => Promise<void>;
}

/**
 * Hashes and recognises one file, and reads what is compressed to its end. A member of an archive whose name is not that
 * of data, such as a readme, must be recognised by itself, whatever source was typed.
 *
 * @throws whatever is wrong with the file; UNRECOGNISED
 */
export async function planFile({ path, name, member, dispose }: Candidate, reading: Reading): Promise<PlannedFile> {
  const { shown } = name;
  const hashedFirst = member === null ? await hashWhole(path, shown) : null;
  const unpacked = await openUnpacked(path, shown, member?.of ?? null);
  try {
    const at = unpacked?.path ?? path;
    const inArchive = unpacked === null ? (member?.of ?? null) : null;
    const sniffed = await sniff(at, shown, inArchive);
    if (member !== null && !isDataName(member.of.name) && !isRecognisable(sniffed))
      throw unrecognised(shown, null, null);
    const recognised = recognise(sniffed, reading, name);
    const hashed = hashedFirst ?? (await hashMember(path, member!.of, shown));
    const state = unpacked?.state ?? member?.archive ?? hashed;
    return {
      name: shown,
      path: at,
      hashed,
      opening: { name: shown, hashed: state, member: inArchive, table: recognised?.table },
      source: recognised?.source ?? null,
      key: recognised === null ? null : keyOf(hashed.sha256, recognised.source, reading),
      unread: recognised?.unread ?? [],
      dispose: async () => {
        await unpacked?.dispose();
        await dispose();
      },
    };
  } catch (error) {
    await unpacked?.dispose();
    throw error;
  }
}

async function hashWhole(path: string, shown: string): Promise<FileHash> {
  const hashed = await hashFile(path, shown);
  await verifyCompressed(path, shown);
  return hashed;
}

/** Whether a name is that of a file of records, so that what is wrong with the file must be said. */
export const isDataName = (name: string): boolean =>
  /\.(?:csv|tsv|jsonl?|ndjson|log|prom|parquet|db|sqlite3?)$/i.test(name);

const keyOf = (sha256: string, source: Source, { role, account, mapping, timeZone, at }: Reading): ImportKey => ({
  sha256,
  source: source.name,
  role: role ?? source.role,
  options: JSON.stringify({ account, at, mapping: Object.entries(mapping).sort(), timeZone } satisfies KeyOptions),
});

/** What of the options decides what a file's records become; kept with the import as JSON. */
interface KeyOptions {
  readonly account: string | null;
  readonly at: number | null;
  readonly mapping: readonly (readonly [string, string])[];
  readonly timeZone: string;
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
