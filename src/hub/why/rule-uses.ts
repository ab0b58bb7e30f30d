import type { Place } from '../../errors/tokenhub-error.js';
import type { UnitRule } from '../units.js';
import { grouped, isInFigure, type Share, shareOf } from './share.js';
import type { ReadTrace } from './trace.js';

/** An applied rule, and where the config has it; `null`: the config has no such rule. */
export interface KnownRule {
  readonly rule: UnitRule;
  readonly place: Place | null;
}

/** How events came to their unit. */
export interface RuleUse extends Share {
  /** `rule`: the first that matches; `own`: a unit the records name, where no rule matches; `none`: neither. */
  readonly by: 'rule' | 'own' | 'none';
  /** Place among the applied rules, from 1; `null`: no rule matches. */
  readonly number: number | null;
  /** Unit of these events; `null`: unassigned. */
  readonly unit: string | null;
  readonly rule: UnitRule | null;
  readonly place: Place | null;
}

/** By rule in their order, then units that records name, then what is unassigned. */
export function ruleUses(parts: readonly ReadTrace[], rules: readonly KnownRule[]): RuleUse[] {
  const groups = grouped(parts.filter(isInFigure), ({ trace: { rule, namesUnit, unit } }) =>
    JSON.stringify([rule, rule === null && namesUnit, unit]),
  );
  return groups.map((group) => useOf(group, rules)).sort((a, b) => rankOf(a) - rankOf(b) || byUnit(a, b));
}

function useOf(group: readonly ReadTrace[], rules: readonly KnownRule[]): RuleUse {
  const { rule: index, namesUnit, unit } = group[0]!.trace;
  const known = index === null ? null : rules[index]!;
  return {
    by: index !== null ? 'rule' : namesUnit ? 'own' : 'none',
    number: index === null ? null : index + 1,
    unit,
    rule: known?.rule ?? null,
    place: known?.place ?? null,
    ...shareOf(group),
  };
}

const rankOf = ({ by, number }: RuleUse): number =>
  number ?? (by === 'own' ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER);

const byUnit = (a: RuleUse, b: RuleUse): number => ((a.unit ?? '') < (b.unit ?? '') ? -1 : 1);
