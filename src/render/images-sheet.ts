/** Counted images as a sheet: a line per image, a column of tokens per model. */

import { counted } from './counted.js';
import type { Column, Sheet } from './sheet.js';

export interface CountedImages {
  readonly model: string;
  readonly formula: string;
  readonly method: 'exact' | 'approximate';
  readonly source: string;
  readonly total: { readonly tokens: number; readonly files: number };
  readonly rows: readonly {
    readonly path: string;
    readonly width: number;
    readonly height: number;
    readonly tokens: number;
  }[];
}

/** All counts are of the same images, in the same order. */
export function imagesSheet(counts: readonly CountedImages[]): Sheet {
  const [first] = counts;
  if (first === undefined) throw new RangeError('nothing was counted with');
  return {
    title: null,
    columns: [
      column('image', 'left', 'text'),
      column('width', 'right', 'count'),
      column('height', 'right', 'count'),
      ...counts.map(({ model }) => column(model, 'right', 'count')),
    ],
    rows: first.rows.map(({ path, width, height }, i) => [
      path,
      width,
      height,
      ...counts.map(({ rows }) => rows[i]!.tokens),
    ]),
    totals: [
      `total, ${counted(BigInt(first.total.files), 'image')}`,
      null,
      null,
      ...counts.map(({ total }) => total.tokens),
    ],
    above: [],
    below: counts.map(({ model, formula, method, source }) => `${model}: ${formula}, ${method} (${source})`),
  };
}

const column = (key: string, align: Column['align'], kind: Column['kind']): Column => ({
  key,
  title: key,
  align,
  kind,
  show: 'always',
});
