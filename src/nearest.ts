/**
 * The names a person most likely meant by a mistyped one: for messages only, nothing is ever guessed. Stands beside the
 * rooms, like `errors/`.
 */

/** Longest text compared; a longer one is nobody's slip. */
const LIMIT = 80;
/** Fewer letters are part of too many names. */
const SHORTEST_PART = 3;

/**
 * The known names nearest to a mistyped one, nearest first, letter case aside; the earlier name wins a tie.
 *
 * @param limit  names to answer at most
 * @returns      names within two edits, or a third of their length if that is more, within one if shorter than six; behind
 *               them those that what was typed is a part of, from three letters on
 * @example nearestNames('gpt4o', ['gpt-4o', 'o1'], 3) // ['gpt-4o']
 *
 * Time O(names × length²), length at most 80.
 */
export function nearestNames(text: string, names: readonly string[], limit: number): readonly string[] {
  const wanted = text.trim().toLowerCase();
  if (wanted.length > LIMIT) return [];
  const near = names
    .filter((name) => name.length <= LIMIT)
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= (name.length < 6 ? 1 : Math.max(2, name.length / 3)))
    .sort((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
  return [...new Set([...near, ...namesWith(wanted, names)])].slice(0, limit);
}

/** Names that begin with what was typed, shortest first, then those that hold it anywhere. */
function namesWith(part: string, names: readonly string[]): string[] {
  if (part.length < SHORTEST_PART) return [];
  const placeOf = (name: string): number => Math.min(1, name.toLowerCase().indexOf(part));
  return names
    .filter((name) => name.length <= LIMIT && placeOf(name) >= 0)
    .sort((a, b) => placeOf(a) - placeOf(b) || a.length - b.length);
}

/**
 * The nearest known name, `null` when none is near.
 *
 * @example nearest('claud-code', ['openai', 'claude-code']) // 'claude-code'
 */
export const nearest = (text: string, names: readonly string[]): string | null =>
  nearestNames(text, names, 1)[0] ?? null;

/** Insertions, deletions, replacements and swaps of neighbours. Source: optimal string alignment distance. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      const best = Math.min(replaced, above[column]! + 1, current[column - 1]! + 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(swapped ? Math.min(best, before[column - 2]! + 1) : best);
    }
    [before, above] = [above, current];
  }
  return above[b.length]!;
}
