/** Statements. */

import { TokenhubError } from './tokenhub-error.js';

export const statementNeeds = (what: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'USAGE', message: `a statement needs ${what}`, hint });

export const notAStatement = (file: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'NOT_A_STATEMENT',
    message: `is no statement: ${why}`,
    hint: 'name a file written with: tokenhub statement --unit <unit> --period <period> -o statement.json',
    place: { file },
    cause,
  });
