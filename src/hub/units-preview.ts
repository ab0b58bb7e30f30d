/** What the rules of the config do, and would do, to the events of the ledger. */

import type { OriginTotals } from './origins.js';
import { compileFirstMatch, unitBy } from './rules.js';
import { foldUnassigned, type UnassignedOrigin } from './unassigned-origins.js';
import type { UnitDefinition, UnitRule } from './units.js';

/** Tokens are those of the recordings a report reads, so that views of the same tokens are not added; events are all. */
interface Share {
  readonly events: bigint;
  readonly tokens: bigint;
}

interface UnitPreview {
  /** `null`: unassigned. */
  readonly unit: string | null;
  readonly name: string | null;
  readonly stage: UnitDefinition['stage'];
  /** By the rules applied to the ledger. */
  readonly now: Share;
  /** By the rules of the config. */
  readonly after: Share;
}

export interface RulePreview extends Share {
  /** Place in the config, from 1. */
  readonly rule: number;
  readonly unit: string;
  readonly fields: UnitRule['fields'];
  readonly tags: UnitRule['tags'];
  readonly from: string | null;
  readonly to: string | null;
}

export interface UnitsPreview {
  /** Units of the config in its order, then others by name, unassigned last. */
  readonly units: readonly UnitPreview[];
  readonly rules: readonly RulePreview[];
  /** Rules, by place from 1, that are the first match of no event. */
  readonly unmatched: readonly number[];
  /** What applying the rules would move from one unit to another. */
  readonly changed: Share;
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
  /** Whether a report reads these records for tokens. */
  readonly reads: (origin: Pick<OriginTotals, 'recording' | 'days' | 'grain' | 'charge'>) => boolean;
  /** Whether these events are of a closed period, so that no rule moves them. */
  readonly isClosed: (origin: Pick<OriginTotals, 'days'>) => boolean;
}

/** Folds the ledger's origins by the unit each has now and the unit the rules would give it. Pure; nothing is changed. */
export function previewUnits({ origins, units, rules, reads, isClosed }: PreviewFacts): UnitsPreview {
  const firstMatch = compileFirstMatch(rules);
  const now = new Map<string | null, Share>();
  const after = new Map<string | null, Share>();
  const matched = rules.map(() => NOTHING);
  let [changed, kept] = [NOTHING, NOTHING];
  const left: (Share & { readonly of: OriginTotals })[] = [];
  for (const origin of origins) {
    const share = { events: origin.events, tokens: reads(origin) ? origin.tokens : 0n };
    const rule = firstMatch(origin);
    const byRules = unitBy(rules, rule, origin);
    const unit = isClosed(origin) ? origin.unit : byRules;
    if (byRules !== unit) kept = plus(kept, share);
    addTo(now, origin.unit, share);
    addTo(after, unit, share);
    if (rule !== null) matched[rule] = plus(matched[rule]!, share);
    if (unit !== origin.unit) changed = plus(changed, share);
    if (unit === null) left.push({ ...share, of: origin });
  }
  return {
    units: unitIds(units, now, after).map((unit) => unitPreview(unit, units, now, after)),
    rules: rules.map((rule, i) => ({ rule: i + 1, ...rule, ...matched[i]! })),
    unmatched: rules.flatMap((_, i) => (matched[i]!.events === 0n ? [i + 1] : [])),
    changed,
    kept,
    ...foldUnassigned(left),
  };
}

const NOTHING: Share = { events: 0n, tokens: 0n };

const plus = (a: Share, b: Share): Share => ({ events: a.events + b.events, tokens: a.tokens + b.tokens });

const addTo = (shares: Map<string | null, Share>, unit: string | null, share: Share): void => {
  shares.set(unit, plus(shares.get(unit) ?? NOTHING, share));
};

type Shares = ReadonlyMap<string | null, Share>;

function unitIds(units: readonly UnitDefinition[], now: Shares, after: Shares): (string | null)[] {
  const defined = units.map(({ id }) => id);
  const known = new Set(defined);
  const others = [...new Set([...now.keys(), ...after.keys()])].filter((unit) => unit !== null && !known.has(unit));
  return [...defined, ...others.sort(), null];
}

function unitPreview(unit: string | null, units: readonly UnitDefinition[], now: Shares, after: Shares): UnitPreview {
  const definition = units.find(({ id }) => id === unit);
  return {
    unit,
    name: definition?.name ?? null,
    stage: definition?.stage ?? null,
    now: now.get(unit) ?? NOTHING,
    after: after.get(unit) ?? NOTHING,
  };
}
