import type { Change } from './base-changes.js';
import type { Status } from './base-versions.js';
import { compareText, type SortBy } from './choose-lines.js';
import { methodOf } from './count-body.js';
import { type Counter, counterFacts } from './counters.js';

/** Which changes are shown. All goes by how much the first counter's count changed, up or down. */
export interface ChangeChoice {
  readonly sort: SortBy;
  readonly min?: number;
  readonly top?: number;
}

/** Changed files alone, the largest change first, or by name. */
export function chooseChanges(changes: readonly Change[], { sort, min = 0, top }: ChangeChoice): Change[] {
  const bySize = (a: Change, b: Change) => sizeOf(b) - sizeOf(a) || compareText(a.path, b.path);
  const chosen = changed(changes)
    .filter((change) => sizeOf(change) >= min)
    .sort(bySize)
    .slice(0, top);
  return sort === 'name' ? chosen.sort((a, b) => compareText(a.path, b.path)) : chosen;
}

const changed = (changes: readonly Change[]): Change[] => changes.filter(({ status }) => status !== 'unchanged');

const sizeOf = ({ delta }: Change): number => Math.abs(delta[0]!);

/** How many files have each status. */
export function statusesOf(changes: readonly Change[]): Record<Status, number> {
  const counts = { added: 0, deleted: 0, modified: 0, renamed: 0, unchanged: 0 };
  for (const { status } of changes) counts[status] += 1;
  return counts;
}

/** Of both versions as a whole; `after`, and what is counted beside tokens, is the work tree. */
export interface ComparedTotal {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly files: number;
  readonly bytes: number;
}

export function totalOfChanges(changes: readonly Change[], counters: readonly Counter[], bytes: number): ComparedTotal {
  const sum = (pick: (change: Change) => readonly number[] | null) =>
    counters.map((_, i) => changes.reduce((total, change) => total + (pick(change)?.[i] ?? 0), 0));
  const files = changes.filter(({ after }) => after !== null).length;
  return { before: sum(({ before }) => before), after: sum(({ after }) => after), files, bytes };
}

/** `counts` of the JSON body: one element per counter. */
export const comparedCounts = (
  counters: readonly Counter[],
  { total, changes, shown }: { total: ComparedTotal; changes: readonly Change[]; shown: readonly Change[] },
) =>
  counters.map((counter, i) => ({
    ...methodOf(counterFacts(counter)),
    total: {
      tokens: total.after[i]!,
      files: total.files,
      bytes: total.bytes,
      before: total.before[i]!,
      after: total.after[i]!,
      delta: total.after[i]! - total.before[i]!,
    },
    rows: shown.map((change) => rowOf(change, i)),
    moreRows: changed(changes).length - shown.length,
  }));

const rowOf = ({ path, from, status, before, after, delta }: Change, i: number) => ({
  path,
  from,
  status,
  before: before?.[i] ?? null,
  after: after?.[i] ?? null,
  delta: delta[i]!,
});
