/** One line of a meter: what one unit used in a period, of one model, at one price, as one recording tells it. */

import type { Mode } from '../../pricing/price.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';

/** Tokens of the disjoint classes; `null`: no event of the line reported the class. `reasoning` is part of `output`. */
export interface MeterTokens {
  readonly input: bigint | null;
  readonly cacheRead: bigint | null;
  readonly cacheWrite5m: bigint | null;
  readonly cacheWrite1h: bigint | null;
  readonly output: bigint | null;
  readonly reasoning: bigint | null;
}

/** What a computed cost was computed with; `tier` is the largest input of a request of that tier, as the price list has it. */
export interface MeterPrice {
  readonly source: string;
  readonly asOf: string;
  readonly model: string;
  readonly region: string | null;
  readonly mode: string;
  readonly tier: number | null;
}

/**
 * Lines of one period differ in everything above `requests`. `isReadForTokens` and `isReadForMoney` say whether a report
 * of the period adds the line's usage, or its cost; views of the same tokens that are not read are lines, too.
 */
export interface MeterLine {
  /** `null`: unassigned. */
  readonly unit: string | null;
  readonly recording: Recording;
  readonly model: string;
  readonly provider: string;
  readonly mode: Mode;
  readonly charge: Charge;
  /** `null`: nothing was computed. */
  readonly price: MeterPrice | null;
  /** Why there is no computed cost, or the plan that covered the usage; `null`: there is one. */
  readonly unpriced: string | null;
  readonly isCovered: boolean;
  /** Which amount `pico` is, and its currency; `null`: the usage has no cost. */
  readonly cost: {
    readonly kind: 'billed' | 'computed' | 'claimed';
    readonly currency: string;
    readonly pico: bigint;
  } | null;
  readonly isReadForTokens: boolean;
  readonly isReadForMoney: boolean;
  readonly events: bigint;
  readonly requests: bigint;
  readonly tokens: MeterTokens;
  /** In millionths, by name. */
  readonly quantities: Readonly<Record<string, bigint>>;
}
