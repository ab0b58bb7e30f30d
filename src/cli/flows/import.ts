import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { usageError } from '../../errors/command-line.js';
import { ExitCode, TokenhubError } from '../../errors/tokenhub-error.js';
import type { AgentLog } from '../../files/agent-logs.js';
import { counted } from '../../render/counted.js';
import { type ImportBody, importSheet } from '../../render/import-sheet.js';
import { importProgress } from '../import-progress.js';
import { interruptionOf } from '../interruption.js';
import type { Io } from '../io.js';
import { checkWritable, outputFiles, present, refuseOverwriting } from '../output.js';
import { say } from '../say.js';
import { agentLogs, leaveOut } from './agent-logs.js';
import { envelope } from './envelope.js';
import { importHistory } from './import-history.js';
import { importLedger } from './import-ledger.js';
import { type ImportOptions, readingOf } from './import-options.js';
import { notNamed, planAgentLogs, planImport } from './import-plan.js';
import { importFiles, pricingOf, type Run } from './import-run.js';
import { importThread } from './import-thread.js';
import { keepImportedFiles } from './imported-files.js';
import { expandNames } from './named-files.js';
import type { PlannedFile, PlanWatch } from './planned-file.js';
import { RejectsFiles } from './rejects-file.js';
import { hasRules, loadSettings } from './settings.js';

export async function importFlow(io: Io, names: readonly string[], options: ImportOptions): Promise<ExitCode> {
  checkWritable(io, options);
  if (names.length === 0 && !options.agents) throw usageError("missing required argument 'files'", 'import ');
  if (options.preview !== undefined) return (await import('./import-preview.js')).previewFlow(io, names, options);
  const settings = await loadSettings(io, options);
  const reading = readingOf(options, settings);
  using interruption = interruptionOf(io);
  await using access = importLedger(io, settings, options, interruption);
  await using thread = importThread(pricingOf(settings.config));
  const progress = importProgress(io);
  const run: Run = {
    io,
    options,
    settings,
    access,
    thread,
    interruption,
    progress,
    rejects: new RejectsFiles(),
    kept: { files: 0 },
  };
  try {
    const { body, isPartial } = await importNamed(run, names, reading);
    progress.clear();
    await present(io, options, {
      body: () => envelope('import', body),
      rows: () => body.files,
      sheet: () => importSheet(body, { hasUnits: hasRules(settings.config) }),
    });
    const rejected = isPartial || body.files.some((file) => file.rejected + file.rejectedBefore > 0);
    return rejected && options.onError !== 'skip' ? ExitCode.userError : ExitCode.ok;
  } catch (error) {
    if (!(error instanceof TokenhubError) || error.exitCode !== ExitCode.interrupted) throw error;
    say(io, `interrupted: ${whatIsKept(run)}`);
    return ExitCode.interrupted;
  } finally {
    progress.clear();
    run.rejects.close();
  }
}

const whatIsKept = ({ kept }: Run): string =>
  kept.files === 0
    ? 'the ledger is as it was before'
    : `${counted(BigInt(kept.files), 'file')} had been imported whole and stay; of the others the ledger holds nothing`;

interface Done {
  readonly body: ImportBody;
  /** A log of an agent could not be read. */
  readonly isPartial: boolean;
}

async function importNamed(run: Run, typed: readonly string[], reading: PlannedFile['reading']): Promise<Done> {
  const { io, options, access, interruption, progress } = run;
  const names = await expandNames(typed, io.cwd);
  const logs = options.agents ? agentLogs(io, { hasFiles: names.length > 0, source: reading.source }) : [];
  const past = await access.past();
  await keepImportedFiles(io, options, { imports: async () => past });
  const { lengthsOf } = importHistory(past);
  for (const name of names) {
    const bytes = sizeOf(resolve(io.cwd, name));
    if (!lengthsOf(name).includes(bytes)) run.thread.prepare(bytes);
  }
  progress.start('checking', sizeOfAll(io, names, logs));
  const watch: PlanWatch = {
    lengthsOf,
    signal: interruption.signal,
    onFile: (name) => progress.file(name, null),
    onRead: (bytes) => {
      interruption.check();
      progress.add({ bytes, read: 0 });
    },
  };
  const files = await planImport(io, names, reading, watch);
  let isPartial = false;
  try {
    const left = notNamed(io, logs, names);
    files.push(
      ...(await planAgentLogs(io, left, reading, watch, (log, error) => {
        leaveOut(io, log, error);
        isPartial = true;
      })),
    );
    progress.clear();
    const written = [...outputFiles(io, options), ...(options.rejects === undefined ? [] : [options.rejects])];
    refuseOverwriting(io, written, [...pathsOf(io, names), ...files.map(({ path }) => path)]);
    return { body: await importFiles(run, files), isPartial };
  } finally {
    for (const { dispose } of files) await dispose();
  }
}

const pathsOf = (io: Io, names: readonly string[]): string[] =>
  names.filter((name) => name !== '-').map((name) => resolve(io.cwd, name));

/** Bytes of all files, for a terminal alone. */
function sizeOfAll(io: Io, names: readonly string[], logs: readonly AgentLog[]): number {
  if (io.progress === null) return 0;
  const paths = [...pathsOf(io, names), ...logs.map(({ path }) => path)];
  return paths.reduce((sum, path) => sum + sizeOf(path), 0);
}

/** 0 for what cannot be looked at, which is said when it is read. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
