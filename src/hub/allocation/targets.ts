/** Whom a split goes to, and with what weight each. */

import { lineOf } from '../unit-tree.js';
import type { UnitDefinition } from '../units.js';
import { type Allocation, WHOLE } from './allocation.js';

/** What a unit used on a day, or in a whole period. */
export interface UnitUsage {
  /** `null`: of no unit. */
  readonly unit: string | null;
  readonly tokens: bigint;
  readonly requests: bigint;
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
    return { targets, rest: targets.reduce((rest, { weight }) => rest - weight, WHOLE) };
  }
  const { by, to } = split;
  const units = to ?? unitsWithUsage(usage, splitters);
  if (by === 'even') return { targets: units.map((unit) => ({ unit, share: null, weight: 1n })), rest: 0n };
  const weights = new Map(units.map((unit) => [unit, 0n]));
  for (const { unit, [by]: weight } of usage) {
    const isOfFrom = allocation.kind === 'unit' && allocation.from === unit;
    const target = unit === null || isOfFrom ? undefined : lineOf(unit, defined).findLast((each) => weights.has(each));
    if (target !== undefined) weights.set(target, weights.get(target)! + weight);
  }
  return { targets: units.map((unit) => ({ unit, share: null, weight: atLeastNone(weights.get(unit)!) })), rest: 0n };
}

const unitsWithUsage = (usage: readonly UnitUsage[], splitters: ReadonlySet<string | null>): string[] =>
  usage.flatMap(({ unit }) => (unit === null || splitters.has(unit) ? [] : [unit])).sort();

/** Corrections may take more away than the period holds. */
const atLeastNone = (weight: bigint): bigint => (weight < 0n ? 0n : weight);
