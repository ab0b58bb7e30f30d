/** `n` tokens in every encoding: "a", then " a" again and again, each a token of its own. */
export const tokens = (n: number): string => `a${' a'.repeat(n - 1)}`;
