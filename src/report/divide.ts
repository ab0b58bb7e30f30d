/** Nearest whole number to a / b, b > 0; exactly halfway goes to the even one. */
export function divideHalfEven(a: bigint, b: bigint): bigint {
  const negative = a < 0n;
  const size = negative ? -a : a;
  const quotient = size / b;
  const twice = 2n * (size % b);
  const rounded = twice > b || (twice === b && quotient % 2n === 1n) ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}
