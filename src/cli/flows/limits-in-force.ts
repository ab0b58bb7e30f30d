import { CODES } from '../../budget/codes.js';
import type { ContextShare, FileBudget } from '../../budget/files/file-budget.js';
import { limitAt } from '../../budget/files/file-hints.js';
import {
  type CallsCost,
  type LimitInForce,
  type LimitUnknown,
  shareOfContext,
} from '../../budget/files/limit-in-force.js';
import { type CallPlan, costOfCalls } from '../../pricing/call-plan.js';
import { estimateCall, type InputCount } from '../../pricing/estimate.js';
import type { Amount } from '../../pricing/money.js';
import type { LimitsAsked, ModelFacts } from './model-facts.js';

/**
 * What each budget allows, `null` where it limits growth alone. Prices and windows are loaded only for the budgets that
 * need them.
 */
export async function limitsInForce(
  budgets: readonly FileBudget[],
  asked: () => Promise<LimitsAsked>,
): Promise<ReadonlyMap<FileBudget, LimitInForce | null>> {
  const ofModels = budgets.filter(({ max }) => max !== null && !('tokens' in max));
  const facts = ofModels.length === 0 ? new Map<FileBudget, ModelFacts>() : await load(ofModels, asked);
  return new Map(budgets.map((budget) => [budget, limitInForce(budget, facts.get(budget) ?? NOTHING)]));
}

/** Price lists are loaded where they are asked. */
const load = async (budgets: readonly FileBudget[], asked: () => Promise<LimitsAsked>) =>
  (await import('./model-facts.js')).modelFacts(budgets, await asked());

const NOTHING: ModelFacts = { window: null, answer: null };

function limitInForce(budget: FileBudget, facts: ModelFacts): LimitInForce | null {
  const { max } = budget;
  if (max === null) return null;
  if ('tokens' in max) return { of: 'tokens', tokens: BigInt(max.tokens), share: null };
  return 'cost' in max ? costLimit(budget, max.cost, facts) : contextLimit(budget, max, facts);
}

function contextLimit(budget: FileBudget, share: ContextShare, { window }: ModelFacts): LimitInForce {
  if (window !== null) return shareOfContext(share, window.tokens);
  return {
    of: 'unknown',
    code: CODES.unknownWindow,
    reason: `the context window of ${budget.model} is not known`,
    hint: `write ${limitAt(budget, 'max')} in tokens`,
  };
}

function costLimit(budget: FileBudget, cost: Amount, { window, answer }: ModelFacts): LimitInForce {
  if (!answer!.known) return unpriced(budget, answer!.reason);
  const { currency } = answer!.price;
  if (currency !== cost.currency)
    return unpriced(budget, `the price of ${budget.model} is in ${currency}, and the limit in ${cost.currency}`);
  return { of: 'cost', cost, costOf: (input) => callsCost(budget, input, { window, answer }) };
}

const unpriced = (budget: FileBudget, reason: string): LimitUnknown => ({
  of: 'unknown',
  code: CODES.unpricedModel,
  reason,
  hint: `add a price file to \`prices\` of the config, or write ${limitAt(budget, 'max')} in tokens`,
});

/** All calls that the budget assumes, at the price of one of them as rounded. */
function callsCost({ assume }: FileBudget, input: InputCount, { window, answer }: ModelFacts): CallsCost {
  const plan: CallPlan = {
    output: assume.outputTokens,
    cached: { tokens: 0 },
    written: { tokens: 0 },
    thinking: false,
  };
  const { cost, reason } = estimateCall({ input, plan, answer: answer!, window });
  if (cost === null) return { known: false, reason: reason! };
  if (cost.low === null) return { known: false, reason: 'there is no price at the low end of its count' };
  const ofAll = (pico: bigint) => costOfCalls(pico, { number: assume.calls, per: 'total' }).total!;
  return { known: true, pico: ofAll(cost.pico), low: ofAll(cost.low) };
}
