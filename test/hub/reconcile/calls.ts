import type { CallRecord } from '../../../src/hub/reconcile/call-record.js';
import type { PriceRules } from '../../../src/hub/reconcile/price-rules.js';
import { type ReconcileQuestion, reconcile } from '../../../src/hub/reconcile/reconcile.js';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';

export const HOUR = Date.UTC(2026, 9, 1, 15);
export const HOUR_MS = 3_600_000;

/** A call of one hour, with `input` fresh and `output` tokens. */
export const call = (id: string | null, of: Partial<CallRecord> = {}): CallRecord => ({
  ...{ id, at: HOUR, until: null, day: null, model: 'm', name: 'm', provider: 'alibaba', account: 'alibaba' },
  ...{ key: null, workspace: null, unit: null, requests: 1, status: null, plan: null, attempt: null, cost: null },
  ...{ mode: 'standard', cacheKind: null, tierUpTo: null, quantities: {} },
  tokens: tokens(1000, 100),
  ...of,
});

export const tokens = (input: number | null, output: number | null, cacheRead: number | null = null) => ({
  ...NO_TOKENS,
  ...{ input, output, cacheRead },
});

/** An hour of a bill. */
export const billed = (of: Partial<CallRecord> = {}): CallRecord =>
  call(null, { until: HOUR + HOUR_MS, requests: 0, ...of });

export const cny = (pico: bigint) => ({ currency: 'CNY', pico });
const CENT = 10_000_000_000n;
/** Whole hundredths of a CNY. */
export const cents = (amount: number) => cny(BigInt(amount) * CENT);

export const NO_PRICES: PriceRules = { costOf: () => null, others: [] };

/** Two recordings compared, as what they differ in by cause. */
export function compare(
  left: readonly CallRecord[],
  right: readonly CallRecord[],
  of: Partial<ReconcileQuestion> & { readonly sides?: readonly ['app' | 'gateway', 'gateway' | 'bill'] } = {},
) {
  const { sides = ['app', 'gateway'], ...question } = of;
  const found = reconcile({
    recordings: [
      { side: sides[0], records: left },
      { side: sides[1], records: right },
    ],
    ...{ asked: { from: null, to: null }, timeZone: 'UTC', bucket: null },
    ...{ declared: { tokenizers: new Set<never>() }, prices: NO_PRICES, isPreliminary: () => false },
    ...question,
  });
  if (!('pairs' in found)) throw new Error(JSON.stringify(found));
  return found.pairs[0]!;
}

/** `cause: input/output` of each finding. */
export const told = (pair: ReturnType<typeof compare>): string[] =>
  pair.findings.map(({ cause, difference: { input, output } }) => `${cause ?? 'unexplained'}: ${input}/${output}`);
