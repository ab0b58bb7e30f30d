/** A rule for an origin that no rule assigns. */

import { nearest } from '../nearest.js';
import type { Origin } from '../usage/event.js';
import type { OriginTotals } from './origins.js';
import { compileMatches } from './rules.js';
import type { RuleField, UnitDefinition } from './units.js';

/** As the config has it, to stand at the end of its rules. */
export interface ProposedRule extends Readonly<Partial<Record<RuleField, readonly string[]>>> {
  /** `<unit>` where no unit's id is near the values. */
  readonly unit: string;
  readonly tag?: Readonly<Record<string, readonly string[]>>;
}

export const UNIT_TO_NAME = '<unit>';

interface Named {
  readonly source: string;
  readonly account: string;
  readonly model: string;
  readonly origin: Origin;
}

interface Others {
  readonly units: readonly UnitDefinition[];
  readonly assigned: readonly OriginTotals[];
  readonly unitAfter: (origin: OriginTotals) => string | null;
}

/** What a condition says. */
type Test = readonly (readonly [field: RuleField | 'tag', name: string, value: string])[];

/** Conditions of one rule at most. */
const MOST_TESTS = 3;

/**
 * The fewest conditions, the most telling first, that match no event of another unit; where all would, one that matches
 * the fewest: at the end of the rules it can only take what has its unit from a `unit` column.
 */
export function proposeRule(origin: Named, { units, assigned, unitAfter }: Others): ProposedRule {
  const tests = testsOf(origin);
  const rules = choices(tests).map((chosen) => ruleOf(chosen.flat(), units));
  let [best, fewest] = [rules[0]!, NEVER];
  for (const rule of rules) {
    const foreign = foreignEvents(rule, fewest, { assigned, unitAfter });
    if (foreign === 0n) return rule;
    if (foreign < fewest) [best, fewest] = [rule, foreign];
  }
  return best;
}

/** More than any ledger holds. */
const NEVER = 1n << 63n;

/** Events of other units that a rule matches, counted until they are `enough`. */
function foreignEvents(
  rule: ProposedRule,
  enough: bigint,
  { assigned, unitAfter }: Pick<Others, 'assigned' | 'unitAfter'>,
): bigint {
  const matches = compileMatches([{ ...conditionsOf(rule), unit: rule.unit, from: null, to: null }]);
  let events = 0n;
  for (const other of assigned) {
    if (matches(other).length === 0) continue;
    const unit = unitAfter(other);
    if (unit !== null && unit !== rule.unit) events += other.events;
    if (events >= enough) return events;
  }
  return events;
}

/** The most telling first. */
function testsOf({ source, account, model, origin }: Named): Test[] {
  const field = (name: Exclude<keyof Origin, 'unit' | 'tags'>): Test[] =>
    origin[name] === null ? [] : [[[name, name, origin[name]]]];
  return [
    ...(['workspace', 'project', 'key', 'service', 'consumer', 'team', 'user'] as const).flatMap(field),
    ...Object.entries(origin.tags).map(([name, value]): Test => [['tag', name, value]]),
    ...field('path'),
    [
      ['source', 'source', source],
      ['account', 'account', account],
    ],
    [['model', 'model', model]],
  ];
}

/** One test, two, then three, each in the order of the tests. */
function choices(tests: readonly Test[]): Test[][] {
  const byLength: Test[][][] = [tests.map((test) => [test])];
  for (let length = 2; length <= MOST_TESTS; length++)
    byLength.push(
      byLength
        .at(-1)!
        .flatMap((chosen) => tests.slice(tests.indexOf(chosen.at(-1)!) + 1).map((test) => [...chosen, test])),
    );
  return byLength.flat();
}

function ruleOf(tests: Test, units: readonly UnitDefinition[]): ProposedRule {
  const fields = tests.flatMap(([field, , value]) => (field === 'tag' ? [] : [[field, [value]] as const]));
  const tags = tests.flatMap(([field, name, value]) => (field === 'tag' ? [[name, [value]] as const] : []));
  return {
    unit: unitNear(tests, units) ?? UNIT_TO_NAME,
    ...Object.fromEntries(fields),
    ...(tags.length === 0 ? {} : { tag: Object.fromEntries(tags) }),
  };
}

function conditionsOf({ unit: _, tag = {}, ...fields }: ProposedRule) {
  return { fields, tags: tag };
}

/** Shorter ids are part of too many values. */
const SHORTEST_PART = 3;

/** The longest id that is part of a value, else the one nearest to a value. */
function unitNear(tests: Test, units: readonly UnitDefinition[]): string | null {
  const ids = units.map(({ id }) => id);
  const values = tests.map(([, , value]) => value.toLowerCase());
  const parts = ids.filter(
    (id) => id.length >= SHORTEST_PART && values.some((value) => value.includes(id.toLowerCase())),
  );
  const longest = parts.sort((a, b) => b.length - a.length)[0];
  return longest ?? values.map((value) => nearest(value, ids)).find((id) => id !== null) ?? null;
}
