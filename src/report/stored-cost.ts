import type { ComputedCost } from '../pricing/cost.js';
import type { UsageEvent } from '../usage/event.js';
import type { View } from './view.js';

/** An event of the ledger and its computed cost, to be decided again. */
export interface StoredCost {
  readonly event: UsageEvent;
  readonly computed: ComputedCost;
  /** Decides whether a report reads it; one object for all events of a view. */
  readonly view: View;
  /** False: another recording of the same request is the one that counts. */
  readonly isCounted: boolean;
}
