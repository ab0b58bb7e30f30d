import type { ComputedCost, PriceRef } from './cost.js';

type Known = Extract<ComputedCost, { known: true }>;

/** Whether two costs are the same to whoever pays: the amount, or that there is none, and why not: a plan, or no price. */
export const isSameAmount = (a: ComputedCost, b: ComputedCost): boolean =>
  a.known && b.known
    ? a.pico === b.pico && a.currency === b.currency
    : !a.known && !b.known && (a.plan === undefined) === (b.plan === undefined);

/** Whether two costs are the same in every part that is kept: also the price, the basis, the plan, the reason. */
export const isSameCost = (a: ComputedCost, b: ComputedCost): boolean =>
  a.known && b.known
    ? isSameAmount(a, b) && a.basis === b.basis && isSamePrice(a, b)
    : !a.known && !b.known && a.reason === b.reason && a.plan === b.plan;

const isSamePrice = ({ price: a }: Known, { price: b }: Known): boolean => a === b || isSameRef(a, b);

const isSameRef = (a: PriceRef, b: PriceRef): boolean =>
  a.source === b.source &&
  a.asOf === b.asOf &&
  a.model === b.model &&
  a.region === b.region &&
  a.mode === b.mode &&
  a.tier === b.tier;
