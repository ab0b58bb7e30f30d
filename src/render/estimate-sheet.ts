/** Estimates as a sheet: a line per model, cheapest first, and below it what must be known about the costs. */

import { DAYS_PER_MONTH, type Portion } from '../pricing/call-plan.js';
import type { PriceRef } from '../pricing/cost.js';
import { formatDecimal } from '../pricing/decimal.js';
import type { EstimateStatus } from '../pricing/estimate.js';
import { counted, separated } from './counted.js';
import {
  type EstimateAnswer,
  type EstimatedModel,
  type EstimateQuery,
  type Span,
  spansAsked,
  spansOf,
} from './estimate-body.js';
import { type Column, column, type Sheet, type SheetCell } from './sheet.js';

export function estimateSheet({ query, input, estimates }: EstimateAnswer): Sheet {
  const isRanged = estimates.some(({ counter, cost }) => counter.band !== null && cost !== null);
  return {
    title: `Estimated cost of one call: ${counted(BigInt(input.files), 'file')}, ${counted(BigInt(input.bytes), 'byte')}`,
    columns: columnsOf(query, { isRanged }),
    rows: estimates.map((estimate) => cellsOf(estimate, query)),
    totals: null,
    above: [planLine(query)],
    below: [
      ...estimates.flatMap(remarksOn),
      ...(isRanged ? ['approximate counts: for most texts the cost lies between low and high'] : []),
      ...currencyLine(estimates),
      ...priceLine(estimates),
    ],
  };
}

const TITLES: Readonly<Record<Span, string>> = {
  call: 'per call',
  total: 'all calls',
  day: 'per day',
  month: 'per month',
};

/** Amounts are prices, not money to be added up: the calls of a table are alternatives. */
function columnsOf({ calls }: EstimateQuery, { isRanged }: { readonly isRanged: boolean }): Column[] {
  const spans = spansAsked(calls);
  return [
    column('model', 'model', 'text'),
    column('input_tokens', 'input tokens', 'count'),
    column('method', 'counted', 'text'),
    column('output_tokens', 'output', 'count', 'export'),
    column('context_window', 'window', 'count', 'export'),
    column('context_share', 'of window', 'share'),
    column('currency', 'currency', 'text'),
    ...spans.flatMap((span) => {
      const show = isRanged && span === spans.at(-1) ? 'always' : 'export';
      return [
        column(`cost_${span}`, TITLES[span], 'price'),
        column(`cost_${span}_low`, `${TITLES[span]}, low`, 'price', show),
        column(`cost_${span}_high`, `${TITLES[span]}, high`, 'price', show),
      ].map((each) => ({ ...each, scale: span }));
    }),
    column('price', 'price', 'text', 'wide'),
    column('note', 'note', 'text'),
    column('reason', 'reason', 'text', 'export'),
  ];
}

function cellsOf(estimate: EstimatedModel, { plan, calls }: EstimateQuery): SheetCell[] {
  const { counter, input, window, share, cost, price, reason, notes } = estimate;
  const costs =
    cost === null
      ? spansAsked(calls).flatMap(() => [null, null, null])
      : spansOf(cost, calls).flatMap(({ amount, low, high }) => [amount, low, high]);
  return [
    ...[counter.model, input.tokens, counter.method, plan.output, window?.tokens ?? null, share],
    ...[cost?.currency ?? null, ...costs],
    ...[
      price === null ? null : priceText(price),
      noteOn(estimate),
      [reason, ...notes].filter(Boolean).join('; ') || null,
    ],
  ];
}

const WORDS: Readonly<Record<EstimateStatus, string | null>> = {
  priced: null,
  unpriced: 'no price',
  too_large: 'does not fit',
};

const noteOn = ({ status, notes }: EstimatedModel): string | null =>
  WORDS[status] ?? (notes.length > 0 ? 'see below' : null);

function remarksOn({ counter, status, reason, notes }: EstimatedModel): string[] {
  const why = reason === null ? [] : [status === 'too_large' ? `does not fit: ${reason}` : reason];
  return [...why, ...notes].map((remark) => `${counter.model}: ${remark}`);
}

/** `alibaba 2026-11, intl, input to 32,000`. */
function priceText({ source, asOf, region, mode, tier }: PriceRef): string {
  const parts = [
    ...(region === null ? [] : [region]),
    ...(mode === 'standard' ? [] : [mode]),
    ...(tier === null ? [] : [`input to ${separated(String(tier))}`]),
  ];
  return [`${source} ${asOf}`, ...parts].join(', ');
}

function planLine({ plan, calls, mode, at }: EstimateQuery): string {
  const { output, cached, written, thinking } = plan;
  return [
    output === 0
      ? 'input alone: add --output-tokens for the cost of the answer'
      : counted(BigInt(output), 'output token'),
    ...portionText(cached, 'of the input cached'),
    ...portionText(written, 'of the input written to the cache'),
    ...(thinking ? ['thinking'] : []),
    ...(mode === 'standard' ? [] : [`mode ${mode}`]),
    ...(calls === null ? [] : [callsText(calls)]),
    ...(at === null ? [] : [`prices of ${new Date(at).toISOString()}`]),
  ].join('; ');
}

function portionText(portion: Portion, what: string): string[] {
  if ('tokens' in portion) return portion.tokens === 0 ? [] : [`${counted(BigInt(portion.tokens), 'token')} ${what}`];
  const { units, scale } = portion.share;
  return [`${formatDecimal({ units: units * 100n, scale })}% ${what}`];
}

const callsText = ({ number, per }: NonNullable<EstimateQuery['calls']>): string => {
  const calls = counted(BigInt(number), 'call');
  return per === 'total'
    ? calls
    : per === 'day'
      ? `${calls} a day, ${DAYS_PER_MONTH} days a month`
      : `${calls} a month`;
};

function currencyLine(estimates: readonly EstimatedModel[]): string[] {
  const currencies = [...new Set(estimates.flatMap(({ cost }) => (cost === null ? [] : [cost.currency])))];
  return currencies.length < 2
    ? []
    : [`${currencies.join(' and ')} are sorted apart: currencies are not compared without a rate`];
}

function priceLine(estimates: readonly EstimatedModel[]): string[] {
  const lists = new Set(estimates.flatMap(({ price }) => (price === null ? [] : [`${price.source} ${price.asOf}`])));
  return lists.size === 0 ? [] : [`prices: ${[...lists].join(', ')}`];
}
