/** Bailian's bill: one line per hour (UTC+8), key, workspace, model, tier and type of tokens; money in CNY. */

import { kindOf, mediaCost } from './media.js';
import { BILL_ACCOUNT, CALLERS, decimalOf, ratesOf, tierOf, tiersOf } from './organisation.js';
import { csv, grouped, sumOf } from './text.js';
import { HOUR_MS, instant, localDay, localHour } from './time.js';

const HEADER = [
  ...['Billing Date', 'Hour', 'Line Item Type', 'Resource Purchase Account ID', 'Product Name', 'Instance ID'],
  ...['Instance Tags', 'Billable Item', 'List Price', 'Usage', 'Usage Unit', 'Currency', 'Catalogue Gross Amount'],
  ...['Discount Amount', 'Coupon Deduction', 'Tax', 'Payable Amount'],
];

/** Percent off Qianwen's qwen3.7-plus from the 16th. */
const DISCOUNT = { percent: 10n, from: instant(16, 0) };
const TAX_PERCENT = 6n;
/** 10^-12 CNY. */
const COUPON = 1_000_000_000_000n;
/** Of an input token of qwen3.7-plus, before the price was lowered. */
const OLD_RATE = 2_400_000n;
/** The month's plan of the gateway that all units share. */
const GATEWAY_PLAN = 90_000_000_000_000n;
const PLAN_TAG = 'key:cost value:shared-gateway';

/**
 * Lines of calls. Some are wrong on purpose, see `wrongLines`.
 *
 * @returns  objects with what a line says, amounts in 10^-12 CNY
 */
export function tokenLines(calls) {
  const keyOf = (call) =>
    [localDay(call.at), localHour(call.at), call.caller, call.model, tierOf(call.model, call.input).upTo].join();
  return wrongLines([...grouped(calls, keyOf).values()].flatMap(linesOf));
}

function linesOf(calls) {
  const [{ at, caller, model, input }] = calls;
  const tier = tierOf(model, input);
  const rates = ratesOf(tier);
  const counts = {
    input_token: [sumOf(calls, (call) => call.input - call.cached), rates.input],
    input_token_cache: [sumOf(calls, (call) => call.cached), rates.cached],
    output_token: [sumOf(calls, (call) => call.output), rates.output],
  };
  const ids = calls.map(({ id }) => id);
  return Object.entries(counts)
    .filter(([, [count]]) => count > 0)
    .map(([type, [count, rate]]) => withCharges({ at, caller, model, type, count, rate, item: tier.item, calls: ids }));
}

function withCharges(line) {
  const list = BigInt(line.count) * line.rate;
  const isReduced = line.caller === 'qianwen' && line.model === 'qwen3.7-plus' && line.at >= DISCOUNT.from;
  return { ...line, list, discount: isReduced ? (list * DISCOUNT.percent) / 100n : 0n, coupon: 0n, tax: 0n };
}

/**
 * The provider's two mistakes, of money and not of tokens: an hour of qwen3.7-plus at last year's price, and a qwen3-max
 * request of at most 32,000 tokens at the tier above.
 */
function wrongLines(lines) {
  const price = lines.find((line) => line.caller === 'innovation' && line.model === 'qwen3.7-plus');
  const tier = lines.find(
    (line) =>
      line.caller.startsWith('wukong') &&
      line.model === 'qwen3-max' &&
      line.item === '0_32k' &&
      line.calls.length === 1,
  );
  return lines.map((line) => {
    if (line === price) return { ...withCharges({ ...line, rate: OLD_RATE }), right: line.list, cause: 'price_table' };
    return line.calls === tier.calls ? { ...atTierAbove(line), right: line.list, cause: 'tier_rule' } : line;
  });
}

function atTierAbove(line) {
  const above = tiersOf(line.model)[1];
  const { input, cached, output } = ratesOf(above);
  const rates = { input_token: input, input_token_cache: cached, output_token: output };
  return withCharges({ ...line, rate: rates[line.type], item: above.item });
}

/** Lines of media, with tax; a coupon of 1 CNY goes to the first film. */
export function mediaLines(media) {
  const film = media.find(({ model }) => model === 'wan2.5-t2v');
  return media.map((one) => {
    const list = mediaCost(one);
    return {
      ...one,
      caller: 'innovation',
      list,
      discount: 0n,
      coupon: one === film ? COUPON : 0n,
      tax: (list * TAX_PERCENT) / 100n,
    };
  });
}

/** What is owed for a line. */
export const payable = ({ list, discount, coupon, tax }) => list - discount - coupon + tax;

export const planLine = () => ({ at: instant(1, 0), plan: GATEWAY_PLAN });

export const billText = (lines) => csv(HEADER, [...lines].sort((a, b) => hourOf(a) - hourOf(b)).map(rowOf));

const hourOf = ({ at }) => Math.floor(at / HOUR_MS);

function rowOf(line) {
  const date = { 'Billing Date': localDay(line.at), 'Resource Purchase Account ID': BILL_ACCOUNT, Currency: 'CNY' };
  const product = { 'Product Name': 'Alibaba Cloud Model Studio' };
  if (line.plan !== undefined)
    return {
      ...{ ...date, ...product, 'Line Item Type': 'Subscription', 'Instance ID': 'gateway-2026-10', Usage: '1' },
      ...{ 'Instance Tags': PLAN_TAG, 'Billable Item': 'Shared AI gateway', 'Payable Amount': decimalOf(line.plan) },
    };
  const { key, workspace } = CALLERS[line.caller];
  const hour = { Hour: localHour(line.at), 'Line Item Type': line.refund === undefined ? 'PayAsYouGoBill' : 'Refund' };
  const tags = { 'Instance Tags': `key:app value:${line.caller}` };
  const instance = (type) => ({ 'Instance ID': `${key};${workspace};${line.model};${type};api` });
  if (line.refund !== undefined) {
    const item = { 'Billable Item': itemOf(line), 'Payable Amount': decimalOf(-line.refund) };
    return { ...date, ...product, ...hour, ...tags, ...instance(line.type), ...item };
  }
  return { ...date, ...hour, ...product, ...tags, ...usageOf(line, instance), ...moneyOf(line) };
}

/** The type of tokens with the tier, where the model has several. */
const itemOf = ({ type, item }) => (item === null ? type : `${type}_${item}`);

function usageOf(line, instance) {
  if (line.type === undefined) {
    const { type, unit, per, price } = kindOf(line.model);
    const usage = decimalOf((BigInt(line.amount) * 1_000_000_000_000n) / per);
    return {
      ...instance(type),
      'Billable Item': type,
      'List Price': decimalOf(price),
      Usage: usage,
      'Usage Unit': unit,
    };
  }
  return {
    ...instance(line.type),
    'Billable Item': itemOf(line),
    'List Price': decimalOf(line.rate * 1000n),
    Usage: decimalOf(BigInt(line.count) * 1_000_000_000n),
    'Usage Unit': '1K tokens',
  };
}

const moneyOf = (line) => ({
  'Catalogue Gross Amount': decimalOf(line.list),
  'Discount Amount': decimalOf(line.discount),
  'Coupon Deduction': decimalOf(line.coupon),
  Tax: decimalOf(line.tax),
  'Payable Amount': decimalOf(payable(line)),
});
