import { compileValues } from './rules.js';
import type { UnitRule } from './units.js';

/**
 * The place, from 0, of the first rule before this one that matches whatever this one does, so that this one can never be
 * the first; `null`: there is none.
 */
export function coveringRule(rules: readonly UnitRule[], rule: number): number | null {
  const found = rules.slice(0, rule).findIndex((earlier) => covers(earlier, rules[rule]!));
  return found === -1 ? null : found;
}

const covers = (earlier: UnitRule, later: UnitRule): boolean =>
  coversAll(earlier.fields, later.fields) &&
  coversAll(earlier.tags, later.tags) &&
  (earlier.from === null || (later.from !== null && earlier.from <= later.from)) &&
  (earlier.to === null || (later.to !== null && earlier.to >= later.to));

type Tests = Readonly<Record<string, readonly string[] | undefined>>;

/** A pattern that matches another one as a text matches all that the other does: only a star can stand for a star. */
const coversAll = (earlier: Tests, later: Tests): boolean =>
  Object.entries(earlier).every(([name, values]) => {
    const tested = Object.hasOwn(later, name) ? later[name] : undefined;
    return values !== undefined && (tested?.every(compileValues(values)) ?? false);
  });
