/**
 * Line, counted from 1, where a merge has left a conflict; `null`: it has not.
 *
 * Source: git-merge(1), "How conflicts are presented"
 */
export function conflictLine(text: string): number | null {
  if (!text.includes('<<<<<<< ')) return null;
  const lines = text.split(/\r?\n/);
  const first = lines.findIndex((line) => line.startsWith('<<<<<<< '));
  return first !== -1 && lines.includes('=======', first) ? first + 1 : null;
}
