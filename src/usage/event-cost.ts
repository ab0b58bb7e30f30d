import { type ComputedCost, costOf, coveredBy } from '../pricing/cost.js';
import type { PriceBook } from '../pricing/price-book.js';
import type { UsageEvent } from './event.js';
import { type Plan, plansOf } from './plans.js';
import type { Recording } from './recording.js';

/** The computed cost of an event of a recording. */
export type EventCost = (event: UsageEvent, recording: Recording) => ComputedCost;

/**
 * How events are priced: by the plan that covers them, else at the price in force at their instant, by the contract of
 * their account (the recording's) or key where there is one.
 *
 * A line of a bill that is no usage has no cost of its own to compute, nor has a meter reading: usage is the difference
 * of two, which is priced as an event with `counter: null`.
 *
 * @param book   prepared for the providers of the events; see `DefaultPriceBook`
 * @param plans  of the config
 */
export function eventCosts(book: PriceBook, plans: readonly Plan[]): EventCost {
  const planOf = plansOf(plans);
  return (event, recording) => {
    if (event.charge !== 'usage') return { known: false, reason: `a line of ${event.charge} is no usage` };
    if (event.counter !== null) return { known: false, reason: 'a meter reading is no usage by itself' };
    const plan = planOf(event, recording);
    return plan === null ? priced(book, event, recording) : coveredBy(plan);
  };
}

/**
 * Whether the tokens may be those of several requests, so that no tier can be chosen by them. A bucket that says it is of
 * one request is that request, unless its tier is stated, or an engine counted the tokens of many and the end of one.
 */
function isOfMany({ until, requests, tierUpTo }: UsageEvent, { role }: Recording): boolean {
  if (until === null) return requests > 1;
  return requests !== 1 || tierUpTo !== null || role === 'engine';
}

function priced(book: PriceBook, event: UsageEvent, recording: Recording): ComputedCost {
  const { model, provider, at, mode, origin, tokens, quantities, cacheKind, tierUpTo } = event;
  return costOf(
    { tokens, quantities, cacheKind, bucket: isOfMany(event, recording), tierUpTo },
    book.find({ model, provider, at, mode, account: recording.account, origin }),
  );
}
