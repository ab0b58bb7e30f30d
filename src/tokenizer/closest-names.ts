/**
 * The known names closest to a mistyped one, closest first, for messages only.
 *
 * @param limit  names to answer at most
 * @returns      names within a third of their length in single-character edits; [] for a text over 80 characters
 * @example closestNames('gpt4o', ['gpt-4o', 'o1'], 3) // ['gpt-4o']
 *
 * Time O(names × length²). Source: Levenshtein distance.
 */
export function closestNames(text: string, names: readonly string[], limit: number): readonly string[] {
  const wanted = text.trim().toLowerCase();
  if (wanted.length > 80) return [];
  return names
    .map((name) => ({ name, distance: editDistance(wanted, name) }))
    .filter(({ name, distance }) => distance <= Math.max(1, name.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

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
