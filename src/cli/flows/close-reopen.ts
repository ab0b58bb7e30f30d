import { correctionsTakenUp, periodNotClosed } from '../../errors/closings.js';
import { badOption } from '../../errors/command-line.js';
import { ExitCode, TokenhubError } from '../../errors/tokenhub-error.js';
import type { Closing } from '../../hub/closing/closing.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { reopenSheet } from '../../render/close-reopen-sheet.js';
import type { Io } from '../io.js';
import { checkWritable, present } from '../output.js';
import { type CloseOptions, periodNamed } from './close.js';
import { closedPeriods, frozenBy } from './closings.js';
import { takenUp } from './corrections.js';
import { envelope } from './envelope.js';
import { keepImportedFiles } from './imported-files.js';
import { loadSettings } from './settings.js';

/** Opens a closed period again; its closing stays listed, with the reason. */
export async function reopenFlow(io: Io, text: string, options: CloseOptions): Promise<ExitCode> {
  checkWritable(io, options);
  const reason = options.reason?.trim() ?? '';
  if (reason === '')
    throw badOption('--reopen', text, 'needs a reason', `say why: tokenhub close --reopen ${text} --reason "..."`);
  const { config, ledger: at } = await loadSettings(io, options);
  await using ledger = await openSqliteLedger({ path: at.path, mode: 'write' });
  await keepImportedFiles(io, options, ledger);
  await ledger.begin();
  const closed = await closedPeriods(ledger);
  const closing = closingNamed(text, closed, () => periodNamed(text, io.now(), config.timeZone).period);
  refuseTakenUp(closing, closed);
  if (!options.dryRun) await ledger.reopenClosing(closing.id, reason);
  await (options.dryRun ? ledger.rollback() : ledger.commit());
  const { period, hash } = closing;
  const body = { period, hash, reason, dryRun: options.dryRun ?? false };
  await present(io, options, {
    body: () => envelope('reopen', body),
    rows: () => [body],
    sheet: () => reopenSheet(body),
  });
  return ExitCode.ok;
}

/** @throws PERIOD_NOT_CLOSED */
function closingNamed(text: string, closed: readonly Closing[], named: () => string): Closing {
  const found =
    closed.find(({ period }) => period === text) ?? closed.find(({ period }) => period === nameOrNull(named));
  if (found !== undefined) return found;
  throw periodNotClosed(
    text,
    closed.map(({ period }) => period),
  );
}

/** `null`: it is no name of a period, as `2026-10-01..2026-10-12` is not. */
function nameOrNull(named: () => string): string | null {
  try {
    return named();
  } catch (error) {
    if (error instanceof TokenhubError) return null;
    throw error;
  }
}

/**
 * What a later period has taken up would be told twice. Of several that are damaged the last can be opened first.
 *
 * @throws CORRECTIONS_TAKEN_UP, CLOSING_DAMAGED
 */
function refuseTakenUp(closing: Closing, closed: readonly Closing[]): void {
  const later = closed.filter(({ id }) => id > closing.id).map(frozenBy);
  const taken = takenUp(closing, later)[0];
  if (taken !== undefined) throw correctionsTakenUp(closing.period, taken.by.period);
}
