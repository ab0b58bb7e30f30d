/** Usage between readings of cumulative meters. */

import type { TokenClasses } from '../pricing/token-classes.js';
import type { UsageEvent } from './event.js';

/** Status of usage that a restarted meter counted from 0: what it counted before it stopped is not in it. */
export const RESTARTED = 'restarted';

/**
 * What a meter counted between its readings: one bucket per pair of consecutive ones. The first reading is where
 * counting starts and is no usage itself; equal readings are none. When any figure is less than before, the meter began
 * anew: all of the later reading was used since, at least, and the bucket's status says so. A class that either reading
 * does not report stays not reported; where one of them tells cached from fresh input and the other does not, input is
 * compared as a whole.
 *
 * @param readings  of one series, in time order
 * @returns         buckets `[earlier, later)` in time order, without counter or id
 */
export function usageBetween(readings: readonly UsageEvent[]): UsageEvent[] {
  return readings.slice(1).flatMap((later, index) => bucketBetween(readings[index]!, later) ?? []);
}

function bucketBetween(earlier: UsageEvent, later: UsageEvent): UsageEvent | null {
  const [before, now] = comparable(earlier.tokens, later.tokens);
  const restarted = later.requests < earlier.requests || NAMES.some((name) => isLess(now[name], before[name]));
  const tokens = restarted ? later.tokens : difference(before, now);
  const requests = restarted ? later.requests : later.requests - earlier.requests;
  if (requests === 0 && NAMES.every((name) => !tokens[name])) return null;
  return {
    ...later,
    ...{ id: null, counter: null, at: earlier.at, until: later.at, day: null, tokens, requests },
    status: restarted ? RESTARTED : null,
  };
}

const NAMES = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output', 'reasoning'] as const;

const isLess = (now: number | null, before: number | null): boolean => now !== null && before !== null && now < before;

const difference = (before: TokenClasses, now: TokenClasses): TokenClasses => {
  const used = (name: (typeof NAMES)[number]) => {
    const [a, b] = [before[name], now[name]];
    return a === null || b === null ? null : b - a;
  };
  return {
    ...{ input: used('input'), cacheRead: used('cacheRead'), output: used('output'), reasoning: used('reasoning') },
    ...{ cacheWrite5m: used('cacheWrite5m'), cacheWrite1h: used('cacheWrite1h') },
  };
};

/** Both with cached input apart, or both without. */
function comparable(a: TokenClasses, b: TokenClasses): readonly [TokenClasses, TokenClasses] {
  return (a.cacheRead === null) === (b.cacheRead === null) ? [a, b] : [wholeInput(a), wholeInput(b)];
}

const wholeInput = (tokens: TokenClasses): TokenClasses => ({
  ...tokens,
  input: tokens.input === null ? null : tokens.input + (tokens.cacheRead ?? 0),
  cacheRead: null,
});
