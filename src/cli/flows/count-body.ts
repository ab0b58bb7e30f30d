import type { CountLine } from './count-lines.js';
import type { TreeLine } from './count-tree.js';
import type { CounterFacts } from './counters.js';

/** The lines of a count that are shown, and how many are not. */
export interface ShownLines {
  readonly shown: readonly (CountLine | TreeLine)[];
  readonly hidden: number;
  /** Whether lines are of several kinds. */
  readonly hasKinds: boolean;
}

/** Of all that was counted; `tokens`: one per counter. */
export interface CountTotal {
  readonly tokens: readonly number[];
  readonly files: number;
  readonly bytes: number;
}

/** `counts` of the JSON body: one element per counter. */
export const countsOf = (counters: readonly CounterFacts[], total: CountTotal, lines: ShownLines) =>
  counters.map((counter, i) => ({
    ...methodOf(counter),
    total: { tokens: total.tokens[i]!, files: total.files, bytes: total.bytes },
    rows: lines.shown.map((line) => rowOf(line, i, lines)),
    moreRows: lines.hidden,
  }));

export const methodOf = ({ model, encoding, isDefault, method, band, source, exactWith }: CounterFacts) => ({
  model,
  encoding,
  default: isDefault,
  method,
  band,
  source,
  exactWith,
});

/** A line as one counter sees it. Kinds are said where they are mixed, `own` where lines hold what other lines hold too. */
function rowOf(line: CountLine | TreeLine, i: number, { hasKinds }: ShownLines) {
  const { path, kind, bytes } = line;
  return {
    path,
    tokens: line.tokens[i]!,
    bytes,
    ...(hasKinds ? { kind, line: line.line ?? undefined } : {}),
    ...('depth' in line ? { depth: line.depth, own: line.own?.tokens[i] ?? 0 } : {}),
  };
}

/** Rows that add up to the total, for one counter after the other: of a tree, what each line holds itself. */
export const flatRows = (counters: readonly CounterFacts[], lines: ShownLines) =>
  counters.flatMap(({ model, encoding }, i) =>
    lines.shown.flatMap((line) => {
      const own = 'own' in line ? line.own : line;
      if (own === null) return [];
      return [{ model, encoding, ...rowOf(line, i, lines), tokens: own.tokens[i]!, bytes: own.bytes, own: undefined }];
    }),
  );
