/** A usage file as a recording to compare: record by record, none of them merged. */

import { stat } from 'node:fs/promises';
import type { Config } from '../../files/config-type.js';
import { openRecords } from '../../files/records.js';
import type { CallRecord, Side } from '../../hub/reconcile/call-record.js';
import type { DefaultPriceBook } from '../../pricing/default-book.js';
import type { Role } from '../../usage/event.js';
import { eventCosts } from '../../usage/event-cost.js';
import type { RawRecord, Source } from '../../usage/source.js';
import type { Io } from '../io.js';
import { warn } from '../say.js';
import type { Unpriced } from './entries.js';
import type { Reading } from './import-options.js';
import { eachInside } from './named-files.js';
import { type OpenedCandidate, openCandidate } from './planned-file.js';
import { callRecord } from './reconcile-record.js';
import { type BadRow, recordReader } from './record-reader.js';

export interface ReadRecording {
  readonly roles: ReadonlySet<Role>;
  readonly sources: ReadonlySet<string>;
  readonly records: readonly CallRecord[];
  readonly rejected: number;
}

/** What files are read with. */
export interface FileReading {
  readonly config: Config;
  readonly timeZone: string;
  readonly book: DefaultPriceBook;
  readonly nameOf: (model: string, provider: string) => string;
}

/** Bad rows that are told one by one. */
const MOST_TOLD = 10;

/** @throws whatever is wrong with the file; UNRECOGNISED */
export async function readRecordingFile(
  io: Io,
  side: Side,
  name: string,
  reading: FileReading,
): Promise<ReadRecording> {
  const how = readingFor(reading);
  const opened = await eachInside(io, name, { lengthsOf: () => [] }, (candidate) => openCandidate(candidate, how));
  const read = { roles: new Set<Role>(), sources: new Set<string>(), records: [] as CallRecord[], rejected: 0 };
  try {
    for (const file of opened) {
      if (file.recognised === null) continue;
      const role = roleOn(side, file.recognised.source);
      read.roles.add(role);
      read.sources.add(file.recognised.source.name);
      const bad = await readOne(io, file, { ...how, role }, reading, read.records);
      read.rejected += bad.length;
      tellBadRows(io, file.name, bad);
    }
  } finally {
    for (const { dispose } of opened) await dispose();
  }
  return read;
}

const readingFor = ({ config, timeZone }: FileReading): Reading => ({
  ...{ source: null, role: null, account: null, accounts: config.accounts },
  ...{ mapping: {}, timeZone, at: null, restate: false },
});

/** A source's own, which its costs depend on; of tokenhub's own columns, which anyone may write, the flag decides. */
const roleOn = (side: Side, { name, role }: Source): Role => (name === 'tokenhub' ? side : role);

async function readOne(
  io: Io,
  { path, name, opening, recognised }: OpenedCandidate,
  reading: Reading,
  { config, book, nameOf }: FileReading,
  records: CallRecord[],
): Promise<readonly BadRow[]> {
  const { source } = recognised!;
  const { size, mtimeMs } = await stat(path);
  const { units, rules, timeZone } = config;
  const task = { path, name, hashed: { sha256: '', bytes: size, mtimeMs }, opening, source, reading, config };
  const rows = recordReader({ ...task, rules: { units, rules, timeZone } }, source);
  const costOf = eventCosts(book, config.plans);
  const prepared = new Set<string>();
  const add = async ({ event, recording, unit }: Unpriced, attempt: number | null): Promise<void> => {
    if (event.charge !== 'usage') return;
    if (!prepared.has(event.provider)) await book.prepare(prepared.add(event.provider));
    records.push(callRecord({ event, recording, unit, computed: costOf(event, recording), attempt }, nameOf));
  };
  const tally = { read: 0, skipped: 0, rejects: [] as BadRow[] };
  const onNote = (text: string): void => warn(io, `${name}: ${text}`);
  for await (const batch of openRecords(path, { ...opening, kind: source.kind, onNote }))
    for (const record of batch) {
      const attempt = 'error' in record ? null : attemptOf(record);
      for (const entry of rows.read([record], () => tally)) await add(entry, attempt);
    }
  for (const entry of rows.buckets()) await add(entry, null);
  return tally.rejects;
}

/** The number in a column or member `attempt`, which is no field of usage; `null`: there is none. */
function attemptOf(record: RawRecord): number | null {
  const text = attemptText(record);
  return /^\d{1,6}$/.test(text) ? Number(text) : null;
}

function attemptText({ plain, row, value }: RawRecord): string {
  if (plain !== undefined) {
    const place = plain.columns.indexOf('attempt');
    return place === -1 ? '' : plain.cut(plain.starts[place]!, plain.ends[place]!).trim();
  }
  if (row !== undefined) return row.cells[row.columns.indexOf('attempt')] ?? '';
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'attempt')) return '';
  return String((value as { readonly attempt: unknown }).attempt);
}

function tellBadRows(io: Io, name: string, bad: readonly BadRow[]): void {
  for (const { line, field, reason, hint } of bad.slice(0, MOST_TOLD))
    warn(io, `${name}:${line}: ${field === null ? '' : `${field}: `}${reason}; ${hint}`);
  if (bad.length > MOST_TOLD) warn(io, `${name}: ${bad.length - MOST_TOLD} more bad rows`);
}
