const PARTS = ' ▏▎▍▌▋▊▉';
const FULL = '█';

/**
 * An amount as a bar of at most `width` characters, in eighths of one; what is more than nothing shows.
 *
 * @param amount  from 0 to `largest`
 * @example barText(3n, 4n, 2) // '█▌'
 */
export function barText(amount: bigint, largest: bigint, width: number): string {
  if (largest <= 0n || amount <= 0n) return '';
  const eighths = Number((amount * BigInt(width * 8)) / largest) || 1;
  return `${FULL.repeat(Math.floor(eighths / 8))}${eighths % 8 === 0 ? '' : PARTS[eighths % 8]!}`;
}
