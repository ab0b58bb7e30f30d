/** What changed in closed periods since they were closed, and where it shows. */

import type { ClosedDays, Closing } from '../../hub/closing/closing.js';
import type { CorrectionCause, ImportRef, PeriodCorrections } from '../../hub/closing/closing-content.js';
import { type CorrectionLine, correctionsOf, lessBooked } from '../../hub/closing/correction.js';
import { closedWindow } from '../../ledger/closed-window.js';
import type { ImportRecord, Ledger } from '../../ledger/ledger.js';
import { counted } from '../../render/counted.js';
import { periodName } from '../../report/period-names.js';
import type { Window } from '../../report/query.js';
import {
  type Frozen,
  frozenBy,
  frozenPeriod,
  frozenPeriods,
  hasDays,
  openPeriodAfter,
  readablePeriods,
  unlessDamaged,
} from './closings.js';
import { periodLines } from './period-lines.js';

/**
 * Corrections that show in a period, by the closed period they correct: those it took up when it was closed itself; else
 * what is pending. Ask in a snapshot.
 *
 * @throws CLOSING_DAMAGED
 */
export async function correctionsIn(ledger: Ledger, days: ClosedDays): Promise<readonly PeriodCorrections[]> {
  const frozen = await frozenPeriod(ledger, days);
  if (frozen !== null) return frozen.content.corrections;
  const closed = await frozenPeriods(ledger);
  const closings = closed.map(({ closing }) => closing);
  const of: PeriodCorrections[] = [];
  for (const each of closed)
    if (hasDays(openPeriodAfter(each.closing, closings), days)) of.push(await pendingCorrections(ledger, each, closed));
  return of.filter(({ lines }) => lines.length > 0);
}

/**
 * What is different in a closed period and was not yet taken up by one closed later. Only imports and their undoing change
 * it, so that without either, and with nothing taken up, nothing is added up. Its cause is what those have not told.
 */
export async function pendingCorrections(
  ledger: Ledger,
  frozen: Frozen,
  closed: readonly Frozen[],
): Promise<PeriodCorrections> {
  const { id, period } = frozen.closing;
  const told = takenUp(frozen.closing, closed).map(({ corrections }) => corrections);
  const booked = told.flatMap(({ lines }) => lines);
  const cause = causeOf(importsTold(frozen, told), await reachingInto(ledger, closedWindow(frozen.closing)));
  const lines = isNone(cause) && booked.length === 0 ? [] : await changesIn(ledger, frozen);
  return { closing: id, period, cause, lines: lessBooked(lines, booked) };
}

/** Corrections of a closed period that others took up, each with the one that did, oldest first. */
export const takenUp = (
  { id }: Closing,
  closed: readonly Frozen[],
): { readonly by: Closing; readonly corrections: PeriodCorrections }[] =>
  closed.flatMap(({ closing: by, content }) =>
    content.corrections.filter(({ closing }) => closing === id).map((corrections) => ({ by, corrections })),
  );

/** Imports that are in the frozen lines or in corrections taken up. */
function importsTold({ content }: Frozen, told: readonly PeriodCorrections[]): ImportRef[] {
  const gone = new Set(told.flatMap(({ cause }) => cause.removed.map(({ id }) => id)));
  return [...content.imports, ...told.flatMap(({ cause }) => cause.added)].filter(({ id }) => !gone.has(id));
}

const isNone = ({ added, removed }: CorrectionCause): boolean => added.length + removed.length === 0;

/** What is different in a closed period, taken up or not. */
const changesIn = async (ledger: Ledger, { closing, content }: Frozen): Promise<CorrectionLine[]> =>
  correctionsOf(content.lines, await periodLines(ledger, closedWindow(closing), 'auto'));

function causeOf(then: readonly ImportRef[], now: readonly ImportRef[]): CorrectionCause {
  const lacksIn = (refs: readonly ImportRef[]) => {
    const ids = new Set(refs.map(({ id }) => id));
    return ({ id }: ImportRef) => !ids.has(id);
  };
  return { added: now.filter(lacksIn(then)), removed: then.filter(lacksIn(now)) };
}

/** Imports that brought something to a window, or may have changed something there. */
export async function reachingInto(ledger: Ledger, window: Window): Promise<ImportRef[]> {
  const imports = await ledger.imports();
  const near = imports.filter((each) => reaches(each, window, ZONES_APART_MS) && !reaches(each, window, 0));
  const ids = near.map(({ id }) => id);
  const byDate = new Set(ids.length === 0 ? [] : await ledger.bucketImports(ids, window));
  return imports
    .filter((each) => reaches(each, window, 0) || byDate.has(each.id))
    .map(({ id, path, sha256 }) => ({ id, path, sha256 }));
}

/** Whether an import has records in a window, or no further from it than `slack`, in ms. */
export const reaches = ({ from, to }: ImportRecord, window: Window, slack: number): boolean =>
  from !== null && to !== null && to >= window.from! - slack && from < window.to! + slack;

/** A daily bucket goes by its date, which begins at another instant in another zone, 26 hours apart at most. */
const ZONES_APART_MS = 26 * 3_600_000;

/** Name of the period in which the corrections of a closed one show. */
export const shownIn = (closing: ClosedDays, closed: readonly ClosedDays[]): string =>
  periodName(openPeriodAfter(closing, closed));

/** What a report must say of the closed periods it has days of; none where nothing changed in them. */
export async function correctionWarnings(ledger: Ledger, window: Window): Promise<string[]> {
  const { closed, damage } = await readablePeriods(ledger);
  const warnings = [...damage];
  for (const closing of closed.filter((each) => touches(window, each.window))) {
    const frozen = unlessDamaged(
      () => frozenBy(closing),
      (text) => warnings.push(text),
    );
    if (frozen === null) continue;
    const cause = causeOf(frozen.content.imports, await reachingInto(ledger, closing.window));
    const lines = isNone(cause) ? [] : await changesIn(ledger, frozen);
    if (lines.length > 0) warnings.push(changedText(frozen, lines, closed));
  }
  return warnings;
}

/** That a closed period is not what it was, and where the difference is told; of others those that are intact are asked. */
function changedText({ closing }: Frozen, changes: readonly CorrectionLine[], closed: readonly Closing[]): string {
  const intact = closed.flatMap(
    (each) =>
      unlessDamaged(
        () => frozenBy(each),
        () => {},
      ) ?? [],
  );
  const shown = takenUp(closing, intact);
  const pending = lessBooked(
    changes,
    shown.flatMap(({ corrections }) => corrections.lines),
  );
  const parts = [
    ...shown.map(({ by, corrections }) => `${linesText(corrections.lines)} shown in statement ${by.period}`),
    ...(pending.length === 0 ? [] : [`${linesText(pending)}, to be shown in ${shownIn(closing, closed)}`]),
  ];
  return `${closing.period} is closed and has changed since: ${parts.join('; ')}; figures here are those of today: see tokenhub close --list`;
}

const linesText = (lines: readonly CorrectionLine[]): string => counted(BigInt(lines.length), 'correction line');

const touches = (window: Window, closed: Window): boolean =>
  (window.to === null || closed.from! < window.to) && (window.from === null || closed.to! > window.from);
