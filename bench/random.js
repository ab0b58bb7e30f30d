/**
 * Numbers that look random and are the same in every run: xorshift32 from a fixed seed.
 * `below(n)` is a whole number in [0, n); `zipf(n)` likewise, small ones far more often, as words are in a text.
 */
export function fixedRandom(seed = 2463534242) {
  let state = seed;
  const fraction = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(fraction() * n);
  return {
    below,
    pick: (list) => list[below(list.length)],
    /** The density of n^u for uniform u is 1/x: Zipf's law. */
    zipf: (n) => Math.floor(n ** fraction()) - 1,
  };
}

/** A copy in another order, the same in every run. */
export function shuffled(list) {
  const { below } = fixedRandom();
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}
