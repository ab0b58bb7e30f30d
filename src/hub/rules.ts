/** From the rules of the config to the unit of an event. */

import { compileWildcard } from '../pricing/wildcard.js';
import type { Origin } from '../usage/event.js';
import type { AssignUnit, RuleFacts, UnitRules } from './origins.js';
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
    const index = compiled.findIndex(({ seesOrigin, seesRest }) => seesOrigin(facts.origin) && seesRest(facts));
    return index === -1 ? null : index;
  };
}

/**
 * The places, from 0 and ascending, of all rules that match. Of an origin that is met again, the same object, only what is
 * beside it is looked at again.
 */
export function compileMatches(rules: readonly UnitRule[]): (facts: RuleFacts) => readonly number[] {
  const compiled = rules.map(compileRule);
  const byOrigin = new Map<Origin, readonly number[]>();
  const ofOrigin = ({ origin }: RuleFacts): readonly number[] => {
    const known = byOrigin.get(origin) ?? compiled.flatMap(({ seesOrigin }, i) => (seesOrigin(origin) ? [i] : []));
    byOrigin.set(origin, known);
    return known;
  };
  return (facts) => ofOrigin(facts).filter((rule) => compiled[rule]!.seesRest(facts));
}

/** The rules for all that a ledger holds, with the days they tell apart. */
export function unitRules(rules: readonly UnitRule[]): UnitRules {
  const matchesOf = compileMatches(rules);
  return { assign: (facts) => unitBy(rules, matchesOf(facts)[0] ?? null, facts), edges: dateEdges(rules) };
}

/** First dates of the spans of days that the rules tell apart, ascending. */
function dateEdges(rules: readonly UnitRule[]): string[] {
  const edges = rules.flatMap(({ from, to }) => [
    ...(from === null ? [] : [from]),
    ...(to === null ? [] : [dayAfter(to)]),
  ]);
  return [...new Set(edges)].sort();
}

function dayAfter(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

interface CompiledRule {
  readonly seesOrigin: (origin: Origin) => boolean;
  /** Whether everything beside the origin matches. */
  readonly seesRest: (facts: RuleFacts) => boolean;
}

function compileRule({ fields, tags, from, to }: UnitRule): CompiledRule {
  const tests = Object.entries(fields) as [RuleField, readonly string[]][];
  const ofOrigin = [
    ...tests.flatMap(([field, values]) => (isOfOrigin(field) ? [compileOriginField(field, values)] : [])),
    ...Object.entries(tags).map(([name, values]) => compileTag(name, values)),
  ];
  const ofRest = tests.flatMap(([field, values]) => (isOfOrigin(field) ? [] : [compileField(field, values)]));
  return {
    seesOrigin: (origin) => ofOrigin.every((matches) => matches(origin)),
    seesRest: (facts) =>
      (from === null || facts.day >= from) &&
      (to === null || facts.day <= to) &&
      ofRest.every((matches) => matches(facts)),
  };
}

type RestField = 'model' | 'provider' | 'source' | 'account';
type OriginField = Exclude<RuleField, RestField>;

const REST: readonly string[] = ['model', 'provider', 'source', 'account'] satisfies RestField[];
const isOfOrigin = (field: RuleField): field is OriginField => !REST.includes(field);

function compileOriginField(field: OriginField, values: readonly string[]): (origin: Origin) => boolean {
  const isOneOf = compileValues(values);
  return (origin) => isOneOf(origin[field]);
}

function compileField(field: RestField, values: readonly string[]): (facts: RuleFacts) => boolean {
  const isOneOf = compileValues(values);
  return (facts) => isOneOf(restOf(facts, field));
}

function compileTag(name: string, values: readonly string[]): (origin: Origin) => boolean {
  const isOneOf = compileValues(values);
  return ({ tags }) => isOneOf(Object.hasOwn(tags, name) ? tags[name]! : null);
}

/** Any of the values is enough; what an event does not have matches nothing, not even `*`. */
export function compileValues(values: readonly string[]): (text: string | null) => boolean {
  const exact = new Set(values.filter((value) => !value.includes('*')));
  const patterns = values.filter((value) => value.includes('*')).map(compileWildcard);
  return (text) => text !== null && (exact.has(text) || patterns.some((matches) => matches(text)));
}

function restOf({ recording, model, provider }: RuleFacts, field: RestField): string {
  switch (field) {
    case 'model':
      return model;
    case 'provider':
      return provider;
    default:
      return recording[field];
  }
}
