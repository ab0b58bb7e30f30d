/** One line of a count: a file, a directory or an extension. */
export interface CountRow {
  readonly path: string;
  readonly tokens: number;
  readonly bytes: number;
}

export type CountBy = 'file' | 'dir' | 'ext';

/**
 * Rows folded by file, directory or extension, largest first, ties by name; their sum stays the same.
 *
 * @param rows  one per file
 */
export function foldRows(rows: readonly CountRow[], by: CountBy): CountRow[] {
  const folded = new Map<string, { path: string; tokens: number; bytes: number }>();
  for (const { path, tokens, bytes } of rows) {
    const name = NAMES[by](path);
    const sum = folded.get(name) ?? { path: name, tokens: 0, bytes: 0 };
    folded.set(name, { path: name, tokens: sum.tokens + tokens, bytes: sum.bytes + bytes });
  }
  return [...folded.values()].sort((a, b) => b.tokens - a.tokens || (a.path < b.path ? -1 : 1));
}

const NAMES: Record<CountBy, (path: string) => string> = { file: (path) => path, dir: directoryOf, ext: extensionOf };

function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash) || '/';
}

/** `.ts` of `a/b.d.ts`; a dot file such as `.gitignore` has none. */
function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '(no extension)' : name.slice(dot);
}
