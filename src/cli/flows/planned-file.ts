import { unrecognised } from '../../errors/usage-files.js';
import {
  type FileHash,
  type FileState,
  type HashedFile,
  hashFile,
  hashMember,
  type Prefix,
} from '../../files/hash-file.js';
import type { OnRead } from '../../files/raw-bytes.js';
import type { OpenOptions } from '../../files/records.js';
import type { SmallText } from '../../files/small-text.js';
import { sniff, sniffBytes } from '../../files/sniff.js';
import { openUnpacked } from '../../files/unpacked.js';
import { verifyCompressed } from '../../files/verify-compressed.js';
import type { ZipMember } from '../../files/zip-directory.js';
import type { ImportKey } from '../../ledger/ledger.js';
import { visible } from '../../render/visible.js';
import type { Source } from '../../usage/source.js';
import { importKeyOf } from './import-key.js';
import type { Reading } from './import-options.js';
import { type FileName, isRecognisable, type Recognised, recognise } from './import-source.js';

/** How a file is read: `openRecords(path, { kind: source.kind, ...opening })`. Plain data, as a thread can be sent. */
type Opening = Omit<OpenOptions, 'kind' | 'onNote' | 'onRead' | 'onEnd'>;

/** One file to import: where its bytes are, what it is, and what makes its import the same as another. */
export interface PlannedFile {
  /** As the user named it; a member of an archive is `archive.zip/member.csv`. */
  readonly name: string;
  /** Where the bytes are: the archive for a member of it, a temporary file for standard input. */
  readonly path: string;
  /** Of what is imported: of a member its own bytes, not those of the archive. */
  readonly hashed: FileHash;
  /** What it was at lengths it had when it was imported before, longest first. */
  readonly prefixes: readonly Prefix[];
  /** Bytes of it as it is stored. */
  readonly storedBytes: number;
  readonly opening: Opening;
  readonly reading: Reading;
  /** `null`: the file is empty. */
  readonly source: Source | null;
  readonly key: ImportKey | null;
  /** Columns tokenhub does not read. */
  readonly unread: readonly string[];
  /** Further tables of the database it is, to plan each by itself. */
  readonly otherTables: readonly string[];
  /** Found where an agent keeps its logs, many of which hold no usage. */
  readonly isAgentLog?: true;
  readonly dispose: () => Promise<void>;
}

/** A file, or a member of an archive, that may be planned. */
export interface Candidate {
  readonly path: string;
  readonly name: FileName;
  readonly member: { readonly of: ZipMember; readonly archive: FileState } | null;
  /** Of an SQLite file: the table to read; `null`: the first that can be. */
  readonly table: string | null;
  /** Its content, when that was read already. */
  readonly small: SmallText | null;
  /** Called when the planned file is disposed of. */
  readonly dispose: () => Promise<void>;
}

/** What planning needs of the run around it. */
export interface PlanWatch {
  /** Lengths a file had when it was imported before, by its name. */
  readonly lengthsOf: (name: string) => readonly number[];
  /** Told the file that is hashed now. */
  readonly onFile: (name: string) => void;
  /** Told the bytes hashed, each time; what it throws stops the planning. */
  readonly onRead: OnRead;
  /** Stops the waiting for standard input. */
  readonly signal?: AbortSignal;
}

/**
 * Hashes and recognises one file, and reads what is compressed to its end.
 *
 * @param sibling  of a further table of a database: the plan of the first
 * @throws whatever is wrong with the file; UNRECOGNISED
 */
export async function planFile(
  candidate: Candidate,
  reading: Reading,
  watch: PlanWatch,
  sibling: PlannedFile | null,
): Promise<PlannedFile> {
  const { path, name, member } = candidate;
  watch.onFile(name.shown);
  const hashedFirst = sibling ?? (member === null ? await hashedOnce(candidate, watch) : null);
  const opened = await openCandidate(candidate, reading);
  try {
    const hashed = hashedFirst?.hashed ?? (await hashMember(path, member!.of, name.shown, watch.onRead));
    return {
      name: opened.name,
      path: opened.path,
      hashed,
      prefixes: hashedFirst?.prefixes ?? [],
      storedBytes: member?.of.packedBytes ?? hashed.bytes,
      opening: { hashed, ...opened.opening },
      reading,
      source: opened.recognised?.source ?? null,
      key: opened.recognised === null ? null : importKeyOf(hashed.sha256, opened.recognised, reading),
      unread: opened.recognised?.unread ?? [],
      otherTables: opened.otherTables,
      dispose: opened.dispose,
    };
  } catch (error) {
    await opened.dispose();
    throw error;
  }
}

/** A file of which is known what it is. */
export interface OpenedCandidate {
  /** As shown; with the table, where several are read. */
  readonly name: string;
  readonly path: string;
  /** `hashed` is left out where the file is read as it is. */
  readonly opening: Opening;
  /** `null`: the file is empty. */
  readonly recognised: Recognised | null;
  readonly otherTables: readonly string[];
  readonly dispose: () => Promise<void>;
}

/**
 * Recognises a file by its beginning. A member of an archive whose name is not that of data, such as a readme, must be
 * recognised by itself, whatever source was typed.
 */
export async function openCandidate(
  { path, name, member, table, small, dispose }: Candidate,
  reading: Reading,
): Promise<OpenedCandidate> {
  const { shown } = name;
  const unpacked = small === null ? await openUnpacked(path, shown, member?.of ?? null) : null;
  try {
    const at = unpacked?.path ?? path;
    const inArchive = unpacked === null ? (member?.of ?? null) : null;
    const sniffed = small === null ? await sniff(at, shown, inArchive) : await sniffBytes(small.content, shown);
    if (member !== null && !isDataName(member.of.name) && !isRecognisable(sniffed))
      throw unrecognised(shown, null, null);
    const recognised = recognise(sniffed, reading, name, table);
    const otherTables = recognised?.otherTables ?? [];
    const state = unpacked?.state ?? member?.archive;
    const hashed = state === undefined ? {} : { hashed: state };
    const fullName = otherTables.length === 0 ? shown : `${shown}/${visible(recognised!.table!)}`;
    return {
      name: fullName,
      path: at,
      otherTables,
      opening: { name: fullName, ...hashed, member: inArchive, table: recognised?.table },
      recognised,
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

type Hashed = Pick<PlannedFile, 'hashed' | 'prefixes'>;

async function hashedOnce(candidate: Candidate, watch: PlanWatch): Promise<Hashed> {
  const hashed = await hashWhole(candidate, watch);
  return { hashed, prefixes: hashed.prefixes };
}

async function hashWhole({ path, name, small }: Candidate, { lengthsOf, onRead }: PlanWatch): Promise<HashedFile> {
  if (small !== null) {
    onRead(small.hashed.bytes);
    return small.hashed;
  }
  const hashed = await hashFile(path, name.shown, { prefixes: lengthsOf(name.shown), onRead });
  await verifyCompressed(path, name.shown, () => onRead(0));
  return hashed;
}

/** Whether a name is that of a file of records, so that what is wrong with the file must be said. */
export const isDataName = (name: string): boolean =>
  /\.(?:csv|tsv|jsonl?|ndjson|log|prom|parquet|db|sqlite3?)$/i.test(name);
