/** The closings of a ledger, and what they froze. */

import { createHash } from 'node:crypto';
import { damagedClosing } from '../../errors/closings.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import type { ClosedDays, Closing } from '../../hub/closing/closing.js';
import { type ClosingContent, readContent } from '../../hub/closing/closing-content.js';
import { closedWindow } from '../../ledger/closed-window.js';
import type { Ledger } from '../../ledger/ledger.js';
import { periodAfter } from '../../report/period-names.js';
import type { Window } from '../../report/query.js';

/** A closing and what it froze, as it was kept. */
export interface Frozen {
  readonly closing: Closing;
  readonly content: ClosingContent;
}

/** SHA-256 of a text, in hex. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * What a closing froze.
 *
 * @throws CLOSING_DAMAGED where it is not what its hash stands for, or its row says other days
 */
export function frozenBy(closing: Closing): Frozen {
  const { period, content: text, hash } = closing;
  if (hashOf(text) !== hash) throw damagedClosing(period, `its content does not have the hash ${hash.slice(0, 12)}`);
  const content = readContent(text, period);
  if (content.period !== period || !hasDays(closing, content))
    throw damagedClosing(period, `its content is of ${content.period}, ${content.firstDay} to ${content.lastDay}`);
  return { closing, content };
}

export const hasDays = (a: ClosedDays, b: ClosedDays): boolean =>
  a.firstDay === b.firstDay && a.lastDay === b.lastDay && a.timeZone === b.timeZone;

export const isClosed = ({ reopened }: Closing): boolean => reopened === null;

/** Closings in force, oldest first, damaged ones too. */
export const closedPeriods = async (ledger: Ledger): Promise<Closing[]> => (await ledger.closings()).filter(isClosed);

/**
 * Closings in force and what they froze, oldest first.
 *
 * @throws CLOSING_DAMAGED
 */
export const frozenPeriods = async (ledger: Ledger): Promise<Frozen[]> => (await closedPeriods(ledger)).map(frozenBy);

/** Closings in force whose days can be read, without a look at what they froze, and what is to be said of the others. */
export async function readablePeriods(
  ledger: Ledger,
): Promise<{ readonly closed: readonly ClosedPeriod[]; readonly damage: readonly string[] }> {
  const closed: ClosedPeriod[] = [];
  const damage: string[] = [];
  for (const closing of await closedPeriods(ledger)) {
    const window = unlessDamaged(
      () => closedWindow(closing),
      (text) => damage.push(text),
    );
    if (window !== null) closed.push({ ...closing, window });
  }
  return { closed, damage };
}

export interface ClosedPeriod extends Closing {
  readonly window: Window;
}

/** What is read of a closing; `null`: it is damaged, which is told. */
export function unlessDamaged<T>(read: () => T, tell: (text: string) => void): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TokenhubError) || error.code !== 'CLOSING_DAMAGED') throw error;
    tell(`${error.code}: ${error.message}; ${error.hint}`);
    return null;
  }
}

/**
 * What a period's closing froze; `null`: these days are not closed as one period.
 *
 * @throws CLOSING_DAMAGED, also of any other period where none has these days, as it may have had them
 */
export async function frozenPeriod(ledger: Ledger, days: ClosedDays): Promise<Frozen | null> {
  const closing = (await closedPeriods(ledger)).find((each) => hasDays(each, days));
  if (closing !== undefined) return frozenBy(closing);
  await frozenPeriods(ledger);
  return null;
}

/** Whether two periods share a day; closings in force are of one zone. */
export const overlap = (a: ClosedDays, b: ClosedDays): boolean => a.firstDay <= b.lastDay && b.firstDay <= a.lastDay;

/** The first period of the same kind after a closed one with no closed day: where its corrections show. */
export function openPeriodAfter(days: ClosedDays, closed: readonly ClosedDays[]): ClosedDays {
  const next = { ...periodAfter(days), timeZone: days.timeZone };
  return closed.some((each) => overlap(each, next)) ? openPeriodAfter(next, closed) : next;
}
