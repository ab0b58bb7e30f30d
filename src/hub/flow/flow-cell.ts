/** What the stages recorded, as plain figures: what a flow is folded from. */

import type { Stage } from '../../usage/event.js';

/** Sums of tokens by class; `null`: not reported. */
export interface FlowTokens {
  readonly input: bigint | null;
  readonly cacheRead: bigint | null;
  readonly cacheWrite: bigint | null;
  readonly output: bigint | null;
  /** Part of the output. */
  readonly reasoning: bigint | null;
}

/** Totals of one recording for one model, unit and day, or bucket of several days, as far as its stage reads them. */
export interface FlowCell {
  readonly stage: Stage;
  /** Key of the recording, as `FlowFacts.daysOf` has it. */
  readonly recording: string;
  /** The one name it goes by at every stage. */
  readonly model: string;
  /** `null`: unassigned. */
  readonly unit: string | null;
  /** Every calendar day it is of, `YYYY-MM-DD`. */
  readonly days: readonly string[];
  /** Key of the account and the part of time for which its tokens and its bill tell of the same usage. */
  readonly part: string;
  /** Which of its figures count; nothing inside a stage is read twice. */
  readonly reads: { readonly tokens: boolean; readonly money: boolean };
  /** 0: its records tell nothing of calls. */
  readonly requests: bigint;
  readonly tokens: FlowTokens;
  /** Pico-units; `null`: these events have none. */
  readonly cost: { readonly currency: string; readonly pico: bigint } | null;
  /** Events that used something nobody covered, and their tokens. */
  readonly owed: { readonly events: bigint; readonly tokens: bigint };
}
