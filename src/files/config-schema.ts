/**
 * The shape of a config, checked with zod: what a field means on its own. `build-config.ts` checks what fields mean
 * together.
 */

import { z } from 'zod';
import { RULE_FIELDS } from '../hub/units.js';
import { STAGES } from '../usage/roles.js';
import { budget } from './budget-schema.js';
import { fields, isTimeZone, list, mapping, oneOf, text, texts } from './config-shapes.js';

const date = text
  .refine(isDate, { error: 'must be a date such as 2026-04-01' })
  .meta({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const unit = fields({
  parent: text.optional(),
  name: text.optional(),
  stage: oneOf(...STAGES).optional(),
  owner: text.optional(),
  operates: list(fields({ source: text, account: text.optional() })).optional(),
});

const ruleFields = Object.fromEntries(RULE_FIELDS.map((field) => [field, texts.optional()])) as {
  [Field in (typeof RULE_FIELDS)[number]]: z.ZodOptional<typeof texts>;
};

const rule = fields({
  unit: text,
  ...ruleFields,
  tag: mapping(texts).optional(),
  from: date.optional(),
  to: date.optional(),
});

/** Whom a contract or a plan is for, and when. */
const coverage = {
  provider: text.optional(),
  account: text.optional(),
  key: text.optional(),
  models: texts.optional(),
  from: date.optional(),
  to: date.optional(),
};

const contract = fields({
  name: text,
  ...coverage,
  discount: text
    .refine(isPercent, { error: 'must be a share from 0% to 100%, such as 15%' })
    .meta({ pattern: '^\\d{1,3}(\\.\\d{1,12})? ?%$' })
    .optional(),
  prices: texts.optional(),
});

const plan = fields({ name: text, ...coverage, source: text.optional() });

/** Units, evenly or by their usage; or each with its fixed share. */
const targets = z.union([texts, mapping(text)], { error: 'must be a list of units, or a mapping of units to shares' });

const allocation = fields({
  from: text.optional(),
  where: texts.optional(),
  name: text.optional(),
  amount: text.optional(),
  period: text
    .refine(isMonth, { error: 'must be a month such as 2026-10' })
    .meta({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })
    .optional(),
  monthly: z.literal(true, { error: 'must be true, or left out' }).optional(),
  by: oneOf('even', 'tokens', 'requests').optional(),
  to: targets.optional(),
  since: date.optional(),
  until: date.optional(),
});

export const configSchema = fields({
  /** Of the config itself, for editors; tokenhub does not read it. */
  $schema: text.optional(),
  timeZone: text.refine(isTimeZone, { error: 'must be a time zone such as Asia/Shanghai' }).optional(),
  alibaba: fields({ region: oneOf('cn', 'intl').optional() }).optional(),
  prices: texts.optional(),
  contracts: list(contract).optional(),
  plans: list(plan).optional(),
  accounts: mapping(texts).optional(),
  ledger: text.optional(),
  units: mapping(unit).optional(),
  models: mapping(texts).optional(),
  rules: list(rule).optional(),
  allocations: list(allocation).optional(),
  mappings: mapping(mapping(text)).optional(),
  budgets: list(budget).optional(),
  include: texts.optional(),
});

export type RawConfig = z.infer<typeof configSchema>;
export type RawRule = z.infer<typeof rule>;
export type RawContract = z.infer<typeof contract>;
export type RawPlan = z.infer<typeof plan>;
export type RawAllocation = z.infer<typeof allocation>;

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

function isMonth(value: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(value);
}

export function isPercent(value: string): boolean {
  const [, percent] = /^(\d{1,3}(?:\.\d{1,12})?) ?%$/.exec(value) ?? [];
  return percent !== undefined && Number(percent) <= 100;
}
