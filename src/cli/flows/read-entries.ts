/** From the records of a usage file to entries for the ledger, in batches; on the main thread or on one of its own. */

import type { Config } from '../../files/config-type.js';
import type { FileHash } from '../../files/hash-file.js';
import { openRecords } from '../../files/records.js';
import type { RuleBook } from '../../hub/rules-identity.js';
import type { EntryBatch } from '../../ledger/entry-batch.js';
import { EntryBatchBuilder } from '../../ledger/entry-batch-builder.js';
import type { Reading as MeterReading, RejectSpan } from '../../ledger/ledger.js';
import type { DefaultPriceBook } from '../../pricing/default-book.js';
import { eventCosts } from '../../usage/event-cost.js';
import type { Source } from '../../usage/source.js';
import { findSource } from '../../usage/sources/all.js';
import type { Unpriced } from './entries.js';
import type { Reading } from './import-options.js';
import { type ImportTotals, importTotals } from './import-totals.js';
import type { PlannedFile } from './planned-file.js';
import { type BadRow, recordReader } from './record-reader.js';
import type { SeenAccount } from './seen-account.js';

/** All that reading a file needs; plain data, so that another thread can be given it. */
export interface ReadTask {
  readonly path: string;
  readonly name: string;
  /** Of what is imported: of a member of an archive, its own. */
  readonly hashed: FileHash;
  readonly opening: PlannedFile['opening'];
  readonly source: Pick<Source, 'name' | 'kind'>;
  readonly reading: Reading;
  readonly rules: RuleBook;
  readonly config: Pick<Config, 'prices' | 'contracts' | 'alibaba' | 'plans'>;
}

/** One piece of a file: what became of its records. */
export interface EntryPart {
  readonly batch: EntryBatch;
  readonly read: number;
  readonly skipped: number;
  /** Bytes of the file read for it, as they are stored. */
  readonly bytes: number;
  readonly rejects: readonly BadRow[];
  /** What is odd about the file as a whole. */
  readonly notes: readonly string[];
  /** With the last part alone. */
  readonly end: FileEnd | null;
}

/** What is known when a file was read to its end. */
export interface FileEnd {
  /** Of meters; what was used between them is known only with those of other files. */
  readonly readings: readonly MeterReading[];
  /** Accounts the file's events went to. */
  readonly accounts: readonly SeenAccount[];
  /** Whether any of them is a bucket that only its dimensions tell from another. */
  readonly hasBuckets: boolean;
  readonly rejectSpan: RejectSpan | null;
  readonly totals: ImportTotals;
  /** Number of the line with which the file may be read on when it has grown; `null`: it must be read whole. */
  readonly endLine: number | null;
}

/** Entries, or records without any, of one part: few enough that what it holds is garbage before it is old. */
const PART = 2_000;
/** A batch takes memory for all the entries it may hold, so that of a small file is small. */
const SMALLEST_PART = 64;
const ENTRY_BYTES = 64;

/**
 * Reads a whole file, or what follows `task.opening.from`; good rows are kept beside bad ones. An error nobody foresaw,
 * and one of the file itself, is thrown.
 *
 * @param book   of the task's config
 * @param reuse  memory of a batch that was written, if there is any
 */
export async function* readEntries(
  task: ReadTask,
  book: DefaultPriceBook,
  reuse: () => ArrayBuffer | undefined = () => undefined,
): AsyncGenerator<EntryPart> {
  const { path, opening, config } = task;
  const source = findSource(task.source.name, task.source.kind);
  const costOf = eventCosts(book, config.plans);
  const rows = recordReader(task, source);
  const capacity = Math.min(PART, SMALLEST_PART + Math.ceil(task.hashed.bytes / ENTRY_BYTES));
  const builder = new EntryBatchBuilder(capacity, reuse);
  const totals = importTotals();
  let said = nothingYet();
  const take = (end: FileEnd | null): EntryPart => {
    const part = { ...said, batch: builder.take(), end };
    said = nothingYet();
    return part;
  };
  const prepared = new Set<string>();
  async function* add(entries: Iterable<Unpriced>): AsyncGenerator<EntryPart> {
    for (const entry of entries) {
      const { provider } = entry.event;
      if (!prepared.has(provider)) await book.prepare(prepared.add(provider));
      const computed = costOf(entry.event, entry.recording);
      totals.add(entry, computed);
      builder.add(entry, computed);
      if (builder.isFull) yield take(null);
    }
  }
  let isResumable = source.keepsState !== true;
  let endLine: number | null = null;
  const callbacks = {
    onNote: (note: string) => said.notes.push(note),
    onRead: (bytes: number) => {
      said.bytes += bytes;
    },
    onEnd: (line: number) => {
      endLine = line;
    },
  };
  for await (const batch of openRecords(path, { kind: source.kind, ...opening, ...callbacks })) {
    if (said.notes.length > 0) isResumable = false;
    yield* add(rows.read(batch, () => said));
    if (said.read >= PART) yield take(null);
  }
  let hasBuckets = false;
  for (const entry of rows.buckets()) {
    hasBuckets = true;
    yield* add([entry]);
  }
  if (said.notes.length > 0 || rows.madeKeys()) isResumable = false;
  yield take({
    readings: rows.readings(),
    accounts: rows.accounts(),
    hasBuckets,
    rejectSpan: rows.rejectSpan(),
    totals: totals.result(),
    endLine: isResumable ? endLine : null,
  });
}

const nothingYet = () => ({ read: 0, skipped: 0, bytes: 0, rejects: [] as BadRow[], notes: [] as string[] });
