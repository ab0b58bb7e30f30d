import type { CallRecord } from './call-record.js';
import type { Cause } from './causes.js';

/** A way to price calls that differs from the one in force. */
export interface OtherPricing {
  readonly cause: Extract<Cause, 'price_table' | 'tier_rule'>;
  /** `price list alibaba-cn`, `every request at tier 2`. */
  readonly text: string;
  readonly costOf: (record: CallRecord) => CallRecord['cost'];
}

/** How records are priced: as configured, and otherwise. */
export interface PriceRules {
  readonly costOf: (record: CallRecord) => CallRecord['cost'];
  readonly others: readonly OtherPricing[];
}
