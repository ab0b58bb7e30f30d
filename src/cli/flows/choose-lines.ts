import type { Amount, CountLine } from './count-lines.js';

export type SortBy = 'tokens' | 'name' | 'bytes';

/** Which lines are shown, and in what order. Everything goes by the first counter, so that every counter shows the same. */
export interface LineChoice {
  readonly sort: SortBy;
  /** Least tokens of a line. */
  readonly min?: number;
  /** So many of the largest lines: by bytes when sorted by bytes, else by tokens. */
  readonly top?: number;
}

export function chooseLines(lines: readonly CountLine[], choice: LineChoice): CountLine[] {
  const large = lines.filter((line) => isLarge(line, choice));
  const chosen = topOf(large, choice);
  return large.filter((line) => chosen.has(line)).sort(compareBy(choice.sort));
}

export const isLarge = ({ tokens }: Amount, { min }: LineChoice): boolean => min === undefined || tokens[0]! >= min;

/** The largest lines, as many as asked for. */
export function topOf<Line extends CountLine>(lines: readonly Line[], { top, sort }: LineChoice): ReadonlySet<Line> {
  if (top === undefined) return new Set(lines);
  return new Set([...lines].sort(compareBy(sort === 'bytes' ? 'bytes' : 'tokens')).slice(0, top));
}

/** Largest first, ties by name; by name, the sections of a file keep their order. */
export function compareBy(sort: SortBy): (a: CountLine, b: CountLine) => number {
  const byFile = (a: CountLine, b: CountLine) => compareText(a.file, b.file);
  if (sort === 'name') return byFile;
  const size = sort === 'bytes' ? ({ bytes }: Amount) => bytes : ({ tokens }: Amount) => tokens[0]!;
  return (a, b) => size(b) - size(a) || compareText(a.path, b.path);
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
