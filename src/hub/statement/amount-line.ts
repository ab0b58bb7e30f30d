/** What a unit owes, line by line. The lines of a currency add up to the total of the statement. */

import type { Mode, Rate } from '../../pricing/price.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { AllocationPart } from '../allocation/border-parts.js';
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

/** What changed in a closed period after it was closed: an amount of the units of a statement. */
export interface CorrectionLine {
  /** The period corrected. */
  readonly period: string;
  readonly model: string;
  readonly charge: Charge;
  readonly kind: 'billed' | 'computed' | 'claimed';
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

export const allocationLine = ({ from, to, by, currency, pico }: AllocationPart): AmountLine =>
  amountLine({ section: 'allocation', item: `${from} to ${to}`, currency, pico, note: by });

export const correctionLine = ({ period, kind, tokens, cause, ...line }: CorrectionLine): AmountLine =>
  amountLine({
    ...{ section: 'correction', item: `${period}: ${kind} ${line.charge}`, note: cause, ...line },
    amount: tokens === null ? null : tokens * 1_000_000n,
  });
