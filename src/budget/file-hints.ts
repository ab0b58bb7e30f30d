/** What to do about a verdict on files: how to get lower, and how to allow more. */

import { CODES, type Code } from './codes.js';
import type { FileBudget } from './file-budget.js';
import type { FileCase } from './file-case.js';
import { nameOf } from './file-texts.js';
import { haveGrown } from './parts.js';
import { count, placeOf } from './verdict.js';

/** @param code  of a verdict on size */
export function sizeHint(facts: FileCase, code: Code): string {
  if (code === CODES.ok) return '';
  const lower = shorten(facts);
  const raise = raiseOf(facts.budget, 'max');
  if (code === CODES.overWarning) return `${lower} before it reaches the limit`;
  if (code === CODES.insideBand)
    return `count with the exact tokenizer of the model before relying on it, or ${lower}, or ${raise}`;
  if (code === CODES.preExisting) return `${lower} when it can be, or ${raise}`;
  return `${lower}, or ${raise}`;
}

export const growthHint = (facts: FileCase): string => `${shorten(facts)}, or ${raiseOf(facts.budget, 'maxIncrease')}`;

/** The part to begin with stands first. */
function shorten({ measure, parts }: FileCase): string {
  const what = measure.path === null ? 'some of the files' : nameOf(measure);
  const [first] = parts();
  if (first === undefined) return `shorten ${what}`;
  const why = haveGrown([first])
    ? `grew most, by ${count(first.delta!)} tokens`
    : `is the largest part, with ${count(first.tokens)} tokens`;
  return `shorten ${what} (${first.name} ${why})`;
}

const raiseOf = (budget: FileBudget, key: 'max' | 'maxIncrease'): string =>
  isTyped(budget) ? `raise --${key}` : `raise \`${key}\` at ${placeOf(budget)}`;

/** A budget that is typed stands in no file. */
const isTyped = ({ place }: FileBudget): boolean => place.file === 'command line';
