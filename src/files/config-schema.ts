/**
 * The shape of a config, checked with zod: what a field means on its own. `build-config.ts` checks what fields mean
 * together.
 */

import { z } from 'zod';
import { EACH } from '../budget/budget.js';
import { RULE_FIELDS } from '../hub/units.js';
import { STAGES } from '../usage/roles.js';

const text = z.string({ error: 'must be a text' }).trim().min(1, { error: 'must not be empty' });

/** One text or a list of them. */
const texts = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(text, { error: 'must be a text or a list of texts' }).min(1, { error: 'must name at least one' }),
);

/** A mapping that has no other keys; its message for an unknown key is the list of the known ones. */
const fields = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : 'must be a mapping'),
  });

const mapping = <Value extends z.ZodType>(value: Value) =>
  z.record(z.string(), value, { error: 'must be a mapping of names' });

const list = <Item extends z.ZodType>(item: Item) => z.array(item, { error: 'must be a list' });

const oneOf = <const Names extends readonly [string, ...string[]]>(...names: Names) =>
  z.enum(names, { error: `must be one of: ${names.join(', ')}` });

const date = text.refine(isDate, { error: 'must be a date such as 2026-04-01' });

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

const budget = fields({
  name: text,
  paths: texts.optional(),
  scope: oneOf('file', 'total').optional(),
  model: text.optional(),
  encoding: text.optional(),
  unit: text.optional(),
  period: oneOf('day', 'week', 'month').optional(),
  each: oneOf(...EACH).optional(),
  max: text,
  warn: text.optional(),
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
  discount: text.refine(isPercent, { error: 'must be a share from 0% to 100%, such as 15%' }).optional(),
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
  period: text.refine(isMonth, { error: 'must be a month such as 2026-10' }).optional(),
  monthly: z.literal(true, { error: 'must be true, or left out' }).optional(),
  by: oneOf('even', 'tokens', 'requests').optional(),
  to: targets.optional(),
  since: date.optional(),
  until: date.optional(),
});

export const configSchema = fields({
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
});

export type RawConfig = z.infer<typeof configSchema>;
export type RawRule = z.infer<typeof rule>;
export type RawContract = z.infer<typeof contract>;
export type RawPlan = z.infer<typeof plan>;
export type RawAllocation = z.infer<typeof allocation>;
export type RawBudget = z.infer<typeof budget>;

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

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false; // RangeError: Intl's way of saying no
  }
}
