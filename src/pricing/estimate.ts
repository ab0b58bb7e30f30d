/** What one planned call to a model costs, whether it fits, and which of several models costs least. */

import { type ContextWindow, windowShare } from '../tokenizer/context-windows.js';
import { type CallPlan, callOf } from './call-plan.js';
import { type ComputedCost, costOf, type PriceRef } from './cost.js';
import type { PriceAnswer } from './price.js';

/** Input tokens of a call as counted, and the range the true number is expected in; all equal when exact. */
export interface InputCount {
  readonly tokens: number;
  readonly low: number;
  readonly high: number;
}

/** A count and the range of its band, outwards; `null`: it is exact. */
export function rangeOf(tokens: number, band: readonly [low: number, high: number] | null): InputCount {
  if (band === null) return { tokens, low: tokens, high: tokens };
  return { tokens, low: Math.floor(tokens * band[0]), high: Math.ceil(tokens * band[1]) };
}

/** Amounts of one call in pico-units. `low`, `high`: over the range of the count; `null`: not known at that end. */
export interface CallCost {
  readonly currency: string;
  readonly pico: bigint;
  readonly low: bigint | null;
  readonly high: bigint | null;
}

/** `too_large`: input and output do not fit the model, so there is no such call and no cost. */
export type EstimateStatus = 'priced' | 'unpriced' | 'too_large';

export interface CallEstimate {
  readonly status: EstimateStatus;
  /** Why there is no cost; `null` when there is one. */
  readonly reason: string | null;
  readonly cost: CallCost | null;
  readonly price: PriceRef | null;
  /** Part of the context window that input and output take, decimal text; `null`: the window is not known. */
  readonly share: string | null;
  /** What to know about a cost that stands: lower case, fit to be shown. */
  readonly notes: readonly string[];
}

interface EstimateQuestion {
  readonly input: InputCount;
  readonly plan: CallPlan;
  /** Of `PriceBook.find`. */
  readonly answer: PriceAnswer;
  readonly window: ContextWindow | null;
}

/**
 * The cost of one call, by `costOf` as every other cost, rounded once to a whole pico-unit.
 *
 * A call that does not fit the window has no cost, whatever its price. The range of an approximate count is priced at
 * both its ends and on both sides of every tier in it, between which cost only grows.
 */
export function estimateCall({ input, plan, answer, window }: EstimateQuestion): CallEstimate {
  const share = window === null ? null : windowShare(input.tokens + plan.output, window);
  const tooLarge = window === null ? null : whyTooLarge(input.tokens, plan.output, window);
  const none = { cost: null, price: null, share, notes: [] };
  if (tooLarge !== null) return { ...none, status: 'too_large', reason: tooLarge };
  const cost = costOf(callOf(input.tokens, plan), answer);
  if (!cost.known) return { ...none, status: 'unpriced', reason: cost.reason };
  const { low, high, reason } = costRange(input, plan, answer);
  const notes = [
    ...(window === null ? ['its context window is not known'] : mayNotFit(input, plan, window)),
    ...(reason === null ? [] : [`not priced over the whole range of the count: ${reason}`]),
  ];
  const { currency, pico, price } = cost;
  return { status: 'priced', reason: null, cost: { currency, pico, low, high }, price, share, notes };
}

function whyTooLarge(input: number, output: number, { tokens, maxOutput }: ContextWindow): string | null {
  const excess = input + output - tokens;
  if (excess > 0) return `${input + output} tokens are ${excess} more than its context window of ${tokens}`;
  if (maxOutput === null || output <= maxOutput) return null;
  return `output of ${output} tokens is ${output - maxOutput} more than its largest output of ${maxOutput}`;
}

const mayNotFit = ({ high }: InputCount, { output }: CallPlan, { tokens }: ContextWindow): string[] =>
  high + output > tokens ? [`may not fit: the count may be up to ${high}, the context window is ${tokens}`] : [];

type Range = { readonly low: bigint | null; readonly high: bigint | null; readonly reason: string | null };

function costRange({ low, high }: InputCount, plan: CallPlan, answer: PriceAnswer): Range {
  const tiers = answer.known ? answer.price.tiers : [];
  const edges = tiers.flatMap(({ upTo }) => (upTo === null ? [] : [upTo, upTo + 1]));
  const inputs = [low, ...edges.filter((edge) => edge > low && edge < high), high];
  const costs = inputs.map((input) => costOf(callOf(input, plan), answer));
  const picos = costs.flatMap((cost) => (cost.known ? [cost.pico] : []));
  const isKnown = (cost: ComputedCost | undefined) => cost?.known ?? false;
  return {
    low: isKnown(costs[0]) ? picos.reduce((least, pico) => (pico < least ? pico : least)) : null,
    high: isKnown(costs.at(-1)) ? picos.reduce((most, pico) => (pico > most ? pico : most)) : null,
    reason: costs.flatMap((cost) => (cost.known ? [] : [cost.reason]))[0] ?? null,
  };
}

const LAST: Readonly<Record<EstimateStatus, number>> = { priced: 0, unpriced: 1, too_large: 2 };

/**
 * Cheapest first within each currency, currencies by name and never compared; then what has no price, then what does not
 * fit. Equal ones keep their order.
 */
export const cheapestFirst = <Each extends CallEstimate>(estimates: readonly Each[]): Each[] =>
  estimates.toSorted((a, b) => LAST[a.status] - LAST[b.status] || byCost(a.cost, b.cost));

function byCost(a: CallCost | null, b: CallCost | null): number {
  if (a === null || b === null) return 0;
  if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
  return a.pico === b.pico ? 0 : a.pico < b.pico ? -1 : 1;
}
