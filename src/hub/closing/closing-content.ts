/** All that is frozen of a closed period, and its canonical text, which a hash stands for. */

import { damagedClosing } from '../../errors/closings.js';
import type { Costs } from '../allocation/allocation.js';
import type { ToldSplit } from '../allocation/told-split.js';
import type { MeterLine, MeterPrice, MeterTokens } from '../statement/meter-line.js';
import type { ClosedDays } from './closing.js';
import type { CorrectionLine } from './correction.js';

/** One import, as the ledger names it. */
export interface ImportRef {
  readonly id: number;
  readonly path: string;
  readonly sha256: string;
}

/** Imports that reach into a closed period and were made, or taken back, since it was closed. */
export interface CorrectionCause {
  readonly added: readonly ImportRef[];
  readonly removed: readonly ImportRef[];
}

/** Corrections of one closed period. */
export interface PeriodCorrections {
  /** Number and name of the closing that they correct. */
  readonly closing: number;
  readonly period: string;
  readonly cause: CorrectionCause;
  readonly lines: readonly CorrectionLine[];
}

/** Rates a closing was given, of its days and the ten before. */
export interface FrozenRates {
  /** Of the file. */
  readonly sha256: string;
  /** What costs are converted into. */
  readonly currency: string;
  readonly rates: readonly {
    readonly date: string;
    readonly base: string;
    readonly quote: string;
    readonly rate: string;
    readonly source: string;
  }[];
}

/** What is without a price of some units together. */
export interface UnpricedUnit {
  /** A unit and those beneath it; `null`: what is of no unit. */
  readonly units: readonly (string | null)[];
  readonly events: bigint;
  readonly tokens: bigint;
  /** Of it: usage on bills that do not say which part is of these units. */
  readonly unsplit: { readonly events: bigint; readonly tokens: bigint };
}

/** How the shared cost of the period was split, and what makes that too low, in sentences. */
export interface FrozenSplits {
  readonly splits: readonly ToldSplit[];
  readonly warnings: readonly string[];
}

export interface ClosingContent extends ClosedDays {
  readonly period: string;
  /** With billed cost, else computed. */
  readonly lines: readonly MeterLine[];
  /** Rules in force; `null`: none were ever applied. */
  readonly rules: { readonly hash: string; readonly json: string } | null;
  readonly prices: readonly { readonly name: string; readonly asOf: string }[];
  readonly rates: FrozenRates | null;
  /** Those that reach into the period. */
  readonly imports: readonly ImportRef[];
  readonly shared: FrozenSplits;
  /** Of every unit that was defined or had usage. */
  readonly unpriced: readonly UnpricedUnit[];
  readonly accepted: readonly { readonly check: string; readonly message: string }[];
  /** Of periods closed before, which this one takes up. */
  readonly corrections: readonly PeriodCorrections[];
}

/** Canonical JSON: names sorted, no blanks, counts and amounts as decimal text. `readContent` reads it back. */
export const contentText = (content: ClosingContent): string => JSON.stringify(sorted({ version: 1, ...content }));

function sorted(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}

/**
 * Reads what `contentText` wrote.
 *
 * @param period  as messages call it
 * @throws CLOSING_DAMAGED
 */
export function readContent(text: string, period: string): ClosingContent {
  try {
    const { version, ...content } = JSON.parse(text);
    if (version !== 1) throw new RangeError(`version ${version} is not known`);
    return {
      ...content,
      lines: content.lines.map(lineFrom),
      shared: { ...content.shared, splits: content.shared.splits.map(splitFrom) },
      unpriced: content.unpriced.map(unpricedFrom),
      corrections: content.corrections.map((of: Written<PeriodCorrections>) => ({
        ...of,
        lines: of.lines.map(correctionFrom),
      })),
    };
  } catch (cause) {
    throw damagedClosing(period, 'what was frozen cannot be read', cause);
  }
}

/** A value as it is written: bigints are text. */
type Written<T> = T extends bigint ? string : T extends object ? { readonly [Name in keyof T]: Written<T[Name]> } : T;

/** Its price and recording with their fields in the order a ledger tells them in, as a statement writes them out. */
const lineFrom = ({ cost, price, recording, ...line }: Written<MeterLine>): MeterLine => ({
  ...line,
  recording: { role: recording.role, source: recording.source, account: recording.account },
  price: price === null ? null : priceFrom(price),
  cost: cost === null ? null : { ...cost, pico: BigInt(cost.pico) },
  ...usageFrom(line),
});

const priceFrom = ({ source, asOf, model, region, mode, tier }: MeterPrice): MeterPrice => ({
  ...{ source, asOf, model, region, mode, tier },
});

const correctionFrom = ({ pico, ...line }: Written<CorrectionLine>): CorrectionLine => ({
  ...line,
  ...usageFrom(line),
  pico: BigInt(pico),
});

const splitFrom = (split: Written<ToldSplit>): ToldSplit => ({
  ...split,
  parts: split.parts.map((part) => ({ ...part, cost: costsFrom(part.cost) })),
  unallocated: costsFrom(split.unallocated),
});

const costsFrom = (costs: Written<Costs>): Costs =>
  Object.fromEntries(Object.entries(costs).map(([currency, pico]) => [currency, BigInt(pico)]));

const unpricedFrom = ({ units, unsplit, ...usage }: Written<UnpricedUnit>): UnpricedUnit => ({
  units,
  ...countsFrom(usage),
  unsplit: countsFrom(unsplit),
});

const countsFrom = ({ events, tokens }: { readonly events: string; readonly tokens: string }) => ({
  events: BigInt(events),
  tokens: BigInt(tokens),
});

const usageFrom = ({ events, requests, tokens, quantities }: Written<Usage>): Usage => ({
  events: BigInt(events),
  requests: BigInt(requests),
  tokens: {
    ...{ input: count(tokens.input), cacheRead: count(tokens.cacheRead), cacheWrite5m: count(tokens.cacheWrite5m) },
    ...{ cacheWrite1h: count(tokens.cacheWrite1h), output: count(tokens.output), reasoning: count(tokens.reasoning) },
  },
  quantities: Object.fromEntries(Object.entries(quantities).map(([name, value]) => [name, BigInt(value)])),
});

interface Usage {
  readonly events: bigint;
  readonly requests: bigint;
  readonly tokens: MeterTokens;
  readonly quantities: Readonly<Record<string, bigint>>;
}

const count = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
