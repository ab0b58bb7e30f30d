import { ExitCode, TokenhubError } from '../../errors/tokenhub-error.js';
import type { Closing } from '../../hub/closing/closing.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { correctionsBody } from '../../render/close-body.js';
import { type ClosingBody, closingsSheet } from '../../render/closings-sheet.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import { warn } from '../say.js';
import type { CloseOptions } from './close.js';
import { frozenBy, isClosed } from './closings.js';
import { pendingCorrections, shownIn } from './corrections.js';
import { envelope } from './envelope.js';
import { keepImportedFiles } from './imported-files.js';
import { loadSettings } from './settings.js';

/** Lists every closing, reopened ones too; exit 3 when one is not as it was kept. */
export async function listFlow(io: Io, options: CloseOptions): Promise<ExitCode> {
  outputTargets(options);
  const { ledger: at } = await loadSettings(io, options);
  await using ledger = await openSqliteLedger({ path: at.path, mode: 'read' });
  await keepImportedFiles(io, options, ledger);
  const closings = await ledger.snapshot(() => listed(io, ledger));
  await present(io, options, {
    body: () => envelope('closings', { closings }),
    rows: () => closings,
    sheet: () => closingsSheet(closings),
  });
  return closings.some(({ state }) => state === 'damaged') ? ExitCode.noHonestAnswer : ExitCode.ok;
}

async function listed(io: Io, ledger: Ledger): Promise<ClosingBody[]> {
  const all = await ledger.closings();
  const damaged = new Set<Closing>();
  for (const closing of all)
    if (!isIntact(closing, (error) => warn(io, `${error.code}: ${error.message}; ${error.hint}`))) damaged.add(closing);
  const closed = all.filter((closing) => isClosed(closing) && !damaged.has(closing));
  const bodies: ClosingBody[] = [];
  for (const closing of all) {
    const { period, firstDay, lastDay, timeZone: tz, hash, note, reopened: reason } = closing;
    const state = damaged.has(closing) ? 'damaged' : isClosed(closing) ? 'closed' : 'reopened';
    const content = state === 'damaged' ? null : frozenBy(closing).content;
    bodies.push({
      ...{
        period,
        firstDay,
        lastDay,
        tz,
        state,
        hash,
        closedAt: new Date(closing.closedAt).toISOString(),
        note,
        reason,
      },
      lines: content === null ? null : content.lines.length,
      accepted: content?.accepted.map(({ check }) => check).filter((check, i, each) => each.indexOf(check) === i) ?? [],
      pending:
        state !== 'closed'
          ? null
          : {
              ...correctionsBody(await pendingCorrections(ledger, closing, closed)),
              shownIn: shownIn(closing, closed),
            },
    });
  }
  return bodies;
}

function isIntact(closing: Closing, tell: (error: TokenhubError) => void): boolean {
  try {
    frozenBy(closing);
    return true;
  } catch (error) {
    if (!(error instanceof TokenhubError)) throw error;
    tell(error);
    return false;
  }
}
