/** What `init` refuses. */

import { TokenhubError } from './tokenhub-error.js';
import { didYouMean, quoted } from './wording.js';

export const isThere = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'WOULD_OVERWRITE',
    message: 'is there already, so nothing is written',
    hint: 'replace it with --force, or see what would be written: tokenhub init --dry-run',
    place: { file },
  });

/** A config that a new one would stand beside, of which one alone is read. */
export const otherConfig = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'WOULD_OVERWRITE',
    message: 'is the config of this folder, and a second one beside it would not be read with it',
    hint: 'add budgets there: tokenhub init --dry-run prints some; or remove it first',
    place: { file },
  });

/** `init` takes no encoding: without a model it counts with one. */
export const unknownModelToInit = (name: string, suggestions: readonly string[], cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_MODEL',
    message: `no model of the name ${quoted(name)} is known`,
    hint: `${didYouMean(suggestions)}leave --model out to count with o200k_base`,
    place: { field: '--model' },
    cause,
  });
