/** `import --preview`: the first events of each file, priced; the ledger is asked at most which files are not to be written over. */

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ExitCode } from '../../errors/tokenhub-error.js';
import type { AgentLog } from '../../files/agent-logs.js';
import { openRecords } from '../../files/records.js';
import type { DefaultPriceBook } from '../../pricing/default-book.js';
import { type PreviewBody, type PreviewEvent, previewSheet } from '../../render/preview-sheet.js';
import { type EventCost, eventCosts } from '../../usage/event-cost.js';
import type { Io } from '../io.js';
import { outputFiles, present, refuseOverwriting } from '../output.js';
import { warn } from '../say.js';
import { agentLogs, leaveOut, readingOfLog, refuseOther } from './agent-logs.js';
import type { Unpriced } from './entries.js';
import { envelope } from './envelope.js';
import { type ImportOptions, type Reading, readingOf } from './import-options.js';
import { notNamed } from './import-plan.js';
import { keepFilesOfLedger } from './imported-files.js';
import { eachInside, expandNames } from './named-files.js';
import { openPriceBook } from './open-price-book.js';
import { type OpenedCandidate, openCandidate } from './planned-file.js';
import { previewEvent } from './preview-event.js';
import { type RecordTally, recordReader } from './record-reader.js';
import { loadSettings } from './settings.js';
import { warnUnread } from './unread-columns.js';

/** Events and bad rows shown of each file. */
const USUAL = 10;
/** Records read at most, where few hold usage. */
const MOST_RECORDS = 10_000;

type PreviewFile = PreviewBody['files'][number];

export async function previewFlow(io: Io, typed: readonly string[], options: ImportOptions): Promise<ExitCode> {
  const settings = await loadSettings(io, options);
  const reading = readingOf(options, settings);
  const names = await expandNames(typed, io.cwd);
  const logs = options.agents ? agentLogs(io, { hasFiles: names.length > 0, source: reading.source }) : [];
  const inputs = [...names.map((name) => resolve(io.cwd, name)), ...logs.map(({ path }) => path)];
  refuseOverwriting(io, outputFiles(io, options), inputs);
  await keepFilesOfLedger(io, options, settings.ledger);
  const { units, rules, timeZone } = settings.config;
  const book = await openPriceBook(settings.config);
  const preview: Preview = {
    limit: options.preview === true || options.preview === undefined ? USUAL : options.preview,
    rules: { units, rules, timeZone },
    book,
    costOf: eventCosts(book, settings.config.plans),
    config: settings.config,
  };
  const files: PreviewFile[] = [];
  let isPartial = false;
  for (const name of names) files.push(...(await previewNamed(io, { name, reading, log: null }, preview)));
  for (const log of notNamed(io, logs, names)) {
    try {
      const asked = { name: log.path, reading: readingOfLog(log, reading), log };
      files.push(...(await previewNamed(io, asked, preview)));
    } catch (error) {
      leaveOut(io, log, error);
      isPartial = true;
    }
  }
  const body = { files };
  await present(io, options, {
    body: () => envelope('preview', body),
    rows: () => files.flatMap(({ path, source, events }) => events.map((event) => ({ path, source, ...event }))),
    sheet: () => previewSheet(body),
  });
  const isBad = isPartial || files.some(({ rejects }) => rejects.length > 0);
  return isBad && options.onError !== 'skip' ? ExitCode.userError : ExitCode.ok;
}

interface Preview {
  readonly limit: number;
  readonly rules: Parameters<typeof recordReader>[0]['rules'];
  readonly book: DefaultPriceBook;
  readonly costOf: EventCost;
  readonly config: Parameters<typeof recordReader>[0]['config'];
}

interface Asked {
  readonly name: string;
  readonly reading: Reading;
  /** `null`: the file was named. */
  readonly log: AgentLog | null;
}

async function previewNamed(io: Io, { name, reading, log }: Asked, preview: Preview): Promise<readonly PreviewFile[]> {
  const opened = await eachInside(io, name, { lengthsOf: () => [] }, (candidate) => openCandidate(candidate, reading));
  try {
    const files: PreviewFile[] = [];
    if (log !== null) for (const { recognised } of opened) refuseOther(log, recognised?.source ?? null);
    for (const file of opened) files.push(await previewFile(io, file, reading, preview));
    return files;
  } finally {
    for (const { dispose } of opened) await dispose();
  }
}

async function previewFile(io: Io, file: OpenedCandidate, reading: Reading, preview: Preview): Promise<PreviewFile> {
  warnUnread(io, file.name, file.recognised?.unread ?? []);
  const source = file.recognised?.source ?? null;
  const { read, skipped, entries, rejects } = await firstEntries(io, file, reading, preview);
  const events: PreviewEvent[] = [];
  for (const entry of entries.slice(0, preview.limit)) {
    await preview.book.prepare([entry.event.provider]);
    events.push(previewEvent(entry, preview.costOf(entry.event, entry.recording)));
  }
  return {
    path: file.name,
    source: source?.name ?? null,
    role: source === null ? null : (reading.role ?? source.role),
    ...{ read, skipped, events },
    rejects: rejects.slice(0, preview.limit).map(({ line, field, reason, hint }) => ({ line, field, reason, hint })),
  };
}

interface First extends RecordTally {
  readonly entries: Unpriced[];
}

/** Reads record by record until there are enough events; rows of one bucket are summed as far as they were read. */
async function firstEntries(
  io: Io,
  { path, name, opening, recognised }: OpenedCandidate,
  reading: Reading,
  { limit, rules, config }: Preview,
): Promise<First> {
  const first: First = { read: 0, skipped: 0, entries: [], rejects: [] };
  if (recognised === null) return first;
  const { size, mtimeMs } = await stat(path);
  const { source } = recognised;
  const hashed = { sha256: '', bytes: size, mtimeMs };
  const rows = recordReader({ path, name, hashed, opening, source, reading, rules, config }, source);
  const onNote = (text: string): void => warn(io, `${name}: ${text}`);
  let buckets = 0;
  const seen = (): number => first.entries.length + first.skipped + first.rejects.length;
  const isEnough = (): boolean =>
    first.entries.length + buckets >= limit || first.rejects.length >= limit || first.read >= MOST_RECORDS;
  for await (const batch of openRecords(path, { ...opening, kind: source.kind, onNote })) {
    for (const record of batch) {
      const before = seen();
      first.entries.push(...rows.read([record], () => first));
      if (seen() === before) buckets += 1;
      if (isEnough()) break;
    }
    if (isEnough()) break;
  }
  first.entries.push(...rows.buckets());
  return first;
}
