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

interface CountInWindow {
  /** `null`: an encoding was asked for by name. */
  readonly model: string | null;
  readonly encoding: string | null;
  readonly total: { readonly tokens: number };
  /** `null`: the window is not known. */
  readonly context: CountedContext | null;
}

/**
 * A count and its window in one line.
 *
 * @example 'gpt-4o: 4,870 of 128,000 tokens of the context window (3.8%)'
 */
export function contextLine({ model, encoding, total: { tokens }, context }: CountInWindow): string {
  if (model === null) return `${encoding}: an encoding has no context window; name a model with --model`;
  if (context === null) return `${model}: context window not known`;
  const { window, share } = context;
  const of = `${separated(String(tokens))} of ${separated(String(window))} tokens of the context window`;
  const excess = tokens > window ? `, ${separated(String(tokens - window))} too many` : '';
  return `${model}: ${of} (${(Number(share) * 100).toFixed(1)}%)${excess}`;
}
