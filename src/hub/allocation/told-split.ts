import type { Allocation, Costs } from './allocation.js';
import type { DividedCost, SplitPart } from './split-book.js';

/** A split as it is told, and kept with a closing: whom it went to, and in words how. */
export interface ToldSplit {
  readonly kind: Allocation['kind'];
  /** Unit whose cost it was, of no unit, or of an invoice: `null`. */
  readonly from: string | null;
  /** What was split, as the config names it: `gateway`, `gateway (model=qwen3-max)`, `support (invoice, 2026-10)`. */
  readonly what: string;
  readonly parts: readonly ToldSplitPart[];
  readonly unallocated: Costs;
}

export interface ToldSplitPart {
  readonly unit: string;
  /** `60%`, `evenly`, `by tokens, 1,200 of 3,000`. */
  readonly by: string;
  readonly cost: Costs;
}

/** @param nameOfNone  what is of no unit is called */
export const toldSplit = (split: DividedCost, nameOfNone: string): ToldSplit => ({
  kind: split.allocation.kind,
  from: split.allocation.kind === 'unit' ? split.allocation.from : null,
  what: whatOf(split, nameOfNone),
  parts: split.parts.map((part) => ({ unit: part.unit, by: howOf(split, part), cost: part.cost })),
  unallocated: split.unallocated,
});

function whatOf({ allocation, month }: DividedCost, nameOfNone: string): string {
  if (allocation.kind === 'invoice') return `${allocation.name} (invoice, ${month})`;
  const { from, name, where } = allocation;
  const part = name ?? where.join(', ');
  return part === '' ? (from ?? nameOfNone) : `${from ?? nameOfNone} (${part})`;
}

function howOf({ allocation: { split }, of }: DividedCost, { share, weight }: SplitPart): string {
  if (share !== null) return share;
  return split.by === 'even'
    ? 'evenly'
    : `by ${split.by}, ${weight.toLocaleString('en-US')} of ${of.toLocaleString('en-US')}`;
}
