/** Unit rules as one canonical text: what means the same is written the same, so that a hash of it tells a change. */

import { damagedRules } from '../errors/ledger.js';
import type { Stage } from '../usage/event.js';
import { type Operated, RULE_FIELDS, type UnitDefinition, type UnitRule } from './units.js';

export interface RuleBook {
  readonly units: readonly UnitDefinition[];
  readonly rules: readonly UnitRule[];
  /** IANA zone whose days the dates of the rules are. */
  readonly timeZone: string;
}

/**
 * Canonical JSON of units, rules and zone. The order of rules counts; that of units, fields, tags and values does not.
 * `parseRules` reads it back.
 */
export function canonicalRules(units: readonly UnitDefinition[], rules: readonly UnitRule[], timeZone: string): string {
  return JSON.stringify({
    version: 1,
    timeZone,
    units: [...units]
      .sort((a, b) => byCodeUnits(a.id, b.id))
      .map(({ id, parent, name, stage, owner, operates }) => ({ id, parent, name, stage, owner, operates })),
    rules: rules.map(ordered),
  });
}

/**
 * The part of it that decides which event belongs to which unit: rules and zone. What a unit is called, who owns it and
 * its stage are not in it, so that renaming a unit does not make its figures stale.
 */
export const decidingRules = (rules: readonly UnitRule[], timeZone: string): string =>
  JSON.stringify({ version: 1, timeZone, rules: rules.map(ordered) });

const ordered = ({ unit, fields, tags, from, to }: UnitRule) => ({
  unit,
  fields: sorted(fields),
  tags: sorted(tags),
  from,
  to,
});

/** `Object.fromEntries` makes own properties, so a tag named `__proto__` is a tag like any other. */
const sorted = (lists: Readonly<Record<string, readonly string[] | undefined>>): Record<string, string[]> =>
  Object.fromEntries(
    Object.keys(lists)
      .sort(byCodeUnits)
      .flatMap((key) => (lists[key] === undefined ? [] : [[key, [...new Set(lists[key])].sort(byCodeUnits)]])),
  );

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Reads what `canonicalRules` wrote.
 *
 * @throws DAMAGED_RULES
 */
export function parseRules(json: string): RuleBook {
  const book = record(parsed(json), 'the text');
  if (book.version !== 1) throw damagedRules('their version is not known');
  return {
    timeZone: text(book.timeZone, 'timeZone'),
    units: list(book.units, 'units').map(unitOf),
    rules: list(book.rules, 'rules').map(ruleOf),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw damagedRules('no JSON', cause);
  }
}

function unitOf(value: unknown): UnitDefinition {
  const unit = record(value, 'a unit');
  return {
    id: text(unit.id, 'id'),
    parent: textOrNull(unit.parent ?? null, 'parent'), // not there in what older versions wrote
    name: textOrNull(unit.name, 'name'),
    stage: stageOf(unit.stage),
    owner: textOrNull(unit.owner, 'owner'),
    operates: list(unit.operates ?? [], 'operates').map(operatedOf),
  };
}

function operatedOf(value: unknown): Operated {
  const { source, account } = record(value, 'what a unit operates');
  return { source: text(source, 'source'), account: textOrNull(account, 'account') };
}

function ruleOf(value: unknown): UnitRule {
  const rule = record(value, 'a rule');
  const fields = lists(rule.fields, 'fields');
  const unknown = Object.keys(fields).find((field) => !(RULE_FIELDS as readonly string[]).includes(field));
  if (unknown !== undefined) throw damagedRules(`${JSON.stringify(unknown)} is no field of a rule`);
  return {
    unit: text(rule.unit, 'unit'),
    fields,
    tags: lists(rule.tags, 'tags'),
    from: textOrNull(rule.from, 'from'),
    to: textOrNull(rule.to, 'to'),
  };
}

// --- shapes -----------------------------------------------------------------------------------------------------

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damagedRules(`${name} is no object`);
  return value as Record<string, unknown>;
}

function list(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw damagedRules(`${name} is no list`);
  return value;
}

const lists = (value: unknown, name: string): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(record(value, name)).map(([key, texts]) => [key, list(texts, key).map((each) => text(each, key))]),
  );

function text(value: unknown, name: string): string {
  if (typeof value !== 'string') throw damagedRules(`${name} is no text`);
  return value;
}

const textOrNull = (value: unknown, name: string): string | null => (value === null ? null : text(value, name));

function stageOf(value: unknown): Stage | null {
  if (value === null || value === 'create' || value === 'transport' || value === 'apply') return value;
  throw damagedRules('stage is no stage');
}
