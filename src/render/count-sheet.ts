/** Counts as a sheet: one line per file, directory or extension, one column of tokens per model. */

import { counted } from './counted.js';
import type { Column, Sheet } from './sheet.js';

/** One model's or encoding's counts; rows of all models name the same paths. */
export interface CountedModel {
  readonly model: string | null;
  readonly encoding: string;
  readonly default: boolean;
  readonly method: 'exact' | 'approximate';
  /** Factors: the true count lies between tokens × low and tokens × high. */
  readonly band: readonly [low: number, high: number] | null;
  /** npm package with which the count would be exact; `null`: it is, or none is known. */
  readonly exactWith: string | null;
  readonly total: { readonly tokens: number; readonly files: number; readonly bytes: number };
  readonly rows: readonly { readonly path: string; readonly tokens: number; readonly bytes: number }[];
  readonly moreRows: number;
}

/** Rows in the order of the first model. */
export function countSheet(counts: readonly CountedModel[], by: string): Sheet {
  const [first] = counts;
  if (first === undefined) throw new RangeError('nothing was counted with');
  const tokensOf = counts.map(({ rows }) => new Map(rows.map((row) => [row.path, row.tokens])));
  return {
    title: null,
    columns: [
      column({ key: by, title: by, align: 'left', kind: 'text' }),
      ...counts.map((count) => column({ key: nameOf(count), title: nameOf(count), align: 'right', kind: 'count' })),
      column({ key: 'bytes', title: 'bytes', align: 'right', kind: 'count' }),
    ],
    rows: first.rows.map(({ path, bytes }) => [path, ...tokensOf.map((tokens) => tokens.get(path) ?? null), bytes]),
    totals: [
      `total, ${counted(BigInt(first.total.files), 'file')}`,
      ...counts.map(({ total }) => total.tokens),
      first.total.bytes,
    ],
    above: [],
    below: [
      ...(first.moreRows > 0 ? [`${counted(BigInt(first.moreRows), 'more line')} not shown`] : []),
      ...counts.map(methodLine),
    ],
  };
}

const column = (facts: Omit<Column, 'show'>): Column => ({ ...facts, show: 'always' });

const nameOf = ({ model, encoding }: CountedModel): string => model ?? encoding;

function methodLine(count: CountedModel): string {
  const { model, encoding, band, exactWith } = count;
  const what = model === null ? encoding : `${model}: ${encoding}`;
  if (band === null) return `${what}${count.default ? ' (default)' : ''}, exact`;
  const percent = (factor: number) => `${factor >= 1 ? '+' : '-'}${Math.round(Math.abs(factor - 1) * 100)}%`;
  const mended = exactWith === null ? '' : `; exact after: npm install ${exactWith}`;
  return `${what} scaled, approximate: true count within ${percent(band[0])} to ${percent(band[1])}${mended}`;
}
