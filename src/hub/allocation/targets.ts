/** Whom a split goes to, and with what weight each. */

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

/**
 * @param usage      of each unit over the time that the split goes by
 * @param splitters  units that split cost of theirs: those a split finds by usage are none of them
 */
export function targetsOf(
  { split }: Pick<Allocation, 'split'>,
  usage: readonly UnitUsage[],
  splitters: ReadonlySet<string | null>,
): Targets {
  if (split.by === 'share') {
    const targets = split.shares.map(({ unit, text, weight }) => ({ unit, share: text, weight }));
    return { targets, rest: targets.reduce((rest, { weight }) => rest - weight, WHOLE) };
  }
  const { by, to } = split;
  const used = new Map(usage.map((each) => [each.unit, each]));
  const units: readonly string[] =
    to ?? [...used.keys()].filter((unit): unit is string => unit !== null && !splitters.has(unit)).sort();
  const weightOf = (unit: string): bigint => (by === 'even' ? 1n : atLeastNone(used.get(unit)?.[by] ?? 0n));
  return { targets: units.map((unit) => ({ unit, share: null, weight: weightOf(unit) })), rest: 0n };
}

/** Corrections may take more away than the period holds. */
const atLeastNone = (weight: bigint): bigint => (weight < 0n ? 0n : weight);
