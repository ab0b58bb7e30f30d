/** What a budget on files allows today: limits of money and of context windows, as they are judged. */

import type { InputCount } from '../../pricing/estimate.js';
import type { Amount } from '../../pricing/money.js';
import type { Code } from '../codes.js';
import { shareOf } from '../percent.js';
import type { ContextShare } from './file-budget.js';

/** In tokens; `share`: of which context window it is a share. */
export interface TokensInForce {
  readonly of: 'tokens';
  readonly tokens: bigint;
  readonly share: (ContextShare & { readonly window: number }) | null;
}

/** In money. */
interface CostInForce {
  readonly of: 'cost';
  readonly cost: Amount;
  /** What all calls that the budget assumes cost, in pico-units of that currency, each with these tokens as its input. */
  readonly costOf: (input: InputCount) => CallsCost;
}

/** `low`: the least it can be over the range of an approximate count. */
export type CallsCost =
  | { readonly known: true; readonly pico: bigint; readonly low: bigint }
  | { readonly known: false; readonly reason: string };

/** Nothing can be judged by it, whatever the files are. */
export interface LimitUnknown {
  readonly of: 'unknown';
  readonly code: Code;
  readonly reason: string;
  readonly hint: string;
}

export type KnownLimit = TokensInForce | CostInForce;
export type LimitInForce = KnownLimit | LimitUnknown;

/**
 * A share of a context window, in whole tokens, rounded down.
 *
 * @param window  tokens
 * @example shareOfContext({ contextPercent: 5 }, 128_000).tokens // 6_400n
 */
export const shareOfContext = ({ contextPercent }: ContextShare, window: number): TokensInForce => ({
  of: 'tokens',
  tokens: shareOf(contextPercent, BigInt(window)),
  share: { contextPercent, window },
});
