/** The bill of one unit for one period: what its meters read, what that costs and why, and what is missing. */

import { usesQuantity } from '../../pricing/priceable.js';
import type { AllocationPart } from '../allocation/border-parts.js';
import { type AmountLine, allocationLine, type CorrectionLine, correctionLine } from './amount-line.js';
import type { MeterLine, MeterTokens } from './meter-line.js';
import { addTokens, type MeterReading, meterReadings, NO_TOKENS_READ, totalTokens } from './meter-reading.js';
import { costOf, type RecordingTold, recordingsTold } from './recordings-told.js';
import { type RatesOf, usageAmounts } from './usage-amounts.js';

export interface StatementFacts {
  /** Lines of the unit, and of the units beneath it, in the period. */
  readonly lines: readonly MeterLine[];
  /** The same in the period before. */
  readonly before: readonly MeterLine[];
  readonly ratesOf: RatesOf;
  readonly allocations: readonly AllocationPart[];
  readonly corrections: readonly CorrectionLine[];
}

/** Figures of a period that are compared. Cost is that of usage and charges, without allocations and corrections. */
export interface PeriodFigures {
  readonly requests: bigint;
  readonly tokens: MeterTokens;
  /** Pico-units by currency, currencies by name. */
  readonly cost: Readonly<Record<string, bigint>>;
}

/** Usage that stands without a cost: of a model, and why. */
export interface CostlessUse {
  readonly model: string;
  /** Why there is no price, or the plan that covers it. */
  readonly reason: string;
  readonly events: bigint;
  readonly tokens: bigint;
}

export interface Statement {
  readonly readings: readonly MeterReading[];
  readonly lines: readonly AmountLine[];
  /** Pico-units by currency, currencies by name: the lines added up. */
  readonly total: Readonly<Record<string, bigint>>;
  /** Covered by a plan: nothing is owed for it. */
  readonly covered: readonly CostlessUse[];
  /** Not in the total, though something is owed for it. */
  readonly unpriced: readonly CostlessUse[];
  readonly now: PeriodFigures;
  readonly before: PeriodFigures;
  readonly recordings: readonly RecordingTold[];
}

export function statementOf({ lines, before, ratesOf, allocations, corrections }: StatementFacts): Statement {
  const amounts = [
    ...usageAmounts(lines, ratesOf),
    ...allocations.map(allocationLine),
    ...corrections.map(correctionLine),
  ];
  return {
    readings: meterReadings(lines),
    lines: amounts,
    total: costOf(amounts.map(({ currency, pico }) => ({ cost: { kind: 'computed', currency, pico } }))),
    covered: costless(lines.filter((line) => line.isReadForTokens && line.isCovered)),
    unpriced: unpricedUses(lines),
    now: figuresOf(lines),
    before: figuresOf(before),
    recordings: recordingsTold(lines),
  };
}

/** Usage that something is owed for, and no cost says what. */
export const unpricedUses = (lines: readonly MeterLine[]): CostlessUse[] => costless(lines.filter(isUnpriced));

/** It used something, no plan covers it, and what it costs is not known. */
const isUnpriced = ({ isReadForMoney, isCovered, cost, ...line }: MeterLine): boolean =>
  isReadForMoney && !isCovered && cost === null && line.charge === 'usage' && hasUsed(line);

const hasUsed = ({ tokens, quantities }: Pick<MeterLine, 'tokens' | 'quantities'>): boolean =>
  (totalTokens(tokens) ?? 0n) > 0n || usesQuantity(quantities);

function costless(lines: readonly MeterLine[]): CostlessUse[] {
  const uses = new Map<string, CostlessUse>();
  for (const { model, unpriced, events, tokens } of lines) {
    const reason = unpriced ?? 'no amount is stated';
    const key = JSON.stringify([model, reason]);
    const before = uses.get(key) ?? { model, reason, events: 0n, tokens: 0n };
    const more = totalTokens(tokens) ?? 0n;
    uses.set(key, { model, reason, events: before.events + events, tokens: before.tokens + more });
  }
  return [...uses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use);
}

const figuresOf = (lines: readonly MeterLine[]): PeriodFigures => {
  const readings = meterReadings(lines);
  return {
    requests: readings.reduce((sum, { requests }) => sum + requests, 0n),
    tokens: readings.map(({ tokens }) => tokens).reduce(addTokens, NO_TOKENS_READ),
    cost: costOf(lines.filter(({ isReadForMoney }) => isReadForMoney)),
  };
};
