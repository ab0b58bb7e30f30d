/** What changed in closed periods since they were closed, and where it shows. */

import { TokenhubError } from '../../errors/tokenhub-error.js';
import type { ClosedDays, Closing } from '../../hub/closing/closing.js';
import type { CorrectionCause, ImportRef, PeriodCorrections } from '../../hub/closing/closing-content.js';
import { type CorrectionLine, correctionsOf, lessBooked } from '../../hub/closing/correction.js';
import type { ImportRecord, Ledger } from '../../ledger/ledger.js';
import { counted } from '../../render/counted.js';
import { windowBetween } from '../../report/period.js';
import { periodName } from '../../report/period-names.js';
import type { Window } from '../../report/query.js';
import { closedPeriods, type Frozen, frozenBy, frozenPeriod, hasDays, openPeriodAfter } from './closings.js';
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
  const closed = await closedPeriods(ledger);
  const of: PeriodCorrections[] = [];
  for (const closing of closed)
    if (hasDays(openPeriodAfter(closing, closed), days)) of.push(await pendingCorrections(ledger, closing, closed));
  return of.filter(({ lines }) => lines.length > 0);
}

/**
 * What is different in a closed period and was not yet taken up by one closed later. Only imports and their undoing change
 * it, so that without either nothing is added up.
 *
 * @throws CLOSING_DAMAGED
 */
export async function pendingCorrections(
  ledger: Ledger,
  closing: Closing,
  closed: readonly Closing[],
): Promise<PeriodCorrections> {
  const { content } = frozenBy(closing);
  const window = windowBetween(closing);
  const cause = causeOf(content.imports, await reachingInto(ledger, window));
  const booked = bookedFor(closing, closed.filter(({ id }) => id !== closing.id).map(frozenBy));
  const isUntouched = cause.added.length + cause.removed.length + booked.length === 0;
  const changes = isUntouched ? [] : correctionsOf(content.lines, await periodLines(ledger, window, 'auto'));
  return { closing: closing.id, period: closing.period, cause, lines: lessBooked(changes, booked) };
}

const bookedFor = ({ id }: Closing, others: readonly Frozen[]): CorrectionLine[] =>
  others.flatMap(({ content }) =>
    content.corrections.filter(({ closing }) => closing === id).flatMap(({ lines }) => lines),
  );

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
export const shownIn = (closing: Closing, closed: readonly Closing[]): string =>
  periodName(openPeriodAfter(closing, closed));

/** What a report must say of the closed periods it has days of; none where nothing changed in them. */
export async function correctionWarnings(ledger: Ledger, window: Window): Promise<string[]> {
  const closed = await closedPeriods(ledger);
  const warnings: string[] = [];
  for (const closing of closed.filter((each) => touches(window, windowBetween(each)))) {
    const warning = await correctionWarning(ledger, closing, closed);
    if (warning !== null) warnings.push(warning);
  }
  return warnings;
}

/** Of a report, whose figures rest on no closing, one that is damaged is no failure. */
async function correctionWarning(ledger: Ledger, closing: Closing, closed: readonly Closing[]): Promise<string | null> {
  try {
    const { period, lines } = await pendingCorrections(ledger, closing, closed);
    const number = counted(BigInt(lines.length), 'correction line');
    return lines.length === 0
      ? null
      : `${period} is closed and has changed since: ${number}, to be shown in ${shownIn(closing, closed)}; figures here are those of today: see tokenhub close --list`;
  } catch (error) {
    if (error instanceof TokenhubError && error.code === 'CLOSING_DAMAGED') return `${error.message}; ${error.hint}`;
    throw error;
  }
}

const touches = (window: Window, closed: Window): boolean =>
  (window.to === null || closed.from! < window.to) && (window.from === null || closed.to! > window.from);
