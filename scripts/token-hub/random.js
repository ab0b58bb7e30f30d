/** Numbers that look random and are the same for the same seed on every machine (mulberry32, integers alone). */

/** @param {number} seed  whole, from 0 to 2^32 - 1 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const whole = (min, max) => min + (next() % (max - min + 1));
  return {
    /** A whole number from min to max, both included. */
    whole,
    /** True in `percent` of 100 cases. */
    chance: (percent) => whole(1, 100) <= percent,
    pick: (list) => list[whole(0, list.length - 1)],
    /** Lower-case hexadecimal digits. */
    hex: (digits) => Array.from({ length: digits }, () => whole(0, 15).toString(16)).join(''),
  };
}
