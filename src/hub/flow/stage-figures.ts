/** What one stage recorded of a row. */

import { formatPico } from '../../pricing/money.js';
import type { FlowCell, FlowTokens } from './flow-cell.js';
import { addTokens, NO_TOKENS, totalOf } from './token-sums.js';

export interface StageFigures {
  /** `null`: its records tell nothing of calls. */
  readonly requests: bigint | null;
  readonly tokens: FlowTokens & { readonly total: bigint | null };
  /** Decimal text by currency. */
  readonly cost: Readonly<Record<string, string>>;
  /** Usage whose cost the stage does not know. */
  readonly unpriced: { readonly events: bigint; readonly tokens: bigint };
}

/** What of a cell is added up. */
export type SummedCell = Pick<FlowCell, 'reads' | 'tokens' | 'requests' | 'cost' | 'owed' | 'part'>;

/** @returns  `null`: not recorded, which is not 0 */
export function stageFigures(cells: readonly SummedCell[]): StageFigures | null {
  if (cells.length === 0) return null;
  let [tokens, requests] = [NO_TOKENS, 0n];
  const cost = new Map<string, bigint>();
  for (const cell of cells) {
    if (cell.reads.tokens) [tokens, requests] = [addTokens(tokens, cell.tokens), requests + cell.requests];
    if (cell.reads.money && cell.cost !== null)
      cost.set(cell.cost.currency, (cost.get(cell.cost.currency) ?? 0n) + cell.cost.pico);
  }
  return {
    requests: requests === 0n ? null : requests,
    tokens: { ...tokens, total: totalOf(tokens) },
    cost: Object.fromEntries(byName([...cost]).map(([currency, pico]) => [currency, formatPico(pico)])),
    unpriced: unpricedOf(cells),
  };
}

const byName = <T>(entries: (readonly [string, T])[]) => entries.sort(([a], [b]) => (a < b ? -1 : 1));

/** Usage without a price, and usage whose money is on a bill that says nothing of this row. */
function unpricedOf(cells: readonly SummedCell[]): StageFigures['unpriced'] {
  const told = new Set(cells.flatMap((cell) => (cell.reads.money && saysCost(cell) ? [cell.part] : [])));
  const isUnpriced = ({ reads, cost, part }: SummedCell) => (reads.money ? cost === null : !told.has(part));
  const unpriced = cells.filter((cell) => cell.owed.events > 0n && isUnpriced(cell));
  return {
    events: unpriced.reduce((sum, { owed }) => sum + owed.events, 0n),
    tokens: unpriced.reduce((sum, { owed }) => sum + owed.tokens, 0n),
  };
}

/** It has a cost, or its own usage is counted as unpriced already. */
const saysCost = ({ cost, owed }: SummedCell): boolean => cost !== null || owed.events > 0n;
