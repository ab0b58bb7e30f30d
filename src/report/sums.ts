/** The figures of a row while they are added up. Exact: every one is a whole number. */

import type { Charge } from '../usage/event.js';
import type { Cell, TokenSums } from './cell.js';
import { addLatency, type LatencyHistogram } from './latency.js';
import type { Reading } from './view.js';

type CostKind = NonNullable<Cell['cost']>['kind'];

/** Sums over cells. Tokens, requests and quantities are of recordings read for tokens, the rest of those read for money. */
export interface Sums {
  requests: bigint;
  events: bigint;
  tokens: TokenSums;
  /** In millionths. */
  readonly quantities: Map<string, bigint>;
  /** Pico-units by currency. */
  readonly cost: Map<string, bigint>;
  /** The same by currency and kind. */
  readonly costKinds: Map<string, Map<CostKind, bigint>>;
  /** Of the cost: lines of a bill beside usage, pico-units by currency. */
  readonly charges: Map<Charge, Map<string, bigint>>;
  /** Usage without a price, or without a part in the bill that has its cost. */
  unpricedEvents: bigint;
  unpricedTokens: bigint;
  /** The latter alone, and the days it is of. */
  unsplitEvents: bigint;
  unsplitTokens: bigint;
  readonly unsplitDays: Set<string>;
  /** Usage that a plan, package or free quota covered. */
  planEvents: bigint;
  planTokens: bigint;
  /** `null`: not asked for. */
  latency: LatencyHistogram | null;
  /** Of every record read, for tokens or for money. */
  unassignedEvents: bigint;
  unassignedTokens: bigint;
}

export const noSums = (): Sums => ({
  requests: 0n,
  events: 0n,
  tokens: { input: null, cacheRead: null, cacheWrite: null, output: null, reasoning: null },
  quantities: new Map(),
  cost: new Map(),
  costKinds: new Map(),
  charges: new Map(),
  unpricedEvents: 0n,
  unpricedTokens: 0n,
  unsplitEvents: 0n,
  unsplitTokens: 0n,
  unsplitDays: new Set(),
  planEvents: 0n,
  planTokens: 0n,
  latency: null,
  unassignedEvents: 0n,
  unassignedTokens: 0n,
});

/** Adds what is read of a cell. */
export function addCell(sums: Sums, cell: Cell, { tokens, money }: Reading): void {
  if (tokens) addUsage(sums, cell);
  if (money) addMoney(sums, cell);
  if (tokens || money) sums.unassignedEvents += cell.unassignedEvents;
}

function addUsage(sums: Sums, cell: Cell): void {
  sums.requests += cell.requests;
  sums.events += cell.events;
  sums.tokens = addTokens(sums.tokens, cell.tokens);
  sums.unassignedTokens += cell.unassignedTokens;
  sums.planEvents += cell.planEvents;
  sums.planTokens += cell.planTokens;
  sums.latency = addLatency(sums.latency, cell.latency);
  for (const [name, amount] of Object.entries(cell.quantities)) addTo(sums.quantities, name, amount);
}

function addMoney(sums: Sums, { cost, charge, usedEvents, ...usage }: Cell): void {
  if (cost !== null) {
    addTo(sums.cost, cost.currency, cost.pico);
    addTo(partsOf(sums.costKinds, cost.currency), cost.kind, cost.pico);
    if (charge !== 'usage') addTo(partsOf(sums.charges, charge), cost.currency, cost.pico);
  } else if (usedEvents > 0n) {
    sums.unpricedEvents += usedEvents;
    sums.unpricedTokens += owedTokens(usage);
  }
}

/** Tokens that no plan covered. */
const owedTokens = ({ tokens, planTokens }: Pick<Cell, 'tokens' | 'planTokens'>): bigint =>
  (totalOf(tokens) ?? 0n) - planTokens;

/** The sums under a key, made when it is the first of it. */
function partsOf<K, P>(map: Map<K, Map<P, bigint>>, key: K): Map<P, bigint> {
  const parts = map.get(key) ?? new Map<P, bigint>();
  map.set(key, parts);
  return parts;
}

/** Adds usage whose cost is on a bill that says nothing of it to what is unpriced. */
export function addUnsplit(sums: Sums, { day, usedEvents, ...usage }: Cell): void {
  const tokens = owedTokens(usage);
  sums.unpricedEvents += usedEvents;
  sums.unpricedTokens += tokens;
  sums.unsplitEvents += usedEvents;
  sums.unsplitTokens += tokens;
  sums.unsplitDays.add(day);
}

const addTo = <K>(map: Map<K, bigint>, key: K, amount: bigint): void => {
  map.set(key, (map.get(key) ?? 0n) + amount);
};

const addTokens = (a: TokenSums, b: TokenSums): TokenSums => ({
  input: addReported(a.input, b.input),
  cacheRead: addReported(a.cacheRead, b.cacheRead),
  cacheWrite: addReported(a.cacheWrite, b.cacheWrite),
  output: addReported(a.output, b.output),
  reasoning: addReported(a.reasoning, b.reasoning),
});

/** Not reported only when neither is. */
const addReported = (a: bigint | null, b: bigint | null): bigint | null => (a === null ? b : b === null ? a : a + b);

/** Input of every class, cached or not; `null` when none was reported. */
export const inputOf = ({ input, cacheRead, cacheWrite }: TokenSums): bigint | null =>
  addReported(addReported(input, cacheRead), cacheWrite);

/** All tokens; reasoning is part of the output. */
export const totalOf = (tokens: TokenSums): bigint | null => addReported(inputOf(tokens), tokens.output);
