/** Turns records into events of recordings, with their ids and units, and says what became of the others. */

import { TokenhubError } from '../../errors/tokenhub-error.js';
import { badField } from '../../errors/usage-records.js';
import type { BadRecord, RecordBatch } from '../../files/record-batch.js';
import type { Reading as MeterReading, Reject, RejectSpan } from '../../ledger/ledger.js';
import { rejectTimes } from '../../ledger/reject-times.js';
import { fitsLedger } from '../../pricing/money.js';
import { accountLinks } from '../../usage/account-links.js';
import { isBucketWithoutId } from '../../usage/bucket.js';
import type { UsageEvent } from '../../usage/event.js';
import { accountOfProvider } from '../../usage/providers.js';
import type { Recording } from '../../usage/recording.js';
import type { DecodeContext, Marks, RawRecord, Source } from '../../usage/source.js';
import { timeOfRecord } from '../../usage/time/reject-time.js';
import { bucketSums } from './bucket-sums.js';
import { assignWith, idsOfFile, type Unpriced } from './entries.js';
import type { ReadTask } from './read-entries.js';
import type { SeenAccount } from './seen-account.js';

export type BadRow = Reject & { readonly hint: string };

/** What became of records besides entries; counted up. */
export interface RecordTally {
  read: number;
  skipped: number;
  readonly rejects: BadRow[];
}

export interface RecordReader {
  /** The entries of a batch, one after the other as they are taken. What else there is goes to the tally of the moment. */
  readonly read: (batch: RecordBatch, tally: () => RecordTally) => Iterable<Unpriced>;
  /** The buckets of all that was read. */
  readonly buckets: () => Iterable<Unpriced>;
  /** The readings of meters in all that was read. */
  readonly readings: () => readonly MeterReading[];
  readonly accounts: () => readonly SeenAccount[];
  /** Whether an event has a key made of the file's content so far: for such the file must be read whole. */
  readonly madeKeys: () => boolean;
  readonly rejectSpan: () => RejectSpan | null;
}

export function recordReader({ name, hashed, reading, rules }: ReadTask, source: Source): RecordReader {
  const idOf = idsOfFile();
  const sums = bucketSums();
  const assign = assignWith(rules);
  const { timeZone, at, mapping } = reading;
  const context: DecodeContext = { timeZone, at, mapping, file: { name, modified: Math.floor(hashed.mtimeMs) } };
  const decodeRecord = source.decoder(context);
  const times = rejectTimes();
  const recordingOf = recordings(source, reading);
  let madeKeys = false;
  const entryOf = (event: UsageEvent, record: number, marks?: Marks): Unpriced => {
    const recording = recordingOf.event(event);
    if (event.id === null) madeKeys = true;
    return { recording, id: idOf(event), event, unit: assign(event, recording, marks), record, marks };
  };
  const reject = (record: RawRecord | BadRecord, { place, message, hint }: TokenhubError): BadRow => {
    const recordAt = 'value' in record ? timeOfRecord(record.value, context) : null;
    times.add(recordAt);
    return { at: recordAt, line: record.line, field: place.field ?? null, reason: message, hint };
  };
  const readings: MeterReading[] = [];
  function* read(batch: RecordBatch, tally: () => RecordTally): Generator<Unpriced> {
    for (const record of batch) {
      tally().read++;
      const decoded = 'error' in record ? { rejects: [record.error] } : decode(record, decodeRecord, sums);
      if ('skipped' in decoded) {
        tally().skipped++;
        continue;
      }
      for (const error of decoded.rejects) tally().rejects.push(reject(record, error));
      if ('single' in decoded)
        for (const event of decoded.single) {
          if (event.counter === null) yield entryOf(event, record.line, decoded.marks);
          else readings.push({ recording: recordingOf.event(event), event, record: record.line });
        }
    }
  }
  function* buckets(): Generator<Unpriced> {
    for (const { event, record } of sums.all()) yield entryOf(event, record);
  }
  return {
    read,
    buckets,
    readings: () => readings,
    accounts: recordingOf.accounts,
    madeKeys: () => madeKeys,
    rejectSpan: times.span,
  };
}

/** The recording of each event; one object for all events that name one account alike. */
function recordings(source: Source, { role, account, accounts }: ReadTask['reading']) {
  const known = new Map<string, { readonly recording: Recording; readonly seen: SeenAccount; provider: string }>();
  const linked = accountLinks(accounts);
  const event = (of: UsageEvent): Recording => {
    const stated = of.account ?? account;
    const name = stated ?? source.account ?? accountOfProvider(of.provider);
    let before = known.get(name);
    if (before === undefined) {
      const recording = { role: role ?? source.role, source: source.name, account: linked(name) };
      const seen = { name, account: recording.account, isStated: stated !== null, providers: new Set([of.provider]) };
      before = { recording, seen, provider: of.provider };
      known.set(name, before);
    }
    if (before.provider !== of.provider) {
      before.seen.providers.add(of.provider);
      before.provider = of.provider;
    }
    return before.recording;
  };
  return { event, accounts: () => [...known.values()].map(({ seen }) => seen) };
}

type DecodedRecord =
  | {
      readonly single: readonly UsageEvent[];
      readonly rejects: readonly TokenhubError[];
      readonly marks?: Marks | undefined;
    }
  | { readonly rejects: readonly TokenhubError[] }
  | { readonly skipped: string };

/**
 * The single calls of a record, or the errors that reject it or parts of it; its buckets go to `sums`. An error nobody
 * foresaw is not a bad row: it goes up.
 */
function decode(
  record: RawRecord,
  by: ReturnType<Source['decoder']>,
  sums: ReturnType<typeof bucketSums>,
): DecodedRecord {
  try {
    const decoded = by(record);
    if ('skipped' in decoded) return decoded;
    for (const event of decoded.events) checkFits(event);
    const { events, rejects = NO_ERRORS, marks } = decoded;
    if (!events.some(isBucketWithoutId)) return { single: events, rejects, marks };
    for (const event of events) if (isBucketWithoutId(event)) sums.add(event, record.line);
    return { single: events.filter((event) => !isBucketWithoutId(event)), rejects };
  } catch (error) {
    if (error instanceof TokenhubError) return { rejects: [error] };
    throw error;
  }
}

/** The ledger holds 64-bit integers, and ids that begin with `~` are those it makes itself. */
function checkFits({ id, statedCost, quantities }: UsageEvent): void {
  if (id !== null && id.charCodeAt(0) === TILDE)
    throw badField('id', id, 'begins with ~', "ids that begin with ~ are tokenhub's own");
  if (statedCost !== null && !fitsLedger(statedCost.pico))
    throw badField('cost', `${statedCost.pico} pico`, 'is more than a ledger holds (about 9.2 million)', SPLIT);
  for (const name in quantities) {
    if (!fitsLedger(quantities[name]!))
      throw badField(name, `${quantities[name]}`, 'is more than a ledger holds', SPLIT);
  }
}

const TILDE = 0x7e;
const SPLIT = 'split the row';
const NO_ERRORS: readonly TokenhubError[] = [];
