/** Closed periods. */

import { ExitCode, TokenhubError } from './tokenhub-error.js';
import { quoted } from './wording.js';

/** `closed`: the closed period that the one asked for overlaps. */
export const periodClosed = (period: string, closed: string): TokenhubError =>
  new TokenhubError({
    code: 'PERIOD_CLOSED',
    message:
      period === closed ? `${period} is closed already` : `${period} has days of ${closed}, which is closed already`,
    hint: `see it: tokenhub close --list, or open it again: tokenhub close --reopen ${closed} --reason "..."`,
  });

/** `closed`: a closed period, whose zone is not that of the config. */
export const otherZone = (period: string, zone: string, closed: { period: string; timeZone: string }): TokenhubError =>
  new TokenhubError({
    code: 'CLOSING_ZONE',
    message: `${period} would be closed in days of ${zone}, but ${closed.period} is closed in days of ${closed.timeZone}: hours between them would be in no closed period, or in two`,
    hint: `put timeZone: ${closed.timeZone} into the config, or open what is closed again: tokenhub close --reopen ${closed.period} --reason "..."`,
  });

/** `closed`: periods that are. */
export const periodNotClosed = (period: string, closed: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'PERIOD_NOT_CLOSED',
    message: `${quoted(period)} is not closed`,
    hint: closed.length === 0 ? 'no period is; close one: tokenhub close 2026-10' : `closed: ${closed.join(', ')}`,
    place: { field: '--reopen' },
  });

export const damagedClosing = (period: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'CLOSING_DAMAGED',
    message: `the closing of ${period} is not as it was kept: ${why}`,
    hint: `restore the ledger from a backup, or close it anew: tokenhub close --reopen ${period} --reason "damaged"`,
    exitCode: ExitCode.noHonestAnswer,
    cause,
  });

/** `by`: a closed period whose figures hold corrections of the one to be opened. */
export const correctionsTakenUp = (period: string, by: string): TokenhubError =>
  new TokenhubError({
    code: 'CORRECTIONS_TAKEN_UP',
    message: `corrections of ${period} were taken up by ${by}, which is closed`,
    hint: `open that one first: tokenhub close --reopen ${by} --reason "..."`,
    place: { field: '--reopen' },
  });
