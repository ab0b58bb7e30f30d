import { type ImportKey, type ImportTally, type Ledger, REJECTS_KEPT, type Regrouped } from '../../ledger/ledger.js';
import type { Assessor } from './assessor.js';
import { optionsWith } from './import-key.js';
import type { ImportThread } from './import-thread.js';
import type { ImportTotals } from './import-totals.js';
import type { EntryPart, ReadTask } from './read-entries.js';
import type { BadRow } from './record-reader.js';
import type { SeenAccount } from './seen-account.js';

/** Told while a file is read; what throws stops the import. */
export interface ImportListener {
  /** Every bad row, in order. */
  readonly onReject: (row: BadRow) => void;
  /** What is odd about the file as a whole. */
  readonly onNote: (text: string) => void;
  /** After every part, with its records and bytes. */
  readonly onProgress: (part: Pick<EntryPart, 'read' | 'bytes'>) => void;
}

export interface ImportedFile {
  readonly import: number;
  readonly tally: ImportTally;
  /** Records merged with one of the same id that looks like another call. */
  readonly reusedIds: number;
  /** Buckets smaller than what an earlier import said of them, which was kept. */
  readonly shrunk: number;
  /** Accounts the file's events went to. */
  readonly accounts: readonly SeenAccount[];
  /** Other imports of the same buckets, grouped otherwise. */
  readonly regrouped: readonly Regrouped[];
  readonly totals: ImportTotals;
}

/** Imports one file inside the open transaction, or what follows `task.opening.from`. Good rows are kept beside bad ones. */
export async function importFile(
  ledger: Ledger,
  key: ImportKey,
  task: ReadTask,
  again: Assessor,
  thread: ImportThread,
  listener: ImportListener,
): Promise<ImportedFile> {
  const standing = task.reading.restate ? 'restates' : 'joins';
  const id = await ledger.openImport(key, task.name, task.hashed.bytes, task.opening.from, standing);
  const tally = { read: 0, added: 0, duplicate: 0, updated: 0, skipped: 0, rejected: 0 };
  let [reusedIds, shrunk] = [0, 0];
  const kept: BadRow[] = [];
  let end: EntryPart['end'] = null;
  const count = (counts: Awaited<ReturnType<Ledger['append']>>) => {
    tally.added += counts.added;
    tally.duplicate += counts.duplicate;
    tally.updated += counts.updated;
    reusedIds += counts.reusedIds;
    shrunk += counts.shrunk;
  };
  for await (const part of thread.read(task, again.book)) {
    for (const note of part.notes) listener.onNote(note);
    for (const row of part.rejects) listener.onReject(row);
    kept.push(...part.rejects.slice(0, REJECTS_KEPT - kept.length));
    await again.prepare(new Set(part.batch.names.facet.added.map(({ provider }) => provider)));
    count(await ledger.append(id, part.batch, again.assess));
    tally.read += part.read;
    tally.skipped += part.skipped;
    tally.rejected += part.rejects.length;
    listener.onProgress(part);
    end = part.end;
  }
  if (end === null) throw new Error(`${task.name} ended without its last part`);
  count(await ledger.settle(again.assess));
  await again.prepare(new Set(end.readings.map(({ event }) => event.provider)));
  count(await ledger.addReadings(id, end.readings, again.assess));
  await ledger.closeImport(id, tally, kept, end.rejectSpan, end.endLine);
  await ledger.keepOptions(id, optionsWith(key.options, end.accounts));
  const regrouped = end.hasBuckets ? await ledger.regrouped(id) : [];
  return { import: id, tally, reusedIds, shrunk, accounts: end.accounts, regrouped, totals: end.totals };
}
