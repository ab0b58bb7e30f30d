/** What must come of the files: totals per recording, per unit and per stage, and every planted difference by name. */

import { payable } from './bill.js';
import { EXPERIMENTS } from './engines.js';
import { kindOf } from './media.js';
import { CALLERS, costOf, decimalOf, ENGINE_MODEL, LAB_MODEL, OWN_MODEL } from './organisation.js';
import { grouped, sumOf } from './text.js';
import { instant, localDay } from './time.js';
import { isLate } from './views.js';

/** The sandbox is AI Innovation's until the 15th, this day included. */
const isLent = ({ at }) => at < instant(16, 0);
export const unitOf = (call) => CALLERS[call.caller].unit ?? (isLent(call) ? 'innovation' : '(unassigned)');

/** A request seen twice in one recording counts once. */
const once = (records) => [...new Map(records.map((record) => [record.id, record])).values()];

/** Rows by unit and model in the order of their names, and their sum. */
function rowsOf(records, { unit, model = (record) => record.model, tokens, requests, cost }) {
  const rows = [...grouped(records, (record) => `${unit(record)} ${model(record)}`)].map(([, list]) => ({
    ...{ unit: unit(list[0]), model: model(list[0]) },
    ...{ requests: sumOf(list, requests), tokens: tokensOf(list, tokens), cost: decimalOf(moneyOf(list, cost)) },
  }));
  return rows.sort((a, b) => (`${a.unit} ${a.model}` < `${b.unit} ${b.model}` ? -1 : 1));
}

const moneyOf = (list, cost) => list.reduce((sum, record) => sum + cost(record), 0n);

/** Input is the fresh part; `null`: no record of the row reports the class. */
function tokensOf(list, of) {
  const counts = list.map(of).filter((count) => count !== null);
  const sum = (name) => {
    const known = counts.map((count) => count[name]).filter((count) => count !== null);
    return known.length === 0 ? null : known.reduce((total, count) => total + count, 0);
  };
  const [input, cacheRead, output] = [sum('input'), sum('cacheRead'), sum('output')];
  return {
    input,
    cacheRead,
    output,
    reasoning: sum('reasoning'),
    total: (input ?? 0) + (cacheRead ?? 0) + (output ?? 0),
  };
}

const classes = ({ input, cached, output, reasoning }) => ({
  input: input - cached,
  cacheRead: cached,
  output,
  reasoning,
});
const oneRequest = () => 1;

/** The engines name the model in their own way. */
export const engineRows = (calls) =>
  rowsOf(calls, {
    ...{ unit: () => 'tongyi', model: () => ENGINE_MODEL },
    ...{ requests: oneRequest, cost: (call) => costOf(call.model, call) },
    tokens: (call) => ({ ...classes(call), reasoning: null }),
  });

/** What the lab used itself, which has no price. */
export const experimentRow = () => ({
  ...{ unit: 'tongyi', model: LAB_MODEL, requests: EXPERIMENTS.requests },
  tokens: {
    ...{ input: EXPERIMENTS.prompt - EXPERIMENTS.cached, cacheRead: EXPERIMENTS.cached, output: EXPERIMENTS.output },
    ...{ reasoning: null, total: EXPERIMENTS.prompt + EXPERIMENTS.output },
  },
});

/** A stream that the client left is a call without tokens; what the gateway's cache answered costs nothing. */
export const gatewayRows = (lines) =>
  rowsOf(once(lines), {
    ...{ unit: unitOf, requests: oneRequest, tokens: (call) => (call.cause === 'stream_abort' ? null : classes(call)) },
    cost: (call) => (['stream_abort', 'gateway_cache_hit'].includes(call.cause) ? 0n : costOf(call.model, call)),
  });

export const appRows = (records) =>
  rowsOf(once(records), {
    ...{ unit: unitOf, requests: oneRequest, tokens: classes, cost: (call) => costOf(call.model, call) },
  });

/** Rows of agents know runs too, each of one model, and its tools: one after every call but the last. */
export function agentRows(records) {
  const keyOf = ({ unit, model }) => `${unit} ${model}`;
  const calls = grouped(once(records), (call) => keyOf({ unit: unitOf(call), model: call.model }));
  return appRows(records).map((row) => {
    const runs = new Set(calls.get(keyOf(row)).map(({ trace }) => trace)).size;
    return { ...row, quantities: { agent_run: String(runs), tool_call: String(row.requests - runs) } };
  });
}

const CLASS_OF = { input_token: 'input', input_token_cache: 'cacheRead', output_token: 'output' };
const billed = ({ type, count }) => ({
  input: null,
  cacheRead: null,
  output: null,
  reasoning: null,
  [CLASS_OF[type]]: count,
});

/** Tokens of a bill and what is payable for them; it knows no requests. */
export const billRows = (lines) => rowsOf(lines, { unit: unitOf, requests: () => 0, tokens: billed, cost: payable });

/** Media by model. The log of AI Innovation knows the requests, and the bill the money. */
export const mediaRows = (lines) =>
  [...grouped(lines, ({ model }) => model)].map(([model, list]) => ({
    ...{ unit: 'innovation', model, requests: list.length },
    quantities: { [kindOf(model).quantity]: String(sumOf(list, ({ amount }) => amount)) },
    cost: decimalOf(moneyOf(list, payable)),
  }));

export const grainRows = (rows) =>
  [...grouped(rows, ({ caller }) => caller)].map(([unit, list]) => ({
    ...{ unit, quantities: { grain: String(sumOf(list, ({ grains }) => grains)) } },
  }));

/** Tokens per stage, model and unit; `null`: no recording of the stage tells of that unit. Stages are never added. */
export function flowOf({ engine, gateway, bill, app }, lines, apps) {
  const keyOf = ({ unit, model }) => `${model === ENGINE_MODEL ? OWN_MODEL : model} ${unit}`;
  const stages = [engine, gateway, bill, app].map((rows) => new Map(rows.map((row) => [keyOf(row), row.tokens.total])));
  const keys = [...new Set([engine, gateway, bill, app].flat().map(keyOf))].sort();
  return keys.map((key) => {
    const [model, unit] = key.split(' ');
    const [created, byGateway, byBill, applied] = stages.map((totals) => totals.get(key) ?? null);
    const compared = byBill === null || applied === null ? null : comparedOf({ model, unit }, lines, apps);
    return { model, unit, created, transported: { gateway: byGateway, bill: byBill }, applied, compared };
  });
}

/**
 * Tokens of the bill, and of the application's log, on the days on which that log has anything at all: the bill has
 * every day of the month. What the bill has on other days is `before`.
 */
function comparedOf({ model, unit }, lines, apps) {
  const isHere = (record) => record.model === model && unitOf(record) === unit;
  const log = apps.find((records) => records.some(isHere));
  const days = new Set(log.map(({ at }) => localDay(at)));
  const billed = lines.filter(isHere);
  const inside = billed.filter(({ at }) => days.has(localDay(at)));
  const [bill, all] = [inside, billed].map((list) => sumOf(list, ({ count }) => count));
  const applied = sumOf(once(log.filter(isHere)), ({ input, output }) => input + output);
  return { days: days.size, bill, applied, notCompared: all - bill };
}

/** What the engines made of their one model, and what the bill has of it: all of it, whoever asked. */
export const createdOf = (engine, lines) => ({
  model: OWN_MODEL,
  created: sumOf(engine, ({ input, output }) => input + output),
  bill: sumOf(
    lines.filter(({ model }) => model === OWN_MODEL),
    ({ count }) => count,
  ),
});

/** The bill of each unit: list prices, what is taken off and added, and what is payable. */
export function statementsOf(lines, plan) {
  const rows = [...grouped(lines, unitOf)].map(([unit, list]) => {
    const sums = ['list', 'discount', 'coupon', 'tax'].map((name) => moneyOf(list, (line) => line[name]));
    const [usage, discount, credit, tax] = sums;
    return statement(unit, { usage, discount: -discount, credit: -credit, tax, purchase: 0n });
  });
  const shared = statement('shared-gateway', { usage: 0n, discount: 0n, credit: 0n, tax: 0n, purchase: plan.plan });
  return [...rows, shared].sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

function statement(unit, charges) {
  const total = Object.values(charges).reduce((sum, amount) => sum + amount, 0n);
  const CNY = Object.fromEntries(Object.entries({ ...charges, total }).map(([name, pico]) => [name, decimalOf(pico)]));
  return { unit, CNY };
}

/** Every planted difference of calls, in the order of time, with the tokens the call really had. */
export const causesOf = (calls) =>
  calls
    .filter(({ cause }) => cause !== null)
    .map((call) => ({
      ...{ cause: call.cause, request: call.id, unit: unitOf(call), model: call.model },
      ...{ input: call.input, cached: call.cached, output: call.output },
    }));

/** Lines of the bill whose money is not tokens × price in force; tokens agree. */
export const wrongMoneyOf = (lines) =>
  lines
    .filter(({ cause }) => cause !== undefined)
    .map(({ cause, calls, model, type, list, right }) => ({
      ...{ cause, requests: calls, model, type, billed: decimalOf(list), right: decimalOf(right) },
    }));

/** Tokens and money of the hours that the first bill does not have. */
export function lateOf(calls, lines, refund) {
  const late = calls.filter(isLate);
  return {
    requests: late.map(({ id }) => id),
    tokens: sumOf(late, ({ input, output }) => input + output),
    statements: statementsOf(lines, { plan: 0n }).filter(({ unit }) => unit !== 'shared-gateway'),
    refund: { unit: unitOf(refund), cause: 'price_table', CNY: decimalOf(-refund.refund) },
  };
}
