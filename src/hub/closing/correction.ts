/**
 * What became different in a closed period since it was frozen. The frozen lines stay; the difference is told as signed
 * lines of the open period, and its lines add up to the difference exactly.
 */

import type { Charge, Role } from '../../usage/event.js';
import type { MeterLine, MeterTokens } from '../statement/meter-line.js';
import { NO_TOKENS_READ } from '../statement/meter-reading.js';

/** A signed difference of what reports of the period read: usage of one role, cost of one kind and currency. */
export interface CorrectionLine {
  /** `null`: unassigned. */
  readonly unit: string | null;
  readonly model: string;
  readonly role: Role;
  readonly charge: Charge;
  /** Which amount `pico` is, and its currency; both `null`: the usage has no cost, or its cost is read elsewhere. */
  readonly kind: 'billed' | 'computed' | 'claimed' | null;
  readonly currency: string | null;
  readonly events: bigint;
  readonly requests: bigint;
  /** `null`: reported neither then nor now. */
  readonly tokens: MeterTokens;
  /** In millionths, by name. */
  readonly quantities: Readonly<Record<string, bigint>>;
  readonly pico: bigint;
}

/**
 * @param frozen  lines of the period as it was closed
 * @param now     its lines as the ledger has them
 * @returns       now less frozen, in order of unit, model, role, charge, kind and currency; lines of nothing left out
 */
export const correctionsOf = (frozen: readonly MeterLine[], now: readonly MeterLine[]): CorrectionLine[] =>
  difference(now.map(readPart), frozen.map(readPart));

/** What is left of corrections after those that a closed period has taken up. */
export const lessBooked = (
  corrections: readonly CorrectionLine[],
  booked: readonly CorrectionLine[],
): CorrectionLine[] => difference(corrections, booked);

/** What a report adds up of a line. */
function readPart({ unit, model, charge, recording: { role }, ...line }: MeterLine): CorrectionLine {
  const cost = line.isReadForMoney ? line.cost : null;
  const usage = line.isReadForTokens ? line : NO_USAGE;
  return {
    ...{ unit, model, role, charge, kind: cost?.kind ?? null, currency: cost?.currency ?? null },
    events: usage.events,
    requests: usage.requests,
    tokens: usage.tokens,
    quantities: usage.quantities,
    pico: cost?.pico ?? 0n,
  };
}

const NO_USAGE = { events: 0n, requests: 0n, tokens: NO_TOKENS_READ, quantities: {} };

function difference(plus: readonly CorrectionLine[], minus: readonly CorrectionLine[]): CorrectionLine[] {
  const sums = new Map<string, CorrectionLine>();
  const add = (line: CorrectionLine, sign: bigint): void => {
    const key = keyOf(line);
    sums.set(key, added(sums.get(key) ?? { ...line, ...NO_USAGE, pico: 0n }, line, sign));
  };
  for (const line of plus) add(line, 1n);
  for (const line of minus) add(line, -1n);
  return [...sums]
    .filter(([, line]) => !isNothing(line))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => line);
}

const keyOf = ({ unit, model, role, charge, kind, currency }: CorrectionLine): string =>
  JSON.stringify([unit, model, role, charge, kind, currency]);

const added = (sum: CorrectionLine, line: CorrectionLine, sign: bigint): CorrectionLine => ({
  ...sum,
  events: sum.events + sign * line.events,
  requests: sum.requests + sign * line.requests,
  tokens: addedTokens(sum.tokens, line.tokens, sign),
  quantities: addedQuantities(sum.quantities, line.quantities, sign),
  pico: sum.pico + sign * line.pico,
});

function addedTokens(sum: MeterTokens, tokens: MeterTokens, sign: bigint): MeterTokens {
  const of = (name: keyof MeterTokens) =>
    tokens[name] === null ? sum[name] : (sum[name] ?? 0n) + sign * (tokens[name] ?? 0n);
  return {
    ...{ input: of('input'), cacheRead: of('cacheRead'), cacheWrite5m: of('cacheWrite5m') },
    ...{ cacheWrite1h: of('cacheWrite1h'), output: of('output'), reasoning: of('reasoning') },
  };
}

function addedQuantities(
  sum: CorrectionLine['quantities'],
  quantities: CorrectionLine['quantities'],
  sign: bigint,
): CorrectionLine['quantities'] {
  const sums = new Map(Object.entries(sum));
  for (const [name, value] of Object.entries(quantities)) sums.set(name, (sums.get(name) ?? 0n) + sign * value);
  return Object.fromEntries([...sums].filter(([, value]) => value !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isNothing = ({ events, requests, tokens, quantities, pico }: CorrectionLine): boolean =>
  [events, requests, pico, ...Object.values(tokens)].every((figure) => figure === null || figure === 0n) &&
  Object.keys(quantities).length === 0;
