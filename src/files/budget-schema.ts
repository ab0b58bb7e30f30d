/** The shape of a budget in a config; `build-budget.ts` checks what its fields mean together. */

import { z } from 'zod';
import { SCOPES } from '../budget/file-budget.js';
import { EACH } from '../budget/ledger-budget.js';
import { fields, oneOf, text, texts } from './config-shapes.js';

const whole = z.number({ error: 'must be a whole number' }).int({ error: 'must be a whole number' });

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
    tokens: whole.min(0, { error: 'must be 0 or more' }).optional(),
    percent: text.optional(),
    when: oneOf('both', 'either').optional(),
  }).optional(),
  tolerance: text.optional(),
  allowEmpty: flag.optional(),
  assume: fields({
    outputTokens: whole.min(0, { error: 'must be 0 or more' }).optional(),
    calls: whole.min(1, { error: 'must be 1 or more' }).optional(),
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
