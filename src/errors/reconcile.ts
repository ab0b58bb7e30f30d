/** Recordings to compare. */

import { ExitCode, TokenhubError } from './tokenhub-error.js';

/** @param given  the flags typed: one or none of the three */
export const tooFewRecordings = (given: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'TOO_FEW_RECORDINGS',
    message: `two or three recordings are compared, and ${given.length === 0 ? 'none' : `only ${given[0]}`} is given`,
    hint: `add ${['--app', '--gateway', '--bill'].filter((flag) => !given.includes(flag)).join(' or ')}, each a file or ledger:<role or source>, as in: tokenhub reconcile --app app.csv --bill ledger:bill`,
  });

export const sameRecording = (first: string, second: string): TokenhubError =>
  new TokenhubError({
    code: 'SAME_RECORDING',
    message: `${first} and ${second} are the same recording, which differs in nothing from itself`,
    hint: 'name the other recording of the same tokens: the log of the gateway, or the bill',
    place: { field: second },
  });

/** First and last day `YYYY-MM-DD` of a recording. */
export interface Held {
  readonly first: string;
  readonly last: string;
}

export const nothingInPeriod = (flag: string, name: string, { first, last }: Held): TokenhubError =>
  nothingToReconcile(
    flag,
    `nothing of ${name} is in the period`,
    `it holds ${first === last ? first : `${first} to ${last}`}: ask for days of these, or leave the period out`,
  );

/** @param why  lower case: what was looked for and not found */
export const nothingToReconcile = (flag: string, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'NOTHING_TO_RECONCILE', message: why, hint, place: { field: flag } });

/** @param spans  `--app: 2026-10-01T15:00Z to 2026-10-01T17:00Z`, of each */
export const noCommonTime = (spans: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'NO_COMMON_TIME',
    message: `the recordings have no time in common: ${spans.join('; ')}`,
    hint: 'export all of them for one period',
  });

/** A threshold in a currency that two of the recordings do not both have. */
export const noSuchMoney = (currency: string, sides: string): TokenhubError =>
  new TokenhubError({
    code: 'NO_SUCH_MONEY',
    message: `${sides} do not both have a cost in ${currency}, so it cannot be judged`,
    hint: 'give the threshold in tokens or as a share, or set alibaba.region or prices in the config so that computed costs are in the currency of the bill',
    place: { field: '--threshold' },
    exitCode: ExitCode.noHonestAnswer,
  });

/** @param why  lower case, with the threshold as typed */
export const badThreshold = (why: string, cause?: TokenhubError): TokenhubError =>
  new TokenhubError({
    code: 'BAD_LIMIT',
    message: why,
    hint: 'write --threshold 5%, "5k tokens" or "0.05 USD"',
    place: { field: '--threshold' },
    cause,
  });
