/** A count compared with a commit, as a sheet: one line per changed file; before, after and delta for each model. */

import { hiddenLine, methodLine, nameOf, textColumn } from './count-sheet.js';
import { counted } from './counted.js';
import type { Column, Sheet, SheetCell } from './sheet.js';

export interface ComparedRow {
  readonly path: string;
  readonly from: string | null;
  readonly status: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly delta: number;
}

export interface ComparedModel {
  readonly model: string | null;
  readonly encoding: string | null;
  readonly source: string;
  readonly exactWith: string | null;
  readonly default: boolean;
  readonly band: readonly [low: number, high: number] | null;
  readonly total: { readonly files: number; readonly before: number; readonly after: number; readonly delta: number };
  /** Of all models the same files, in the same order. */
  readonly rows: readonly ComparedRow[];
  readonly moreRows: number;
}

export interface ComparedWith {
  readonly ref: string;
  readonly commit: string;
  /** Files by status. */
  readonly files: Readonly<Record<string, number>>;
}

export function countBaseSheet(counts: readonly ComparedModel[], { ref, commit, files }: ComparedWith): Sheet {
  const [first] = counts;
  if (first === undefined) throw new RangeError('nothing was counted with');
  const isRenamed = first.rows.some(({ from }) => from !== null);
  const statuses = Object.entries(files).filter(([, number]) => number > 0);
  return {
    title: null,
    columns: [
      textColumn('file', 'always'),
      textColumn('from', isRenamed ? 'always' : 'export'),
      textColumn('status', 'always'),
      ...counts.flatMap((count) => comparedColumns(nameOf(count), counts.length > 1)),
    ],
    rows: first.rows.map(({ path, from, status }, r): SheetCell[] => [
      path,
      from ?? '',
      status,
      ...counts.flatMap(({ rows }) => cells(rows[r]!)),
    ]),
    totals: [
      `total, ${counted(BigInt(first.total.files), 'file')}`,
      null,
      null,
      ...counts.flatMap(({ total }) => cells(total)),
    ],
    above: [],
    below: [
      ...hiddenLine(first.moreRows),
      `since ${ref} (${commit.slice(0, 12)}): ${statuses.map(([status, number]) => `${number} ${status}`).join(', ') || 'no files'}`,
      ...counts.map(methodLine),
    ],
  };
}

const cells = ({ before, after, delta }: Pick<ComparedRow, 'before' | 'after' | 'delta'>): SheetCell[] => [
  before,
  after,
  delta,
];

/** Each column is named for its model in CSV, and for people where there are several. */
const comparedColumns = (name: string, areSeveral: boolean): Column[] =>
  (['before', 'after', 'delta'] as const).map((what) => ({
    key: `${name} ${what}`,
    title: areSeveral ? `${name} ${what}` : what,
    align: 'right',
    kind: 'count',
    show: 'always',
  }));
