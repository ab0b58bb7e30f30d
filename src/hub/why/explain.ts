/** A figure taken apart: its recordings, rules, prices, allocations and files, each of which adds up to it. */

import { formatPico } from '../../pricing/money.js';
import type { AllocationPart } from '../allocation/border-parts.js';
import { type ImportedFile, type ImportUse, importUses, type SharedEvents } from './import-uses.js';
import type { ListedPrice, PricedTrace } from './listed-price.js';
import { type PriceUse, priceUses } from './price-uses.js';
import { type RecordingShare, recordingShares } from './recording-uses.js';
import { type KnownRule, type RuleUse, ruleUses } from './rule-uses.js';
import { type Share, shareOf } from './share.js';
import type { ReadTrace } from './trace.js';

export interface FigureFacts {
  readonly parts: readonly ReadTrace[];
  /** As they are applied to the ledger. */
  readonly rules: readonly KnownRule[];
  readonly listed: (trace: PricedTrace) => ListedPrice;
  readonly imports: readonly ImportedFile[];
  readonly shared: readonly SharedEvents[];
  readonly allocations: readonly AllocationPart[];
}

export interface Explanation {
  readonly share: Share;
  readonly recordings: readonly RecordingShare[];
  readonly rules: readonly RuleUse[];
  readonly prices: readonly PriceUse[];
  readonly allocations: readonly (Omit<AllocationPart, 'pico'> & { readonly amount: string })[];
  readonly imports: readonly ImportUse[];
}

/** The parts by rule and by file have all tokens and all of the cost; those by price all of the cost. */
export const explain = ({ parts, rules, listed, imports, shared, allocations }: FigureFacts): Explanation => ({
  share: shareOf(parts),
  recordings: recordingShares(parts),
  rules: ruleUses(parts, rules),
  prices: priceUses(parts, listed),
  allocations: allocations.map(({ pico, ...part }) => ({ ...part, amount: formatPico(pico) })),
  imports: importUses(parts, imports, shared),
});
