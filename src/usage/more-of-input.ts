import type { UsageEvent } from './event.js';

/** Quantities that are parts of the input and go where its classes go. */
export const INPUT_PARTS: readonly string[] = ['audio_input_tokens', 'image_input_tokens', 'video_input_tokens'];

/**
 * Which of two records of one request tells more of its input: the one with the larger input, cached input included;
 * of equal ones the one that reports more classes, then the one with more of it cached or written to the cache. What is
 * left is decided by the figures one by one, and at last by model, provider, mode and kind of cache in code-unit order, so
 * that the choice never depends on which record came first.
 */
export function moreOfInput(a: UsageEvent, b: UsageEvent): UsageEvent {
  const [figuresOfA, figuresOfB] = [figuresOf(a), figuresOf(b)];
  for (const [index, figure] of figuresOfA.entries())
    if (figure !== figuresOfB[index]) return figure > figuresOfB[index]! ? a : b;
  const [namesOfA, namesOfB] = [namesOf(a), namesOf(b)];
  for (const [index, name] of namesOfA.entries()) if (name !== namesOfB[index]) return name < namesOfB[index]! ? a : b;
  return a;
}

/** What decides, most important first. As bigint: a sum of four counts may pass 2^53. */
function figuresOf({ tokens, quantities }: UsageEvent): readonly bigint[] {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  const classes = [cacheRead, cacheWrite5m, cacheWrite1h, input].map((count) => BigInt(count ?? -1));
  const [cachedSum, inputSum] = [sumOf(classes.slice(0, 3)), sumOf(classes)];
  const reported = BigInt(classes.filter((count) => count >= 0n).length);
  const parts = INPUT_PARTS.map((name) => (Object.hasOwn(quantities, name) ? quantities[name]! : -1n));
  return [inputSum, reported, cachedSum, ...classes, ...parts];
}

/** Counts not reported, below 0 here, add nothing. */
const sumOf = (counts: readonly bigint[]): bigint =>
  counts.reduce((sum, count) => (count > 0n ? sum + count : sum), 0n);

/** A kind of cache that is not stated comes after any other. */
const namesOf = ({ model, provider, mode, cacheKind }: UsageEvent): readonly string[] => [
  model,
  provider,
  mode,
  cacheKind ?? '\uffff',
];
