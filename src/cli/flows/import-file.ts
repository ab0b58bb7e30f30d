import { badField, TokenhubError } from '../../errors.js';
import type { RecordBatch } from '../../files/record-batch.js';
import { openRecords } from '../../files/records.js';
import { batchOf } from '../../ledger/entry-batch.js';
import { type ImportTally, type Ledger, REJECTS_KEPT, type Reject } from '../../ledger/ledger.js';
import { rejectTimes } from '../../ledger/reject-times.js';
import type { ComputedCost } from '../../pricing/cost.js';
import type { DefaultPriceBook } from '../../pricing/default-book.js';
import { fitsLedger } from '../../pricing/money.js';
import { isBucketWithoutId } from '../../usage/bucket.js';
import type { UsageEvent } from '../../usage/event.js';
import { accountOfProvider } from '../../usage/providers.js';
import { timeOfRecord } from '../../usage/record-time.js';
import type { Recording } from '../../usage/recording.js';
import type { DecodeContext, RawRecord, Source } from '../../usage/source.js';
import { bucketSums } from './bucket-sums.js';
import { idsOfFile, priced, priceWith, type Unpriced } from './entries.js';
import type { Reading } from './import-options.js';
import type { PlannedFile } from './import-plan.js';

/** What importing needs besides the file. */
export interface Importing {
  readonly ledger: Ledger;
  readonly book: DefaultPriceBook;
  readonly reading: Reading;
  readonly assign: (event: UsageEvent, recording: Recording) => string | null;
  /** Called for every bad row, in order. */
  readonly onReject: (reject: Reject & { readonly hint: string }) => void;
  /** Called for every entry, new or not, with its price. */
  readonly onEntry: (entry: Unpriced, cost: ComputedCost) => void;
  /** Called with what is odd about the file as a whole. */
  readonly onNote: (text: string) => void;
  /** Called after every batch with the records read so far. */
  readonly onProgress: (read: number) => void;
}

export interface ImportedFile {
  readonly import: number;
  readonly tally: ImportTally;
  /** Records merged with one of the same id that looks like another call. */
  readonly reusedIds: number;
  /** Accounts the file's events went to. */
  readonly accounts: ReadonlySet<string>;
}

/** Imports one file inside the open transaction. Good rows are kept beside bad ones. */
export async function importFile(file: PlannedFile, source: Source, importing: Importing): Promise<ImportedFile> {
  const { ledger, book, onProgress } = importing;
  if (file.key === null) throw new TypeError('a file without a key is empty');
  const id = await ledger.openImport(file.key, file.name, file.hashed.bytes);
  const rows = rowReader(source, { name: file.name, modified: file.hashed.mtimeMs }, importing);
  let reusedIds = 0;
  const tally = { read: 0, added: 0, duplicate: 0, updated: 0, skipped: 0, rejected: 0 };
  const append = async (entries: readonly Unpriced[]) => {
    await book.prepare(new Set(entries.map(({ event }) => event.provider)));
    const price = priceWith(book);
    const assess = (event: UsageEvent, recording: Recording) => ({
      computed: price(event),
      unit: importing.assign(event, recording),
    });
    const withPrices = priced(entries, price);
    for (const entry of withPrices) importing.onEntry(entry, entry.computed);
    const { added, duplicate, updated, reusedIds: reused } = await ledger.append(id, batchOf(withPrices), assess);
    reusedIds += reused;
    tally.added += added;
    tally.duplicate += duplicate;
    tally.updated += updated;
  };
  const { name, hashed } = file;
  for await (const batch of openRecords(file.path, { kind: source.kind, name, hashed, onNote: importing.onNote })) {
    const { entries, skipped, rejected } = rows.read(batch);
    await append(entries);
    tally.read += batch.length;
    tally.skipped += skipped;
    tally.rejected += rejected;
    onProgress(tally.read);
  }
  for (const entries of rows.buckets()) await append(entries);
  await ledger.closeImport(id, tally, rows.rejects, rows.rejectTimes.span());
  return { import: id, tally, reusedIds, accounts: rows.accounts };
}

/** Turns batches of records into entries, and counts what became of them. */
function rowReader(source: Source, of: DecodeContext['file'], { reading, assign, onReject }: Importing) {
  const idOf = idsOfFile();
  const sums = bucketSums();
  const context: DecodeContext = { timeZone: reading.timeZone, at: reading.at, mapping: reading.mapping, file: of };
  const decodeRecord = source.decoder(context);
  const rejects: Reject[] = [];
  const times = rejectTimes();
  const accounts = new Set<string>();
  const entryOf = (event: UsageEvent, record: number): Unpriced => {
    const account = event.account ?? reading.account ?? source.account ?? accountOfProvider(event.provider);
    accounts.add(account);
    const recording = { role: reading.role ?? source.role, source: source.name, account };
    return { recording, id: idOf(event), event, unit: assign(event, recording), record };
  };
  const reject = (record: RecordBatch[number], error: TokenhubError) => {
    const { line } = record;
    const at = 'value' in record ? timeOfRecord(record.value, context) : null;
    const one = { at, line, field: error.place.field ?? null, reason: error.message };
    times.add(one.at);
    if (rejects.length < REJECTS_KEPT) rejects.push(one);
    onReject({ ...one, hint: error.hint });
  };
  function read(batch: RecordBatch) {
    const entries: Unpriced[] = [];
    let [skipped, rejected] = [0, 0];
    for (const record of batch) {
      const decoded = 'error' in record ? record.error : decode(record, decodeRecord, sums);
      if (decoded instanceof TokenhubError) {
        rejected++;
        reject(record, decoded);
      } else if ('skipped' in decoded) skipped++;
      else for (const event of decoded.single) entries.push(entryOf(event, record.line));
    }
    return { entries, skipped, rejected };
  }
  /** The daily buckets of all that was read. */
  function* buckets(): Generator<readonly Unpriced[]> {
    for (const batch of sums.batches()) yield batch.map(({ event, record }) => entryOf(event, record));
  }
  return { read, buckets, rejects, rejectTimes: times, accounts };
}

/**
 * The single calls of a record, or the error that rejects it; its daily buckets go to `sums`. An error nobody foresaw is
 * not a bad row: it goes up.
 */
function decode(record: RawRecord, by: ReturnType<Source['decoder']>, sums: ReturnType<typeof bucketSums>) {
  try {
    const decoded = by(record);
    if ('skipped' in decoded) return decoded;
    for (const event of decoded.events) checkFits(event);
    for (const event of decoded.events) if (isBucketWithoutId(event)) sums.add(event, record.line);
    return { single: decoded.events.filter((event) => !isBucketWithoutId(event)) };
  } catch (error) {
    if (error instanceof TokenhubError) return error;
    throw error;
  }
}

/** The ledger holds 64-bit integers, and ids that begin with `~` are those it makes itself. */
function checkFits({ id, statedCost, quantities }: UsageEvent): void {
  if (id?.startsWith('~')) throw badField('id', id, 'begins with ~', "ids that begin with ~ are tokenhub's own");
  if (statedCost !== null && !fitsLedger(statedCost.pico))
    throw badField(
      'cost',
      `${statedCost.pico} pico`,
      'is more than a ledger holds (about 9.2 million)',
      'split the row',
    );
  for (const [name, amount] of Object.entries(quantities))
    if (!fitsLedger(amount)) throw badField(name, `${amount}`, 'is more than a ledger holds', 'split the row');
}
