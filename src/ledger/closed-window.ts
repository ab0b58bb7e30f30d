import { damagedClosing } from '../errors/closings.js';
import { quoted } from '../errors/wording.js';
import type { ClosedDays } from '../hub/closing/closing.js';
import { windowBetween } from '../report/period.js';
import type { Window } from '../report/query.js';

/**
 * The window of a closed period.
 *
 * @throws CLOSING_DAMAGED where its days or zone are none
 */
export function closedWindow(closing: ClosedDays & { readonly period: string }): Window {
  try {
    return windowBetween(closing);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const { firstDay, lastDay, timeZone } = closing;
    throw damagedClosing(closing.period, `${firstDay} to ${lastDay} of ${quoted(timeZone)} are no days`, cause);
  }
}
