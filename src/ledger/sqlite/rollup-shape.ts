/** What rollups tell of an event besides its keys and figures, in the bits of one number. */

import { usesQuantity } from '../../pricing/priceable.js';
import { GRAINS, type Grain } from '../../report/grain.js';
import type { EntryBatch } from '../entry-batch.js';
import type { FacetIds, Shape } from './dictionaries.js';

const REPORTED_BITS = 5;
export const USED_BIT = 1 << 5;
export const CLAIM_BIT = 1 << 6;
export const FOREIGN_BIT = 1 << 7;
export const ASSIGNED_BIT = 1 << 8;
export const GRAIN_SHIFT = 9;

/** The lowest bits tell which token classes are reported: input, cache read, cache write, output, reasoning. */
export function bitsOf(
  { numbers, indexes, texts, quantities }: EntryBatch,
  row: number,
  grain: Grain,
  isForeign: boolean,
): number {
  const [input, read, output, reasoning] = [
    numbers.input[row]!,
    numbers.cacheRead[row]!,
    numbers.output[row]!,
    numbers.reasoning[row]!,
  ];
  const [write5m, write1h] = [numbers.cacheWrite5m[row]!, numbers.cacheWrite1h[row]!];
  const used = input > 0 || read > 0 || output > 0 || write5m > 0 || write1h > 0 || hasQuantity(quantities.get(row));
  const claimed = numbers.claimed[row]!;
  const isClaimKnown = !Number.isNaN(claimed) && (claimed !== 0 || texts.claimed.has(row) || !used);
  return (
    (Number.isNaN(input) ? 0 : 1) |
    (Number.isNaN(read) ? 0 : 2) |
    (Number.isNaN(write5m) && Number.isNaN(write1h) ? 0 : 4) |
    (Number.isNaN(output) ? 0 : 8) |
    (Number.isNaN(reasoning) ? 0 : 16) |
    (used ? USED_BIT : 0) |
    (isClaimKnown ? CLAIM_BIT : 0) |
    (isForeign ? FOREIGN_BIT : 0) |
    (indexes.unit[row] === -1 ? 0 : ASSIGNED_BIT) |
    (GRAINS.indexOf(grain) << GRAIN_SHIFT)
  );
}

const hasQuantity = (quantities: Readonly<Record<string, bigint>> | undefined): boolean =>
  quantities !== undefined && usesQuantity(quantities);

export const shapeOf = (facet: FacetIds, bits: number, days: number): Shape => ({
  grain: GRAINS[bits >> GRAIN_SHIFT]!,
  days,
  isForeign: bits & FOREIGN_BIT ? 1 : 0,
  isUsed: bits & USED_BIT ? 1 : 0,
  isAssigned: bits & ASSIGNED_BIT ? 1 : 0,
  reported: bits & (2 ** REPORTED_BITS - 1),
  charge: facet.charge,
  isCovered: facet.isCovered,
  billedCurrency: facet.billedCurrency,
  claimedCurrency: bits & CLAIM_BIT ? facet.claimedCurrency : null,
  computedCurrency: facet.computedCurrency,
});
