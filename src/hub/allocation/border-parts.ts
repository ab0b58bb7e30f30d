/** What splits of shared cost brought to some units together, and took from them. */

import type { Costs } from './allocation.js';
import type { ToldSplit } from './told-split.js';

/** A part of a shared cost that crosses the border of some units. */
export interface AllocationPart {
  /** What is divided, as the config names it. */
  readonly from: string;
  /** A unit, or `(unallocated)`. */
  readonly to: string;
  /** How it is divided, in words: `60%`, `by tokens, 1,200 of 2,000`. */
  readonly by: string;
  readonly currency: string;
  /** Negative: given away. */
  readonly pico: bigint;
}

const UNALLOCATED = '(unallocated)';

/**
 * Parts that come from outside to one of the units, and those that go out. What one of them gives to another stays inside,
 * so that the cost of all with these parts is the sum of what each bears.
 *
 * @param units  `null` for what is of no unit
 */
export const borderParts = (splits: readonly ToldSplit[], units: ReadonlySet<string | null>): AllocationPart[] =>
  splits.flatMap((split) => {
    const isFromInside = split.kind === 'unit' && units.has(split.from);
    const crossing = split.parts.filter(({ unit }) => units.has(unit) !== isFromInside);
    const left = { unit: UNALLOCATED, by: 'given to no unit', cost: split.unallocated };
    return [...crossing, ...(isFromInside ? [left] : [])].flatMap(({ unit, by, cost }) =>
      amountsOf(cost).map(([currency, pico]) => ({
        ...{ from: split.what, to: unit, by, currency },
        pico: isFromInside ? -pico : pico,
      })),
    );
  });

const amountsOf = (cost: Costs): [string, bigint][] => Object.entries(cost).filter(([, pico]) => pico !== 0n);
