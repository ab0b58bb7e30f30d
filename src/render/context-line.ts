import { separated } from './counted.js';

/** What of a model's context window a count takes. */
export interface CountedContext {
  /** Tokens. */
  readonly window: number;
  /** Part of it, decimal text; above 1 when the count does not fit. */
  readonly share: string;
  /** Where the window stands. */
  readonly source: string;
}

/**
 * A count and its window in one line.
 *
 * @param context  `null`: the window is not known
 * @example contextLine('gpt-4o', 4870, { window: 128_000, share: '0.038047', source })
 *   // 'gpt-4o: 4,870 of 128,000 tokens of the context window (3.8%)'
 */
export function contextLine(name: string, tokens: number, context: CountedContext | null): string {
  if (context === null) return `${name}: context window not known`;
  const { window, share } = context;
  const of = `${separated(String(tokens))} of ${separated(String(window))} tokens of the context window`;
  const excess = tokens > window ? `, ${separated(String(tokens - window))} too many` : '';
  return `${name}: ${of} (${(Number(share) * 100).toFixed(1)}%)${excess}`;
}
