/**
 * The names a person most likely meant by a mistyped one: for messages only, nothing is ever guessed. Stands beside the
 * rooms, like `errors.ts`.
 */

/** Longest text compared; a longer one is nobody's slip. */
const LIMIT = 80;

/**
 * The known names nearest to a mistyped one, nearest first, letter case aside; the earlier name wins a tie.
 *
 * @param limit  names to answer at most
 * @returns      names within a third of their length in single-character edits, [] when none is near
 * @example nearestNames('gpt4o', ['gpt-4o', 'o1'], 3) // ['gpt-4o']
 *
 * Time O(names × length²), length at most 80. Source: Levenshtein distance.
 */
export function nearestNames(text: string, names: readonly string[], limit: number): readonly string[] {
  const wanted = text.trim().toLowerCase();
  if (wanted.length > LIMIT) return [];
  return names
    .filter((name) => name.length <= LIMIT)
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, name.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

/**
 * The nearest known name, `null` when none is near.
 *
 * @example nearest('claud-code', ['openai', 'claude-code']) // 'claude-code'
 */
export const nearest = (text: string, names: readonly string[]): string | null =>
  nearestNames(text, names, 1)[0] ?? null;

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const kept = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(kept, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
