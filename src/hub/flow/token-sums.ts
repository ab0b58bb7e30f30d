/** Tokens by class added up: a class is not reported only where nothing reports it. */

import type { FlowTokens } from './flow-cell.js';

export const NO_TOKENS: FlowTokens = {
  input: null,
  cacheRead: null,
  cacheWrite: null,
  output: null,
  reasoning: null,
};

export const addTokens = (a: FlowTokens, b: FlowTokens): FlowTokens => ({
  input: plus(a.input, b.input),
  cacheRead: plus(a.cacheRead, b.cacheRead),
  cacheWrite: plus(a.cacheWrite, b.cacheWrite),
  output: plus(a.output, b.output),
  reasoning: plus(a.reasoning, b.reasoning),
});

/** All tokens; reasoning is part of the output. */
export const totalOf = ({ input, cacheRead, cacheWrite, output }: FlowTokens): bigint | null =>
  plus(plus(input, cacheRead), plus(cacheWrite, output));

export const plus = (a: bigint | null, b: bigint | null): bigint | null => (a === null ? b : b === null ? a : a + b);
