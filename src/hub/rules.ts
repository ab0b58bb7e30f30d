/** From the rules of the config to the unit of an event. */

import { compileWildcard } from '../pricing/wildcard.js';
import type { AssignUnit, RuleFacts } from './origins.js';
import type { RuleField, UnitRule } from './units.js';

/**
 * The unit of each event: that of the first rule that matches; else the event's own `unit` column; else `null`,
 * which is shown as `(unassigned)`.
 */
export function compileRules(rules: readonly UnitRule[]): AssignUnit {
  const firstMatch = compileFirstMatch(rules);
  return (facts) => unitBy(rules, firstMatch(facts), facts);
}

/** The unit of an event whose first match is known. */
export const unitBy = (rules: readonly UnitRule[], match: number | null, { origin }: RuleFacts): string | null =>
  match === null ? origin.unit : rules[match]!.unit;

/** The place, from 0, of the first rule that matches; `null` when none does. */
export function compileFirstMatch(rules: readonly UnitRule[]): (facts: RuleFacts) => number | null {
  const compiled = rules.map(compileRule);
  return (facts) => {
    const index = compiled.findIndex((matches) => matches(facts));
    return index === -1 ? null : index;
  };
}

type Matches = (facts: RuleFacts) => boolean;

function compileRule({ fields, tags, from, to }: UnitRule): Matches {
  const conditions = [
    ...Object.entries(fields).map(([field, values]) => compileField(field as RuleField, values)),
    ...Object.entries(tags).map(([name, values]) => compileTag(name, values)),
  ];
  return (facts) =>
    (from === null || facts.day >= from) &&
    (to === null || facts.day <= to) &&
    conditions.every((matches) => matches(facts));
}

function compileField(field: RuleField, values: readonly string[]): Matches {
  const isOneOf = compileValues(values);
  return (facts) => isOneOf(fieldOf(facts, field));
}

function compileTag(name: string, values: readonly string[]): Matches {
  const isOneOf = compileValues(values);
  return ({ origin: { tags } }) => isOneOf(Object.hasOwn(tags, name) ? tags[name]! : null);
}

/** Any of the values is enough; what an event does not have matches nothing, not even `*`. */
function compileValues(values: readonly string[]): (text: string | null) => boolean {
  const exact = new Set(values.filter((value) => !value.includes('*')));
  const patterns = values.filter((value) => value.includes('*')).map(compileWildcard);
  return (text) => text !== null && (exact.has(text) || patterns.some((matches) => matches(text)));
}

function fieldOf({ recording, model, provider, origin }: RuleFacts, field: RuleField): string | null {
  switch (field) {
    case 'model':
      return model;
    case 'provider':
      return provider;
    case 'source':
      return recording.source;
    case 'account':
      return recording.account;
    default:
      return origin[field];
  }
}
