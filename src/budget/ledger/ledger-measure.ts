/** What the ledger holds for a budget, and its figure in what the budget measures. */

import { formatPico } from '../../pricing/money.js';
import type { Limit } from '../limit.js';
import { quantityText } from '../quantity.js';
import { count } from '../verdict.js';
import type { ReportDays } from './report-text.js';

/** What the ledger holds for a budget's usage and period. */
export interface LedgerMeasure {
  /** Half-open period in words, `2026-10-01 to 2026-10-31`. */
  readonly period: string;
  /** Of a report on that period. */
  readonly report: ReportDays;
  /** Whether the ledger holds any usage of that period, of whatever unit and model. */
  readonly recorded: boolean;
  /** What the budget names and nobody knows: neither the config nor any event; `null`: it is known. */
  readonly unheardOf: UnheardOf | null;
  readonly events: bigint;
  readonly tokens: bigint;
  readonly requests: bigint;
  /** In millionths by name. */
  readonly quantities: Readonly<Record<string, bigint>>;
  /**
   * Whether what the limit is of is told: of requests, of all that was used; of another quantity, by any record of the
   * period, of whatever unit and model.
   */
  readonly reported: boolean;
  /**
   * Views of the usage that were left out and name the budget's unit, which has none in what was read, while that holds
   * usage of no unit: `app otel of account x`. None: no such doubt.
   */
  readonly namedBy: readonly string[];
  /** Pico-units by currency. */
  readonly cost: Readonly<Record<string, bigint>>;
  /** Usage without a cost, that of `unsplitDays` included. */
  readonly unpricedEvents: bigint;
  /** Days `YYYY-MM-DD` whose bill does not say what part of it is for this unit or model, in order. */
  readonly unsplitDays: readonly string[];
  /** Rows that were rejected by imports over the period. */
  readonly rejected: number;
}

/** A name of a budget that nobody knows. */
export interface UnheardOf {
  /** `unit`, `model`, `agent`, `tag:app`. */
  readonly what: string;
  readonly name: string;
  /** What may be meant. */
  readonly near: string | null;
}

type Figures = Pick<LedgerMeasure, 'tokens' | 'requests' | 'quantities' | 'cost'>;

/** What was used, in the whole numbers of the limit; usage that a plan covered was used, too, but costs nothing. */
export function pointsUsed(limit: Limit, { tokens, requests, quantities, cost }: Figures): bigint {
  if ('cost' in limit) return cost[limit.cost.currency] ?? 0n;
  if (!('quantity' in limit)) return tokens;
  if (limit.quantity === 'request') return requests * MILLION;
  return Object.hasOwn(quantities, limit.quantity) ? quantities[limit.quantity]! : 0n;
}

const MILLION = 1_000_000n;

export function wordsFor(limit: Limit, points: bigint): string {
  if ('cost' in limit) return `${formatPico(points)} ${limit.cost.currency}`;
  return 'quantity' in limit ? quantityText({ ...limit, millionths: points }) : `${count(points)} tokens`;
}
