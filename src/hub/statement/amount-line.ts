/** What a unit owes, line by line. The lines of a currency add up to the total of the statement. */

import type { Mode, Rate } from '../../pricing/price.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { MeterPrice } from './meter-line.js';

/**
 * `usage`: tokens at a price; `bill`: what a bill states for usage; `charge`: its lines beside usage; `allocation`: parts of
 * shared cost; `correction`: what changed in a closed period.
 */
export type Section = 'usage' | 'bill' | 'charge' | 'allocation' | 'correction';

export interface AmountLine {
  readonly section: Section;
  /** What it is for, where that is no model: a kind of charge, the name of an allocation, a period. */
  readonly item: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly mode: Mode | null;
  /** The class of tokens the rate is for; `null`: all of the line's. */
  readonly tokenClass: string | null;
  /** In millionths of a token; `null`: none are reported. */
  readonly amount: bigint | null;
  /** Per million tokens; empty: no rate was applied, or it is not known any more. */
  readonly rates: readonly Rate[];
  readonly price: MeterPrice | null;
  /** Whose bill states the amount. */
  readonly recording: Recording | null;
  readonly charge: Charge | null;
  /** How it came about, where the columns do not say it. */
  readonly note: string | null;
  readonly currency: string;
  readonly pico: bigint;
}

/** A part of a shared cost. In pico-units: positive adds to the statement, negative takes away. */
export interface AllocationPart {
  /** Who the cost comes from, or goes to: one of the two. */
  readonly from: string | null;
  readonly to: string | null;
  readonly name: string;
  readonly currency: string;
  readonly pico: bigint;
  /** `60%`, or `by tokens, 1,200 of 3,000`. */
  readonly how: string;
}

/** What changed in a closed period after it was closed. */
export interface CorrectionLine {
  /** The period corrected. */
  readonly period: string;
  readonly model: string | null;
  readonly kind: string;
  readonly tokens: bigint | null;
  readonly currency: string;
  readonly pico: bigint;
  readonly cause: string;
}

const NOTHING: AmountLine = {
  ...{ section: 'usage', item: null, model: null, provider: null, mode: null, tokenClass: null, amount: null },
  ...{ rates: [], price: null, recording: null, charge: null, note: null, currency: '', pico: 0n },
};

/** A line of what is stated; everything else is nothing. */
export const amountLine = (
  stated: Pick<AmountLine, 'section' | 'currency' | 'pico'> & Partial<AmountLine>,
): AmountLine => ({ ...NOTHING, ...stated });

export const allocationLine = ({ from, to, name, currency, pico, how }: AllocationPart): AmountLine =>
  amountLine({
    ...{ section: 'allocation', currency, pico, note: how },
    item: to === null ? `${name}, from ${from}` : `${name}, to ${to}`,
  });

export const correctionLine = ({ period, model, kind, tokens, currency, pico, cause }: CorrectionLine): AmountLine =>
  amountLine({
    ...{ section: 'correction', item: `${period}: ${kind}`, model, currency, pico, note: cause },
    amount: tokens === null ? null : tokens * 1_000_000n,
  });
