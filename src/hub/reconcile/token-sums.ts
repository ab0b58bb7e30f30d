/** Exact sums of tokens for comparing. `input` is all input here, since not every recording tells cached from fresh. */

import { inputOf, type TokenClasses } from '../../pricing/token-classes.js';

/** `cacheRead` and `cacheWrite` are parts of `input`. Differences may be negative. */
export interface TokenSums {
  readonly input: bigint;
  readonly cacheRead: bigint;
  readonly cacheWrite: bigint;
  readonly output: bigint;
}

export const NO_SUMS: TokenSums = { input: 0n, cacheRead: 0n, cacheWrite: 0n, output: 0n };

export const sumsOf = (tokens: TokenClasses): TokenSums => ({
  input: exactInput(tokens),
  cacheRead: BigInt(tokens.cacheRead ?? 0),
  cacheWrite: BigInt(tokens.cacheWrite5m ?? 0) + BigInt(tokens.cacheWrite1h ?? 0),
  output: BigInt(tokens.output ?? 0),
});

function exactInput(tokens: TokenClasses): bigint {
  const sum = inputOf(tokens);
  if (Number.isSafeInteger(sum)) return BigInt(sum);
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  return [input, cacheRead, cacheWrite5m, cacheWrite1h].reduce((total, count) => total + BigInt(count ?? 0), 0n);
}

export const plus = (a: TokenSums, b: TokenSums): TokenSums => ({
  input: a.input + b.input,
  cacheRead: a.cacheRead + b.cacheRead,
  cacheWrite: a.cacheWrite + b.cacheWrite,
  output: a.output + b.output,
});

export const minus = (a: TokenSums, b: TokenSums): TokenSums => ({
  input: a.input - b.input,
  cacheRead: a.cacheRead - b.cacheRead,
  cacheWrite: a.cacheWrite - b.cacheWrite,
  output: a.output - b.output,
});

export const sumOfAll = (records: Iterable<{ readonly tokens: TokenClasses }>): TokenSums => {
  let sum = NO_SUMS;
  for (const { tokens } of records) sum = plus(sum, sumsOf(tokens));
  return sum;
};

export const totalOf = ({ input, output }: TokenSums): bigint => input + output;

export const isZero = ({ input, cacheRead, cacheWrite, output }: TokenSums): boolean =>
  input === 0n && cacheRead === 0n && cacheWrite === 0n && output === 0n;

/** How far apart two recordings are: input and output by themselves, so that more of one does not hide less of the other. */
export const distanceOf = ({ input, output }: TokenSums): bigint => absolute(input) + absolute(output);

export const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
