import { basename, join, resolve } from 'node:path';
import { ExitCode } from '../../errors.js';
import { wouldBeCommitted } from '../../files/ledger-path.js';
import { compileRules } from '../../hub/rules.js';
import { parseRules, type RuleBook } from '../../hub/rules-identity.js';
import type { ImportTally, Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { counted } from '../../render/counted.js';
import { type ImportBody, importSheet } from '../../render/import-sheet.js';
import { visible } from '../../render/visible.js';
import type { Source } from '../../usage/source.js';
import type { Io } from '../io.js';
import { outputFiles, outputTargets, present, refuseOverwriting } from '../output.js';
import { progressOn } from '../progress.js';
import { say, warn } from '../say.js';
import { accountDoubts } from './account-doubts.js';
import { envelope } from './envelope.js';
import { importFile } from './import-file.js';
import { type ImportOptions, type Reading, readingOf } from './import-options.js';
import { type PlannedFile, planImport } from './import-plan.js';
import { addTotals, type ImportTotals } from './import-totals.js';
import { findPast } from './past-import.js';
import { regroupedText } from './regrouped-text.js';
import { RejectsFiles } from './rejects-file.js';
import type { SeenAccount } from './seen-account.js';
import { hasRules, loadSettings, rulesOf, type Settings } from './settings.js';

type FileResult = ImportBody['files'][number];

/** Events after which a batch of whole files is committed. */
const BATCH_EVENTS = 100_000;

/** Bad rows named on standard error, per file. */
const REJECTS_SAID = 5;

export async function importFlow(io: Io, names: readonly string[], options: ImportOptions): Promise<ExitCode> {
  outputTargets(options);
  const settings = await loadSettings(io, options);
  const reading = readingOf(options, settings);
  const files = await planImport(io, names, reading);
  const rejects = new RejectsFiles();
  try {
    const inputs = files.map(({ path }) => path);
    refuseOverwriting(
      io,
      [...outputFiles(options), ...(options.rejects === undefined ? [] : [options.rejects])],
      inputs,
    );
    const body = await importAll({ io, options, settings, reading, files, rejects });
    await present(io, options, {
      body: () => envelope('import', body),
      rows: () => body.files,
      sheet: () => importSheet(body, { hasUnits: hasRules(settings.config) }),
    });
    const rejected = body.files.some((file) => file.rejected + file.rejectedBefore > 0);
    return rejected && options.onError !== 'skip' ? ExitCode.userError : ExitCode.ok;
  } finally {
    rejects.close();
    for (const { dispose } of files) await dispose();
  }
}

interface Work {
  readonly io: Io;
  readonly options: ImportOptions;
  readonly settings: Settings;
  readonly reading: Reading;
  readonly files: readonly PlannedFile[];
  readonly rejects: RejectsFiles;
}

async function importAll(work: Work): Promise<ImportBody> {
  const { io, options, settings, files } = work;
  await using ledger = await openForImport(io, settings, options);
  const gathered: Gathered = { totals: [], seen: [] };
  const results: FileResult[] = [];
  await ledger.begin();
  try {
    await ledger.keepTotalsIn(settings.config.timeZone);
    const rules = await rulesInForce(ledger, settings);
    let uncommitted = 0;
    for (const file of files) {
      const result = await importOne(ledger, file, work, rules, gathered);
      results.push(result);
      uncommitted += result.added + result.updated;
      if (uncommitted < BATCH_EVENTS || options.dryRun || options.onError === 'fail') continue;
      await ledger.commit();
      await ledger.begin();
      uncommitted = 0;
    }
    for (const doubt of await accountDoubts(ledger, gathered.seen, settings.config.timeZone)) warn(io, doubt);
    await finish(ledger, results, options);
  } catch (error) {
    await ledger.rollback();
    throw error;
  }
  return {
    dryRun: options.dryRun ?? false,
    ledgerKept: keeps(results, options),
    files: results,
    ...addTotals(gathered.totals),
  };
}

/** Commits, unless nothing is to be kept. */
async function finish(ledger: Ledger, results: readonly FileResult[], options: ImportOptions): Promise<void> {
  if (keeps(results, options)) await ledger.commit();
  else await ledger.rollback();
}

const keeps = (results: readonly FileResult[], { dryRun, onError }: ImportOptions): boolean =>
  !dryRun && !(onError === 'fail' && results.some(({ rejected }) => rejected > 0));

/** Opens the ledger, or makes it and says where; a dry run over no ledger works in memory. */
async function openForImport(io: Io, { ledger }: Settings, { dryRun }: ImportOptions): Promise<Ledger> {
  if (ledger.exists) return openSqliteLedger({ path: ledger.path, mode: 'write' });
  if (dryRun) return openSqliteLedger({ path: ':memory:', mode: 'create' });
  const made = await openSqliteLedger({ path: ledger.path, mode: 'create' });
  say(io, `created ledger ${ledger.path}`);
  if (wouldBeCommitted(ledger.path)) warn(io, `git would commit it: echo ${basename(ledger.path)} >> .gitignore`);
  return made;
}

/** The rules the ledger was assigned by; the first import takes those of the config. */
async function rulesInForce(ledger: Ledger, { config }: Settings): Promise<RuleBook> {
  const applied = await ledger.appliedRules();
  if (applied !== null) return parseRules(applied.json);
  await ledger.applyRules(rulesOf(config), config.timeZone, compileRules(config.rules));
  return { units: config.units, rules: config.rules, timeZone: config.timeZone };
}

/** What is told of all files together. */
interface Gathered {
  readonly totals: ImportTotals[];
  readonly seen: SeenAccount[];
}

async function importOne(
  ledger: Ledger,
  file: PlannedFile,
  { io, options, settings, reading, rejects }: Work,
  rules: RuleBook,
  { totals, seen }: Gathered,
): Promise<FileResult> {
  const { name, source, key, hashed } = file;
  const base = { ...NOTHING, path: name, sha256: hashed.sha256, source: source?.name ?? null, role: key?.role ?? null };
  if (source === null || key === null) {
    warn(io, `${name}: is empty`);
    return base;
  }
  const past = await findPast(ledger, key, name, reading.accounts);
  if (past !== null) return { ...base, import: past.id, alreadyImported: true, rejectedBefore: past.rejected };
  if (file.unread.length > 0) warn(io, `${name}: columns not read: ${file.unread.join(', ')}`);
  const rejectsTo = options.dryRun ? null : rejectsPath(io, name, options);
  const progress = progressOn(io);
  let said = 0;
  const { path, opening } = file;
  const task = { name, path, hashed, opening, source: { name: source.name, kind: source.kind }, reading, rules };
  const config = pricingOf(settings.config);
  const {
    tally,
    accounts,
    regrouped,
    totals: ofFile,
    ...done
  } = await importFile(
    ledger,
    key,
    { ...task, config },
    {
      onReject: ({ line, field, reason, hint }) => {
        if (rejectsTo !== null) rejects.write(rejectsTo, { file: name, line, field, reason, hint });
        if (said++ < REJECTS_SAID) say(io, `${name}:${line}: ${field === null ? '' : `${field}: `}${reason}; ${hint}`);
      },
      onNote: (text) => warn(io, `${name}: ${text}`),
      onProgress: (read) => progress.show(() => `${visible(name)}: ${read.toLocaleString('en-US')} records`),
    },
  );
  totals.push(ofFile);
  progress.clear();
  if (said > REJECTS_SAID) say(io, `${name}: ${said - REJECTS_SAID} more bad rows`);
  const doubts = [
    ...doubtsAbout(tally, done.reusedIds, source),
    ...regrouped.map((each) => regroupedText(each, done.import)),
  ];
  for (const doubt of doubts) warn(io, `${name}: ${doubt}`);
  seen.push(...accounts);
  const account = [...new Set(accounts.map((each) => each.account))].sort().join(', ');
  return {
    ...base,
    ...done,
    ...tally,
    account: account === '' ? null : account,
    rejects: tally.rejected > 0 ? rejectsTo : null,
  };
}

/** What of the config decides prices; plain data. */
const pricingOf = ({ prices, contracts, alibaba, plans }: Settings['config']) => ({
  prices,
  contracts,
  alibaba,
  plans,
});

/** What went well by the rules and is still likely not what the user meant. */
function doubtsAbout({ read, skipped }: ImportTally, reusedIds: number, source: Source): string[] {
  const [records, reused] = [counted(BigInt(read), 'record'), counted(BigInt(reusedIds), 'record')];
  return [
    ...(read > 0 && skipped === read ? [`none of its ${records} holds usage; is ${source.name} its source?`] : []),
    ...(reusedIds > 0
      ? [
          `${reused} had the request id of another call (another model, or over a day apart) and merged with it; are the ids unique?`,
        ]
      : []),
  ];
}

const NOTHING = {
  import: null,
  alreadyImported: false,
  rejectedBefore: 0,
  account: null,
  read: 0,
  added: 0,
  duplicate: 0,
  updated: 0,
  reusedIds: 0,
  skipped: 0,
  rejected: 0,
  rejects: null,
} as const;

const rejectsPath = (io: Io, name: string, { rejects }: ImportOptions): string =>
  rejects === undefined ? join(io.cwd, `${basename(name)}.rejects.jsonl`) : resolve(io.cwd, rejects);
