/** What to do about a verdict on files: how to get lower, and how to allow more. */

import { COMMAND_LINE } from '../budget.js';
import { CODES, type Code } from '../codes.js';
import { count, placeOf } from '../verdict.js';
import type { FileBudget } from './file-budget.js';
import type { FileCase } from './file-case.js';
import { nameOf } from './file-texts.js';
import { haveGrown } from './parts.js';

/** @param code  of a verdict on size */
export function sizeHint(facts: FileCase, code: Code): string {
  if (code === CODES.ok) return '';
  if (code === CODES.overWarning) return `${shorten(facts)} before it reaches the limit`;
  const more = `${shorten(facts)}, or raise ${limitAt(facts.budget, 'max')}`;
  return code === CODES.insideBand ? `count with the exact tokenizer of the model, or ${more}` : more;
}

export const growthHint = (facts: FileCase): string =>
  `${shorten(facts)}, or raise ${limitAt(facts.budget, 'maxIncrease')}`;

/** Says what to begin with, where there is a choice. */
function shorten({ measure, parts }: FileCase): string {
  const what = measure.path === null ? 'some of the files' : nameOf(measure);
  const [first, ...others] = parts();
  if (first === undefined) return `shorten ${what}`;
  if (haveGrown([first])) return `shorten ${what} (${first.name} grew most, by ${count(first.delta!)} tokens)`;
  return others.length === 0
    ? `shorten ${what}`
    : `shorten ${what} (${first.name} is largest, with ${count(first.tokens)} tokens)`;
}

/** Where to change a limit: a key of the config, or, of a budget that is typed, its flag. */
export const limitAt = (budget: FileBudget, key: 'max' | 'maxIncrease'): string =>
  budget.place === COMMAND_LINE ? `--${key}` : `\`${key}\` at ${placeOf(budget)}`;
