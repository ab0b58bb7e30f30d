/** Estimates as the JSON body of the contract: counts are integers, money is decimal text beside its currency. */

import { type CallPlan, type Calls, callOf, costOfCalls, DAYS_PER_MONTH, type Portion } from '../pricing/call-plan.js';
import { formatDecimal } from '../pricing/decimal.js';
import type { CallCost, CallEstimate, InputCount } from '../pricing/estimate.js';
import { formatPico } from '../pricing/money.js';
import type { Mode } from '../pricing/price.js';
import type { ContextWindow } from '../tokenizer/context-windows.js';
import type { ModelEncoding } from '../tokenizer/models.js';

/** What was asked of every model. */
export interface EstimateQuery {
  readonly plan: CallPlan;
  /** `null`: the cost of one call is all that was asked. */
  readonly calls: Calls | null;
  readonly mode: Mode;
  /** Instant (ms) of the prices; `null`: now. */
  readonly at: number | null;
  readonly region: 'cn' | 'intl';
}

export interface EstimatedModel extends CallEstimate {
  /** What its input was counted with. */
  readonly counter: ModelEncoding;
  readonly provider: string;
  readonly input: InputCount;
  readonly window: ContextWindow | null;
}

export interface EstimateAnswer {
  readonly query: EstimateQuery;
  readonly input: {
    readonly files: number;
    readonly bytes: number;
    readonly skipped: readonly { readonly path: string; readonly reason: string }[];
    readonly notes: readonly { readonly path: string; readonly note: string }[];
  };
  /** In the order to be shown. */
  readonly estimates: readonly EstimatedModel[];
}

export const estimateBody = ({ query, input, estimates }: EstimateAnswer) => ({
  query: queryBody(query),
  input: { files: input.files, bytes: input.bytes },
  estimates: estimates.map((estimate) => modelBody(estimate, query)),
  skipped: input.skipped.map(({ path, reason }) => ({ path, reason })),
  notes: input.notes,
});

const queryBody = ({ plan, calls, mode, at, region }: EstimateQuery) => ({
  outputTokens: plan.output,
  cached: portionBody(plan.cached),
  cacheWrite: portionBody(plan.written),
  thinking: plan.thinking,
  mode,
  region,
  at: at === null ? null : new Date(at).toISOString(),
  calls: calls === null ? null : { number: calls.number, per: calls.per, daysPerMonth: DAYS_PER_MONTH },
});

const portionBody = (portion: Portion) =>
  'tokens' in portion ? { tokens: portion.tokens } : { share: formatDecimal(portion.share) };

function modelBody(estimate: EstimatedModel, { plan, calls }: EstimateQuery) {
  const { counter, provider, input, window, share, status, reason, cost, price, notes } = estimate;
  const { tokens } = callOf(input.tokens, plan);
  return {
    model: counter.model,
    provider,
    encoding: counter.encoding,
    method: counter.method,
    band: counter.band,
    tokens: {
      input: input.tokens,
      inputRange: [input.low, input.high],
      cacheRead: tokens.cacheRead,
      cacheWrite: tokens.cacheWrite5m,
      output: plan.output,
    },
    context:
      window === null ? null : { window: window.tokens, maxOutput: window.maxOutput, share, source: window.source },
    status,
    reason,
    cost: cost === null ? null : costBody(cost, calls),
    price,
    notes,
  };
}

const costBody = (cost: CallCost, calls: Calls | null) => ({
  currency: cost.currency,
  ...Object.fromEntries(
    spansOf(cost, calls).map(({ span, amount, low, high }) => [span, textsOf({ amount, low, high })]),
  ),
});

const textsOf = ({ amount, low, high }: Omit<SpanCost, 'span'>) => ({
  amount: formatPico(amount),
  low: low === null ? null : formatPico(low),
  high: high === null ? null : formatPico(high),
});

/** Spans a cost is given for, the call first. */
export const spansAsked = (calls: Calls | null): readonly Span[] => [
  'call',
  ...(calls === null ? [] : calls.per === 'day' ? (['day', 'month'] as const) : [calls.per]),
];

export type Span = 'call' | Calls['per'];

export interface SpanCost {
  readonly span: Span;
  /** Pico-units. */
  readonly amount: bigint;
  /** Over the range of the count; `null`: not known at that end. */
  readonly low: bigint | null;
  readonly high: bigint | null;
}

/** One call and, when asked, all calls, a day or a month of them. */
export function spansOf({ pico, low, high }: CallCost, calls: Calls | null): readonly SpanCost[] {
  const times = (amount: bigint | null, span: Span): bigint | null =>
    amount === null || span === 'call' || calls === null ? amount : costOfCalls(amount, calls)[span]!;
  return spansAsked(calls).map((span) => ({
    span,
    amount: times(pico, span)!,
    low: times(low, span),
    high: times(high, span),
  }));
}
