/** Exact arithmetic for image formulas: no rounding error decides over a tile. Arguments are whole numbers >= 0 below 2^53. */

export const ceilDivide = (a: number, b: number): number => Math.floor((a + b - 1) / b);

/** a / b to the nearest whole number, halves up. */
export const roundDivide = (a: number, b: number): number => Math.floor((2 * a + b) / (2 * b));

/** a / b to the nearest whole number, halves to the even one, as Python's `round` does. */
export function roundDivideEven(a: number, b: number): number {
  const floor = Math.floor(a / b);
  const twice = 2 * (a - floor * b);
  return twice < b || (twice === b && floor % 2 === 0) ? floor : floor + 1;
}

/** Largest n with n² <= square. */
export function floorRoot(square: number): number {
  let root = Math.floor(Math.sqrt(square));
  while (root * root > square) root--;
  while ((root + 1) * (root + 1) <= square) root++;
  return root;
}

/** Smallest n with n² >= square. */
export function ceilRoot(square: number): number {
  const root = floorRoot(square);
  return root * root === square ? root : root + 1;
}
