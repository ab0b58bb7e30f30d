/** Counts as a sheet: one line per file, directory, extension or section, one column of tokens per model. */

import { type CountedContext, contextLine } from './context-line.js';
import { counted } from './counted.js';
import type { Column, Sheet, SheetCell } from './sheet.js';

/** One model's or encoding's counts. */
export interface CountedModel {
  readonly model: string | null;
  /** `null`: a provider counted, and `model` is not null. */
  readonly encoding: string | null;
  readonly default: boolean;
  readonly method: 'exact' | 'approximate';
  /** Factors: the true count lies between tokens × low and tokens × high; `null`: exact, or nobody says. */
  readonly band: readonly [low: number, high: number] | null;
  readonly source: string;
  /** npm package with which the count would be exact; `null`: it is, or none is known. */
  readonly exactWith: string | null;
  readonly total: { readonly tokens: number; readonly files: number; readonly bytes: number };
  readonly moreRows: number;
  /** Absent: not asked for. */
  readonly context?: CountedContext | null;
}

/** `tokens`: one per model, same order. */
interface CountedAmount {
  readonly tokens: readonly number[];
  readonly bytes: number;
}

export interface CountedLine extends CountedAmount {
  readonly path: string;
  readonly kind: string;
}

/** A line of a tree; `own`: what it holds without the lines beneath it, `null`: nothing. */
export interface CountedBranch extends CountedLine {
  readonly name: string;
  readonly depth: number;
  readonly own: CountedAmount | null;
}

export interface CountedLines {
  readonly shown: readonly (CountedLine | CountedBranch)[];
  readonly hasKinds: boolean;
}

/** In CSV, a line of a tree is what it holds itself, so that the columns add up. */
export function countSheet(counts: readonly CountedModel[], { shown, hasKinds }: CountedLines, by: string): Sheet {
  const [first] = counts;
  if (first === undefined) throw new RangeError('nothing was counted with');
  const isTree = shown.some((line) => 'depth' in line);
  return {
    title: null,
    columns: [
      textColumn(by, 'always'),
      ...(hasKinds ? [textColumn('kind', 'export')] : []),
      ...counts.map((count) => countColumn(nameOf(count))),
      countColumn('bytes'),
    ],
    rows: shown.map((line) => cells(labelOf(line), line, hasKinds ? [line.kind] : [])),
    ...(isTree ? { exported: shown.flatMap(ownCells) } : {}),
    totals: [
      `total, ${counted(BigInt(first.total.files), 'file')}`,
      ...(hasKinds ? [null] : []),
      ...counts.map(({ total }) => total.tokens),
      first.total.bytes,
    ],
    above: [],
    below: [
      ...hiddenLine(first.moreRows),
      ...counts.map(methodLine),
      ...counts.flatMap(({ context, ...count }) => (context === undefined ? [] : [contextLine({ ...count, context })])),
    ],
  };
}

const cells = (label: string, { tokens, bytes }: CountedAmount, more: readonly string[]): SheetCell[] => [
  label,
  ...more,
  ...tokens,
  bytes,
];

const labelOf = (line: CountedLine | CountedBranch): string =>
  'depth' in line ? `${'  '.repeat(line.depth)}${line.name}` : line.path;

function ownCells(line: CountedLine | CountedBranch): SheetCell[][] {
  const own = 'own' in line ? line.own : line;
  return own === null ? [] : [cells(line.path, own, [line.kind])];
}

/** What `--top` and `--min` leave out. */
export const hiddenLine = (hidden: number): string[] =>
  hidden > 0 ? [`${counted(BigInt(hidden), 'more line')} not shown`] : [];

export const textColumn = (name: string, show: Column['show']): Column => ({
  key: name,
  title: name,
  align: 'left',
  kind: 'text',
  show,
});

const countColumn = (name: string): Column => ({
  key: name,
  title: name,
  align: 'right',
  kind: 'count',
  show: 'always',
});

export const nameOf = ({ model, encoding }: Pick<CountedModel, 'model' | 'encoding'>): string =>
  model ?? encoding ?? '';

/** How far a count can be trusted. */
export function methodLine(
  count: Pick<CountedModel, 'model' | 'encoding' | 'default' | 'band' | 'source' | 'exactWith'>,
): string {
  const { model, encoding, band, exactWith } = count;
  if (encoding === null) return `${model}: ${count.source}`;
  const what = model === null ? encoding : `${model}: ${encoding}`;
  if (band === null) return `${what}${count.default ? ' (default)' : ''}, exact`;
  const percent = (factor: number) => `${factor >= 1 ? '+' : '-'}${Math.round(Math.abs(factor - 1) * 100)}%`;
  const mended = exactWith === null ? '' : `; exact after: npm install ${exactWith}`;
  return `${what} scaled, approximate: true count within ${percent(band[0])} to ${percent(band[1])}${mended}`;
}
