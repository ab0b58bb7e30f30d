/** The shape of a budget in a config; `build-budget.ts` checks what its fields mean together. */

import { z } from 'zod';
import { SCOPES } from '../budget/files/file-budget.js';
import { EACH } from '../budget/ledger/ledger-budget.js';
import { AGE_FORM, PERIOD_FORM } from '../budget/ledger/period.js';
import { fields, isTimeZone, oneOf, text, texts, wholeNumber } from './config-shapes.js';

/** A number of a config arrives as the text it was written as, see `readYaml`. */
const whole = (least: 0 | 1) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    wholeNumber(least),
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

/** More than before by a share, and by an amount, as in `{ percent: 50%, floor: 10 USD }`. */
const rise = fields({ percent: text, floor: text.optional() });

/** Fields of usage that a budget may name by themselves; others go into `where`. */
export const USAGE_FIELDS = [
  ...(['agent', 'user', 'team', 'project', 'key', 'workspace', 'service', 'consumer', 'account', 'provider'] as const),
] as const;

const ofUsage = {
  agent: texts.optional(),
  user: texts.optional(),
  team: texts.optional(),
  project: texts.optional(),
  key: texts.optional(),
  workspace: texts.optional(),
  service: texts.optional(),
  consumer: texts.optional(),
  account: texts.optional(),
  provider: texts.optional(),
} satisfies Readonly<Record<(typeof USAGE_FIELDS)[number], unknown>>;

const ofLedger = {
  unit: text.optional(),
  ...ofUsage,
  where: texts.optional(),
  period: text
    .regex(PERIOD_FORM, { error: 'must be one of: day, week, month, quarter, or so many days as in 30 days' })
    .optional(),
  timeZone: text.refine(isTimeZone, { error: 'must be a time zone such as Asia/Shanghai' }).optional(),
  each: oneOf(...EACH).optional(),
  forecast: flag.optional(),
  growth: z.union([text, rise], { error: 'must be as in 20%, or as in { percent: 20%, floor: 10 USD }' }).optional(),
  anomaly: fields({ percent: text, floor: text }).optional(),
  maxAge: text.regex(AGE_FORM, { error: 'must be as in 36 hours or 2 days' }).optional(),
  unassigned: text.optional(),
};

export const budget = fields({ ...ofEither, ...ofFiles, ...ofLedger });

export type RawBudget = z.infer<typeof budget>;

/** Keys that budgets of the other kind do not have. */
export const ONLY_FILES = Object.keys(ofFiles) as readonly (keyof typeof ofFiles)[];
export const ONLY_LEDGER = Object.keys(ofLedger) as readonly (keyof typeof ofLedger)[];
