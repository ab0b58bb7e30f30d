import type { FlowCell, FlowTokens } from '../../../src/hub/flow/flow-cell.js';
import { NO_TOKENS } from '../../../src/hub/flow/token-sums.js';

type Stated = Partial<Omit<FlowCell, 'tokens'>> & Partial<FlowTokens> & { readonly day?: string };

/** A cell of one recording per stage, read whole, on 2026-10-01. */
export function flowCell({ day = '01', ...stated }: Stated): FlowCell {
  const { input = null, cacheRead = null, cacheWrite = null, output = null, reasoning = null, ...rest } = stated;
  const stage = rest.stage ?? 'apply';
  const tokens = { ...NO_TOKENS, input, cacheRead, cacheWrite, output, reasoning };
  return {
    ...{ stage, recording: stage, model: 'm', unit: null, days: [`2026-10-${day}`], part: day, requests: 1n },
    ...{ reads: { tokens: true, money: true }, tokens, cost: null, owed: { events: 0n, tokens: 0n } },
    ...rest,
  };
}

/** Days of each recording from days of the month. */
export const daysOf = (days: Readonly<Record<string, readonly string[]>>): Map<string, Set<string>> =>
  new Map(Object.entries(days).map(([key, own]) => [key, new Set(own.map((day) => `2026-10-${day}`))]));
