/** The three costs of the same usage beside each other. */

import { formatPico } from '../pricing/money.js';
import type { Recording } from '../usage/recording.js';
import { byName, costTexts } from './costs.js';
import type { CostTexts, Usage } from './figures.js';
import { type ReadCell, sumOf } from './sum-cells.js';
import type { Sums } from './sums.js';

export const COST_KINDS = ['billed', 'computed', 'claimed'] as const;

/** One for each of the costs: `billed` of bills, `computed` of what is read for tokens, `claimed` of what claims a cost. */
export type ByKind<T> = Readonly<Record<(typeof COST_KINDS)[number], T>>;

export interface SideBySide extends ByKind<CostTexts> {
  /** Billed less computed, by currency; only where all usage has both amounts, and in both of them that currency. */
  readonly difference: CostTexts;
  /** Usage that has no such cost, that of plans aside. */
  readonly without: ByKind<Usage>;
}

export const byKind = <T>(of: (kind: (typeof COST_KINDS)[number]) => T): ByKind<T> => ({
  billed: of('billed'),
  computed: of('computed'),
  claimed: of('claimed'),
});

export const mapKinds = <T, U>(kinds: ByKind<T>, map: (value: T) => U): ByKind<U> => byKind((kind) => map(kinds[kind]));

/** @param cells  as each cost is read */
export function sideBySide(cells: ByKind<readonly ReadCell[]>): SideBySide {
  const sums = mapKinds(cells, sumOf);
  return {
    ...mapKinds(sums, ({ cost }) => costTexts(byName(cost))),
    difference: differenceOf(sums),
    without: mapKinds(sums, ({ unpricedEvents, unpricedTokens }) => ({
      events: unpricedEvents,
      tokens: unpricedTokens,
    })),
  };
}

function differenceOf({ billed, computed }: ByKind<Sums>): CostTexts {
  if (billed.unpricedEvents > 0n || computed.unpricedEvents > 0n) return {};
  const both = [...billed.cost].filter(([currency]) => computed.cost.has(currency));
  return byName(new Map(both.map(([currency, pico]) => [currency, formatPico(pico - computed.cost.get(currency)!)])));
}

/** Recordings that a cost was read of, in the order of their names. */
export function recordingsRead(cells: readonly ReadCell[]): Recording[] {
  const read = new Map<string, Recording>();
  for (const { cell } of cells.filter(hasAmount)) {
    const { role, source, account } = cell.recording;
    read.set(JSON.stringify([account, role, source]), { role, source, account });
  }
  return [...read].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, recording]) => recording);
}

export const hasAmount = ({ cell, reading }: ReadCell): boolean => reading.money && cell.cost !== null;
