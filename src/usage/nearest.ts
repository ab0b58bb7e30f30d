/** Longest text compared; a longer one has no near name. */
const LIMIT = 80;

/**
 * The name a person most likely meant, `null` when none is near: within a third of its length in single-character
 * edits, letter case aside; the earlier name wins a tie.
 *
 * @example nearest('claud-code', ['openai', 'claude-code']) // 'claude-code'
 *
 * Time O(names x length^2), length at most 80.
 */
export function nearest(text: string, names: readonly string[]): string | null {
  const wanted = text.toLowerCase();
  if (wanted.length > LIMIT) return null;
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const name of names) {
    if (name.length > LIMIT) continue;
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance <= Math.max(1, name.length / 3) && distance < (best?.distance ?? Infinity)) best = { name, distance };
  }
  return best?.name ?? null;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
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
