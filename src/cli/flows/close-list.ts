import { ExitCode } from '../../errors/tokenhub-error.js';
import type { Closing } from '../../hub/closing/closing.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { correctionsBody } from '../../render/close-body.js';
import { type ClosingBody, closingsSheet } from '../../render/closings-sheet.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import { warn } from '../say.js';
import type { CloseOptions } from './close.js';
import { type Frozen, frozenBy, isClosed, unlessDamaged } from './closings.js';
import { pendingCorrections, shownIn, takenUp } from './corrections.js';
import { envelope } from './envelope.js';
import { keepImportedFiles } from './imported-files.js';
import { loadSettings } from './settings.js';

/** Lists every closing, reopened ones too; exit 3 when one in force is not as it was kept. */
export async function listFlow(io: Io, options: CloseOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const { ledger: at } = await loadSettings(io, options);
  await using ledger = await openSqliteLedger({ path: at.path, mode: 'read' });
  await keepImportedFiles(io, options, ledger);
  const closings = await ledger.snapshot(() => listed(io, ledger));
  await present(io, options, {
    body: () => envelope('closings', { closings }),
    rows: () => closings,
    sheet: () => closingsSheet(closings),
  });
  return closings.some(({ state, reason }) => state === 'damaged' && reason === null)
    ? ExitCode.noHonestAnswer
    : ExitCode.ok;
}

async function listed(io: Io, ledger: Ledger): Promise<ClosingBody[]> {
  const all = (await ledger.closings()).map((closing) => ({ closing, frozen: frozenOrTold(io, closing) }));
  const closed = all.flatMap(({ closing, frozen }) => (frozen !== null && isClosed(closing) ? [frozen] : []));
  const bodies: ClosingBody[] = [];
  for (const { closing, frozen } of all)
    bodies.push({
      ...rowOf(closing),
      ...contentOf(frozen),
      ...(frozen === null || !isClosed(closing) ? NO_CHANGES : await changesOf(ledger, frozen, closed)),
    });
  return bodies;
}

/** `null`: it is damaged, which is told of a closing in force, as nothing rests on others. */
const frozenOrTold = (io: Io, closing: Closing): Frozen | null =>
  unlessDamaged(
    () => frozenBy(closing),
    (text) => isClosed(closing) && warn(io, text),
  );

const rowOf = ({ period, firstDay, lastDay, timeZone: tz, hash, closedAt, note, reopened: reason }: Closing) => ({
  ...{ period, firstDay, lastDay, tz, hash, note, reason },
  closedAt: new Date(closedAt).toISOString(),
});

function contentOf(frozen: Frozen | null): Pick<ClosingBody, 'state' | 'lines' | 'accepted' | 'corrections'> {
  if (frozen === null) return { state: 'damaged', lines: null, accepted: [], corrections: [] };
  const { closing, content } = frozen;
  return {
    state: isClosed(closing) ? 'closed' : 'reopened',
    lines: content.lines.length,
    accepted: [...new Set(content.accepted.map(({ check }) => check))],
    corrections: content.corrections.map(correctionsBody),
  };
}

const NO_CHANGES = { pending: null, takenUp: [] };

async function changesOf(
  ledger: Ledger,
  frozen: Frozen,
  closed: readonly Frozen[],
): Promise<Pick<ClosingBody, 'pending' | 'takenUp'>> {
  const closings = closed.map(({ closing }) => closing);
  const pending = correctionsBody(await pendingCorrections(ledger, frozen, closed));
  return {
    pending: { ...pending, shownIn: shownIn(frozen.closing, closings) },
    takenUp: takenUp(frozen.closing, closed).map(({ by, corrections }) => {
      const { cause, lines, cost } = correctionsBody(corrections);
      return { in: by.period, cause, lines, cost };
    }),
  };
}
