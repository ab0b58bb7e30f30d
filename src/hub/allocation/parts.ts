/** What splits gave to one unit, or left unallocated. */

import type { AllocationResult } from './allocate-costs.js';
import type { Allocation, Costs, Split } from './allocation.js';
import { isNothing } from './costs.js';
import type { DividedCost } from './split-book.js';

/** What one split gave. */
export interface AllocatedPart {
  readonly allocation: Allocation;
  /** Of an invoice line, `YYYY-MM`; `null`: the cost was a unit's. */
  readonly month: string | null;
  readonly by: Split['by'];
  /** Fixed share as the config writes it; `null`: none. */
  readonly share: string | null;
  /** Tokens or requests it was given for, of how many; `null`: it was split by neither, or they are not known. */
  readonly weight: bigint | null;
  readonly of: bigint | null;
  readonly cost: Costs;
}

/** In the order of the config; without those of nothing. */
export const partsOfUnit = ({ splits }: Pick<AllocationResult, 'splits'>, unit: string | null): AllocatedPart[] =>
  splits.flatMap((split) =>
    split.parts.flatMap((part) =>
      part.unit !== unit || isNothing(part.cost)
        ? []
        : [{ ...partOf(split, part.weight), share: part.share, cost: part.cost }],
    ),
  );

export const partsUnallocated = ({ splits }: Pick<AllocationResult, 'splits'>): AllocatedPart[] =>
  splits.flatMap((split) =>
    isNothing(split.unallocated) ? [] : [{ ...partOf(split, 0n), share: null, cost: split.unallocated }],
  );

function partOf(
  { allocation, month, of, unknown }: DividedCost,
  weight: bigint,
): Omit<AllocatedPart, 'share' | 'cost'> {
  const { by } = allocation.split;
  const isMeasured = (by === 'tokens' || by === 'requests') && unknown.length === 0;
  return { allocation, month, by, weight: isMeasured ? weight : null, of: isMeasured ? of : null };
}
