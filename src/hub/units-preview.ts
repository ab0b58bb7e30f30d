/** What the rules of the config do, and would do, to the events of the ledger. */

import type { OriginTotals } from './origins.js';
import { proposeRule } from './propose-rule.js';
import { type RulePreview, ruleHits } from './rule-hits.js';
import { compileMatches, unitBy } from './rules.js';
import { addShare, type GrowingShare, noShare, type Share, shareOf } from './share.js';
import { foldUnassigned, type UnassignedOrigin } from './unassigned-origins.js';
import { type UnitMove, unitMoves } from './unit-moves.js';
import type { UnitDefinition, UnitRule } from './units.js';

interface UnitPreview {
  /** `null`: unassigned. */
  readonly unit: string | null;
  readonly name: string | null;
  readonly stage: UnitDefinition['stage'];
  /** By the rules applied to the ledger. */
  readonly now: Share;
  /** By the rules of the config. */
  readonly after: Share;
  /** After less now. */
  readonly difference: Share;
}

export interface UnitsPreview {
  /** Units of the config in its order, then others by name, unassigned last. */
  readonly units: readonly UnitPreview[];
  readonly rules: readonly RulePreview[];
  /** Rules, by place from 1, that are the first match of no event. */
  readonly unmatched: readonly number[];
  /** What applying the rules would move from one unit to another. */
  readonly changed: Share;
  /** The same from each unit to each, the largest first. */
  readonly moves: readonly UnitMove[];
  /** What they would move if its period were not closed, and leave where it is. */
  readonly kept: Share;
  /** What no rule would match and no `unit` column names: the largest origins, by tokens, then events. */
  readonly unassigned: readonly UnassignedOrigin[];
  /** Origins left out of `unassigned` because they are smaller. */
  readonly moreUnassigned: number;
}

interface PreviewFacts {
  readonly origins: readonly OriginTotals[];
  readonly units: readonly UnitDefinition[];
  readonly rules: readonly UnitRule[];
}

/** Folds the ledger's origins by the unit each has now and the unit the rules would give it. Pure; nothing is changed. */
export function previewUnits({ origins, units, rules }: PreviewFacts): UnitsPreview {
  const matchesOf = compileMatches(rules);
  const now = new Map<string | null, GrowingShare>();
  const after = new Map<string | null, GrowingShare>();
  const hits = ruleHits(rules);
  const moves = unitMoves();
  const kept = noShare();
  const left: OriginTotals[] = [];
  const unitAfter = (origin: OriginTotals) => unitBy(rules, matchesOf(origin)[0] ?? null, origin);
  for (const origin of origins) {
    const matches = matchesOf(origin);
    const byRules = unitBy(rules, matches[0] ?? null, origin);
    const unit = origin.isClosed ? origin.unit : byRules;
    if (unit !== byRules) addShare(kept, origin);
    addShare(shareOf(now, origin.unit), origin);
    addShare(shareOf(after, unit), origin);
    hits.add(matches, origin);
    moves.add(origin.unit, unit, origin);
    if (unit === null) left.push(origin);
  }
  const previews = hits.previews();
  const { unassigned, moreUnassigned } = foldUnassigned(left);
  return {
    units: unitIds(units, now, after).map((unit) => unitPreview(unit, units, now, after)),
    rules: previews,
    unmatched: previews.flatMap(({ rule, events }) => (events === 0n ? [rule] : [])),
    changed: sumOf(moves.moves()),
    kept,
    moves: moves.moves(),
    unassigned: unassigned.map((origin) => ({
      ...origin,
      rule: proposeRule(origin, { units, assigned: origins, unitAfter }),
    })),
    moreUnassigned,
  };
}

function sumOf(shares: readonly Share[]): Share {
  const sum = noShare();
  for (const share of shares) addShare(sum, share);
  return sum;
}

type Shares = ReadonlyMap<string | null, Share>;

function unitIds(units: readonly UnitDefinition[], now: Shares, after: Shares): (string | null)[] {
  const defined = units.map(({ id }) => id);
  const known = new Set(defined);
  const others = [...new Set([...now.keys(), ...after.keys()])].filter((unit) => unit !== null && !known.has(unit));
  return [...defined, ...others.sort(), null];
}

function unitPreview(unit: string | null, units: readonly UnitDefinition[], now: Shares, after: Shares): UnitPreview {
  const definition = units.find(({ id }) => id === unit);
  const [before, then] = [now.get(unit) ?? noShare(), after.get(unit) ?? noShare()];
  return {
    unit,
    name: definition?.name ?? null,
    stage: definition?.stage ?? null,
    now: before,
    after: then,
    difference: { events: then.events - before.events, tokens: then.tokens - before.tokens },
  };
}
