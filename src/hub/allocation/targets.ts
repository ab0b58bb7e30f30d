/** Whom a split goes to, and with what weight each. */

import { lineOf } from '../unit-tree.js';
import type { UnitDefinition } from '../units.js';
import { type Allocation, WHOLE } from './allocation.js';

/** What a unit used on a day, or in a whole period. */
export interface UnitUsage {
  /** `null`: of no unit. */
  readonly unit: string | null;
  /** Whether it used anything; lines of money beside usage are none. */
  readonly used: boolean;
  /** `null`: nothing told of any. */
  readonly tokens: bigint | null;
  /** `null`: of some of the usage they are not told. */
  readonly requests: bigint | null;
}

/** A unit that a split goes to. */
export interface Target {
  readonly unit: string;
  /** As the config writes it; `null`: it is split by something else. */
  readonly share: string | null;
  readonly weight: bigint;
}

export interface Targets {
  readonly targets: readonly Target[];
  /** Weight of what stays unallocated. */
  readonly rest: bigint;
  /** Units that used something and of which it is not told how much, so that nothing can be split by it. */
  readonly unknown: readonly string[];
}

/** The units of a config, and those of them that split cost of theirs. */
export interface Organisation {
  readonly units: readonly UnitDefinition[];
  /** `null`: what is of no unit is split. */
  readonly splitters: ReadonlySet<string | null>;
}

/**
 * Whom an allocation goes to. A unit that is named weighs what it and the units beneath it used, but for those that are
 * named themselves and for the unit whose cost it is.
 *
 * @param usage  of each unit over the time that the split goes by
 */
export function targetsOf(
  allocation: Allocation,
  usage: readonly UnitUsage[],
  { units: defined, splitters }: Organisation,
): Targets {
  const { split } = allocation;
  if (split.by === 'share') {
    const targets = split.shares.map(({ unit, text, weight }) => ({ unit, share: text, weight }));
    return { targets, rest: targets.reduce((rest, { weight }) => rest - weight, WHOLE), unknown: [] };
  }
  const { by, to } = split;
  const units = to ?? unitsWithUsage(usage, splitters);
  if (by === 'even')
    return { targets: units.map((unit) => ({ unit, share: null, weight: 1n })), rest: 0n, unknown: [] };
  const weights = new Map(units.map((unit) => [unit, 0n]));
  const unknown: string[] = [];
  for (const { unit, used, [by]: weight } of usage) {
    const isOfFrom = allocation.kind === 'unit' && allocation.from === unit;
    const target = unit === null || isOfFrom ? undefined : lineOf(unit, defined).findLast((each) => weights.has(each));
    if (target === undefined) continue;
    if (weight !== null) weights.set(target, weights.get(target)! + weight);
    else if (used) unknown.push(unit!);
  }
  if (unknown.length > 0) return nobody(units, unknown.sort());
  const targets = units.map((unit) => ({ unit, share: null, weight: atLeastNone(weights.get(unit)!) }));
  return { targets, rest: 0n, unknown: [] };
}

/** A weight that is not known cannot be a part of all weights: everything stays unallocated. */
const nobody = (units: readonly string[], unknown: readonly string[]): Targets => ({
  targets: units.map((unit) => ({ unit, share: null, weight: 0n })),
  rest: 1n,
  unknown,
});

const unitsWithUsage = (usage: readonly UnitUsage[], splitters: ReadonlySet<string | null>): string[] =>
  usage.flatMap(({ unit, used }) => (unit === null || !used || splitters.has(unit) ? [] : [unit])).sort();

/** Corrections may take more away than the period holds. */
const atLeastNone = (weight: bigint): bigint => (weight < 0n ? 0n : weight);
