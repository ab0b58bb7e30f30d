/** Plans, packages and free quotas of the user's: usage they cover has no cost of its own. */

import { type Coverage, isProviderCovered } from '../pricing/contract.js';
import { modelName } from '../pricing/model-name.js';
import { compileWildcard } from '../pricing/wildcard.js';
import type { UsageEvent } from './event.js';
import type { Recording } from './recording.js';

export interface Plan extends Coverage {
  readonly name: string;
  /** Source whose records it covers, such as a coding agent; `null`: any. */
  readonly source: string | null;
}

/** The name of the plan that covers an event of a recording; `null`: none does. */
export type PlanOf = (event: UsageEvent, recording: Recording) => string | null;

/** What the record itself says goes first, then the first plan that covers the event at its instant. */
export function plansOf(plans: readonly Plan[]): PlanOf {
  const covers = plans.map((plan) => ({ name: plan.name, covers: coverOf(plan) }));
  return (event, recording) => {
    if (event.plan !== null) return event.plan;
    for (const plan of covers) if (plan.covers(event, recording)) return plan.name;
    return null;
  };
}

function coverOf({ provider, account, key, source, models, from, to }: Plan) {
  const matches = models.map(compileWildcard);
  const [start, end] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY];
  return (event: UsageEvent, recording: Recording): boolean =>
    start <= event.at &&
    event.at < end &&
    (account === null || account === recording.account) &&
    (key === null || key === event.origin.key) &&
    (source === null || source === recording.source) &&
    isProviderCovered(provider, event.provider) &&
    (matches.length === 0 || isOneOf(matches, modelName(event.model, event.provider)));
}

const isOneOf = (matches: readonly ((text: string) => boolean)[], name: string): boolean =>
  matches.some((isMatch) => isMatch(name));
