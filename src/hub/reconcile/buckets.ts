/** The records of two recordings by bucket: a cell of time, an owner where both name one, a model. */

import type { CallRecord } from './call-record.js';
import type { Grid } from './grid.js';
import type { Fact, Facts } from './own-facts.js';
import type { Owner } from './owner.js';

export interface Bucket {
  /** `2026-10-01T15:00Z, unit wukong, qwen3-max`. */
  readonly text: string;
  readonly cell: number;
  readonly left: CallRecord[];
  readonly right: CallRecord[];
  readonly facts: Fact[];
  readonly open: CallRecord[];
}

interface Bucketed {
  readonly left: readonly CallRecord[];
  readonly right: readonly CallRecord[];
}

/** In order of time, then of appearance. */
export function bucketsOf(
  { left, right }: Bucketed,
  { facts, open }: Facts,
  grid: Grid,
  owner: Owner | null,
): Bucket[] {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (record: CallRecord): Bucket => {
    const cell = grid.cellOf(record);
    const name = owner === null ? null : (record[owner] ?? '(none)');
    const key = `${cell}\n${record.name}\n${name ?? ''}`;
    const met = buckets.get(key);
    if (met !== undefined) return met;
    const text = [grid.textOf(cell), ...(name === null ? [] : [`${owner} ${name}`]), record.name].join(', ');
    const made = { text, cell, left: [], right: [], facts: [], open: [] };
    buckets.set(key, made);
    return made;
  };
  for (const record of left) bucketOf(record).left.push(record);
  for (const record of right) bucketOf(record).right.push(record);
  for (const fact of facts) bucketOf((fact.gone[0] ?? fact.come[0])!).facts.push(fact);
  for (const record of open) bucketOf(record).open.push(record);
  return [...buckets.values()].sort((a, b) => a.cell - b.cell);
}
