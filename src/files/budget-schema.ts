/** The shape of a budget in a config; `build-budget.ts` checks what its fields mean together. */

import { z } from 'zod';
import { SCOPES } from '../budget/file-budget.js';
import { EACH } from '../budget/ledger-budget.js';
import { fields, oneOf, text, texts } from './config-shapes.js';

/** A number of a config arrives as the text it was written as, see `readYaml`. */
const whole = (least: 0 | 1) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    z
      .number({ error: 'must be a whole number' })
      .int({ error: 'must be a whole number' })
      .min(least, { error: `must be ${least} or more` }),
  );

const flag = z.boolean({ error: 'must be true or false' });

const ofEither = {
  name: text,
  model: text.optional(),
  max: text.optional(),
  warn: text.optional(),
  level: oneOf('error', 'warn').optional(),
};

const ofFiles = {
  paths: texts.optional(),
  scope: oneOf(...SCOPES).optional(),
  encoding: text.optional(),
  messages: flag.optional(),
  maxIncrease: fields({
    tokens: whole(0).optional(),
    percent: text.optional(),
    when: oneOf('both', 'either').optional(),
  }).optional(),
  tolerance: text.optional(),
  allowEmpty: flag.optional(),
  assume: fields({
    outputTokens: whole(0).optional(),
    calls: whole(1).optional(),
  }).optional(),
};

const ofLedger = {
  unit: text.optional(),
  period: oneOf('day', 'week', 'month').optional(),
  each: oneOf(...EACH).optional(),
};

export const budget = fields({ ...ofEither, ...ofFiles, ...ofLedger });

export type RawBudget = z.infer<typeof budget>;

/** Keys that budgets of the other kind do not have. */
export const ONLY_FILES = Object.keys(ofFiles) as readonly (keyof typeof ofFiles)[];
export const ONLY_LEDGER = Object.keys(ofLedger) as readonly (keyof typeof ofLedger)[];
