/** The shape of the built-in Alibaba price tables and the helpers that keep them readable. */

import type { Rate } from './price.js';

export type AlibabaRegion = 'cn' | 'intl';

/** Rates per million tokens of requests whose input, cached input included, is at most `upTo` tokens (K = 1000). */
export interface AlibabaTier {
  /** Inclusive; `null`: no bound. */
  readonly upTo: number | null;
  readonly input: Rate;
  readonly output: Rate;
  /** All output of a thinking request; absent where thinking costs the same. */
  readonly thinking?: Rate;
  /** The model's own price of an implicit cache hit; absent where the general share of the input price applies. */
  readonly cached?: Rate;
}

export interface AlibabaModel {
  /** Model name, then the dated snapshots the source lists at the same price. Lower case. */
  readonly names: readonly string[];
  readonly tiers: readonly AlibabaTier[];
  /** Where the figures stand. */
  readonly reference: string;
  /** Other public lists that disagree: lower case, fit to be shown. */
  readonly note?: string;
}

export interface AlibabaTable {
  readonly region: AlibabaRegion;
  readonly currency: string;
  /** When the sources were read or published. */
  readonly asOf: string;
  readonly models: readonly AlibabaModel[];
}
