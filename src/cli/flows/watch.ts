/** `check --watch`: judges again when the config, or a file of a budget, changes. */

import { setTimeout as sleep } from 'node:timers/promises';
import { watchReadsNoPipe, watchWritesNothing } from '../../errors/command-line.js';
import { ExitCode, TokenhubError } from '../../errors/tokenhub-error.js';
import { FolderWatch } from '../../files/folder-watch.js';
import { reportError } from '../error-report.js';
import { interruptionOf } from '../interruption.js';
import type { Io } from '../io.js';
import { say } from '../say.js';
import type { CheckOptions } from './check-options.js';
import { changedFile, foldersToWatch, type Stamps, stampsOf, type WatchScope, watchScope } from './watch-scope.js';

/** Milliseconds that changes which belong together may take: an editor writes a file, renames it, and touches others. */
const TOGETHER = 100;

/** Ends by Ctrl-C alone. */
export async function watchFlow(io: Io, paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  if ((options.output ?? []).length > 0) throw watchWritesNothing('--output');
  if (options.updateBaseline) throw watchWritesNothing('--update-baseline');
  if (paths.includes('-')) throw watchReadsNoPipe();
  using interruption = interruptionOf(io);
  using watch = new FolderWatch();
  const { signal } = interruption;
  let scope = await watchScope(io, paths, options, null);
  for (let reason = 'first'; ; ) {
    watch.follow(await foldersToWatch(scope));
    const stamps = await stampsOf(scope);
    const exitCode = await judge(io, paths, options);
    say(io, `${toldRun(reason, exitCode)}; watching ${stamps.size} files, Ctrl-C ends`);
    const changed = await nextChange(watch, signal, scope, stamps);
    if (changed === null) return ExitCode.interrupted;
    reason = `after ${changed}`;
    scope = await watchScope(io, paths, options, scope);
  }
}

/** The check, whose errors are told and waited out: a config is often broken while it is being edited. */
async function judge(io: Io, paths: readonly string[], options: CheckOptions): Promise<ExitCode> {
  if (io.columns !== null) io.out(CLEARED);
  try {
    return await (await import('./check.js')).checkFlow(io, paths, options);
  } catch (error) {
    if (!(error instanceof TokenhubError)) throw error;
    return reportError(error, options.json || options.format === 'json' ? ['--json'] : [], io);
  }
}

/** Screen and scrollback, with the cursor at the top left. */
const CLEARED = '\u001b[2J\u001b[3J\u001b[H';

const toldRun = (reason: string, exitCode: ExitCode): string =>
  `${reason} run: ${exitCode === ExitCode.ok ? 'passed' : `exit code ${exitCode}`}`;

/** What changed, shown; `null`: nothing, and the wait was interrupted. */
async function nextChange(
  watch: FolderWatch,
  signal: AbortSignal,
  scope: WatchScope,
  before: Stamps,
): Promise<string | null> {
  for (;;) {
    await watch.changed(signal);
    if (signal.aborted) return null;
    await sleep(TOGETHER);
    watch.follow(await foldersToWatch(scope)); // before looking, so that nothing falls between the two
    const changed = changedFile(before, await stampsOf(scope));
    if (changed !== null) return changed;
  }
}
