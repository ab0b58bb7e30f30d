import type { CountedText } from './count-tally.js';
import { type Counter, tokensPerCounter } from './counters.js';

export type CountBy = 'file' | 'dir' | 'ext' | 'section';

/** What a line stands for. `joins`: what a file counts as a whole less what its sections count, so that lines add up. */
export type LineKind = 'file' | 'dir' | 'ext' | 'section' | 'joins';

/** Bytes, and tokens: one count per counter, same order. */
export interface Amount {
  readonly bytes: number;
  readonly tokens: readonly number[];
}

/** One line of a count; all of them together are the total. */
export interface CountLine extends Amount {
  readonly path: string;
  readonly kind: LineKind;
  /** The file it stands in; the path itself when it is a file, directory or extension. */
  readonly file: string;
  /** Titles of the headings a section stands beneath, its own last. */
  readonly titles: readonly string[];
  /** Line of the file a section begins at; `null`: it is no section. */
  readonly line: number | null;
}

/** A line per text, in their order. */
export const fileLines = (texts: readonly CountedText[], counters: readonly Counter[]): CountLine[] =>
  texts.map(({ path, bytes, tokens }) =>
    wholeLine(path, 'file', { bytes, tokens: tokensPerCounter(counters, tokens) }),
  );

/** Lines of files folded into lines of directories or extensions; their sum stays the same. */
export function foldLines(files: readonly CountLine[], by: 'dir' | 'ext'): CountLine[] {
  const folded = new Map<string, Amount>();
  for (const file of files) {
    const path = NAMES[by](file.path);
    const before = folded.get(path);
    folded.set(path, before === undefined ? file : addAmounts(before, file));
  }
  return [...folded].map(([path, amount]) => wholeLine(path, by, amount));
}

export const wholeLine = (path: string, kind: LineKind, { bytes, tokens }: Amount): CountLine => ({
  path,
  kind,
  bytes,
  tokens,
  file: path,
  titles: [],
  line: null,
});

export const addAmounts = (a: Amount, b: Amount): Amount => ({
  bytes: a.bytes + b.bytes,
  tokens: a.tokens.map((count, i) => count + b.tokens[i]!),
});

export const sumOf = (amounts: readonly Amount[], counters: number): Amount => ({
  bytes: amounts.reduce((sum, { bytes }) => sum + bytes, 0),
  tokens: Array.from({ length: counters }, (_, i) => amounts.reduce((sum, { tokens }) => sum + tokens[i]!, 0)),
});

const NAMES = { dir: directoryOf, ext: extensionOf } as const;

/** `.` for a name alone. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash) || '/';
}

/** `.ts` of `a/b.d.ts`; a dot file such as `.gitignore` has none. */
function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '(no extension)' : name.slice(dot);
}
