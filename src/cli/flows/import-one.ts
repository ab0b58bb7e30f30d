import { basename, join, resolve } from 'node:path';
import type { ImportRecord, ImportTally } from '../../ledger/ledger.js';
import { counted } from '../../render/counted.js';
import type { Source } from '../../usage/source.js';
import type { Io } from '../io.js';
import { say, warn } from '../say.js';
import { takeBackCut } from './cut-imports.js';
import { type ImportListener, importFile } from './import-file.js';
import type { ImportOptions } from './import-options.js';
import { type FileResult, type Importing, pricingOf } from './import-run.js';
import { findPast } from './past-import.js';
import type { PlannedFile } from './planned-file.js';
import type { ReadTask } from './read-entries.js';
import { regroupedText } from './regrouped-text.js';
import { warnUnread } from './unread-columns.js';

/** Bad rows named on standard error, per file. */
const REJECTS_SAID = 5;

/** Imports one planned file inside the open transaction, unless it is empty or was imported before. */
export async function importOne(importing: Importing, file: PlannedFile): Promise<FileResult> {
  const { io, ledger, history, progress } = importing;
  const { name, source, key, hashed, storedBytes } = file;
  const base = { ...NOTHING, path: name, sha256: hashed.sha256, source: source?.name ?? null, role: key?.role ?? null };
  progress.file(name, storedBytes);
  if (source === null || key === null) {
    warn(io, `${name}: is empty`);
    return base;
  }
  const past = await findPast(ledger, key, name, file.reading.accounts);
  if (past !== null && history.isWhole(past.id)) {
    progress.without(storedBytes);
    return { ...base, import: past.id, alreadyImported: true, rejectedBefore: history.rejectedIn(past) };
  }
  // The file was read on after an import that is gone: what that one brought must be read again, and with it the rest.
  if (past !== null) await ledger.undoImport(past.id, importing.assessor.assess);
  await takeBackCut(importing, file);
  const before = history.resumedAfter(name, { key, accounts: file.reading.accounts }, file.prefixes);
  if (before !== null) progress.without(before.bytes);
  warnUnread(io, name, file.unread);
  const rejectedBefore = before === null ? 0 : history.rejectedIn(before);
  return { ...base, ...(await importRecords(importing, file, source, key, before)), rejectedBefore };
}

type Imported = Omit<FileResult, 'path' | 'sha256' | 'source' | 'role' | 'alreadyImported' | 'rejectedBefore'>;

async function importRecords(
  importing: Importing,
  file: PlannedFile,
  source: Source,
  key: NonNullable<PlannedFile['key']>,
  before: ImportRecord | null,
): Promise<Imported> {
  const { io, options, ledger } = importing;
  const rejectsTo = options.dryRun ? null : rejectsPath(io, file.name, options);
  const { listener, finish } = listenerOf(importing, file.name, rejectsTo);
  const from = before === null ? undefined : { offset: before.bytes, line: before.endLine! };
  const task = taskOf(importing, file, source, from);
  const { tally, accounts, regrouped, totals, ...done } = await importFile(
    ledger,
    key,
    task,
    importing.assessor,
    importing.thread,
    listener,
  );
  importing.totals.push(totals);
  importing.seen.push(...accounts);
  finish();
  const mayBeBarren = before !== null || file.isAgentLog === true;
  const doubts = [
    ...doubtsAbout(tally, done, source, mayBeBarren),
    ...regrouped.map((each) => regroupedText(each, done.import)),
  ];
  for (const doubt of doubts) warn(io, `${file.name}: ${doubt}`);
  const account = [...new Set(accounts.map((each) => each.account))].sort().join(', ');
  return {
    ...done,
    ...tally,
    resumed: before === null ? null : { after: before.id, line: before.endLine! },
    account: account === '' ? null : account,
    rejects: tally.rejected > 0 ? rejectsTo : null,
  };
}

const taskOf = (
  { settings, rules }: Importing,
  { name, path, hashed, opening, reading }: PlannedFile,
  { name: source, kind }: Source,
  from: ReadTask['opening']['from'],
): ReadTask => ({
  ...{ name, path, hashed, reading, rules },
  opening: { ...opening, from },
  source: { name: source, kind },
  config: pricingOf(settings.config),
});

/** Says and lists what a file's reading tells; `finish` counts the bad rows that were not said. */
function listenerOf({ io, rejects, interruption, progress }: Importing, name: string, rejectsTo: string | null) {
  let said = 0;
  const listener: ImportListener = {
    onReject: ({ line, field, reason, hint }) => {
      if (rejectsTo !== null) rejects.write(rejectsTo, { file: name, line, field, reason, hint });
      if (said++ < REJECTS_SAID) say(io, `${name}:${line}: ${field === null ? '' : `${field}: `}${reason}; ${hint}`);
    },
    onNote: (text) => warn(io, `${name}: ${text}`),
    onProgress: (part) => {
      interruption.check();
      progress.add(part);
    },
  };
  const finish = (): void => {
    if (said > REJECTS_SAID) say(io, `${name}: ${said - REJECTS_SAID} more bad rows`);
  };
  return { listener, finish };
}

/** What went well by the rules and is still likely not what the user meant. */
function doubtsAbout(
  { read, skipped }: ImportTally,
  { reusedIds, shrunk }: Pick<FileResult, 'reusedIds' | 'shrunk'>,
  source: Source,
  mayBeBarren: boolean,
): string[] {
  const [records, reused] = [counted(BigInt(read), 'record'), counted(BigInt(reusedIds), 'record')];
  const isBarren = read > 0 && skipped === read && !mayBeBarren;
  return [
    ...(isBarren ? [`none of its ${records} holds usage; is ${source.name} its source?`] : []),
    ...(reusedIds > 0
      ? [
          `${reused} had the request id of another call (another model, or over a day apart) and merged with it; are the ids unique?`,
        ]
      : []),
    ...(shrunk > 0
      ? [`${counted(BigInt(shrunk), 'bucket')} shrank; import with --restate to take the smaller figures`]
      : []),
  ];
}

const NOTHING = {
  import: null,
  alreadyImported: false,
  rejectedBefore: 0,
  resumed: null,
  account: null,
  read: 0,
  added: 0,
  duplicate: 0,
  updated: 0,
  reusedIds: 0,
  shrunk: 0,
  skipped: 0,
  rejected: 0,
  rejects: null,
} as const;

const rejectsPath = (io: Io, name: string, { rejects }: ImportOptions): string =>
  rejects === undefined ? join(io.cwd, `${basename(name)}.rejects.jsonl`) : resolve(io.cwd, rejects);
