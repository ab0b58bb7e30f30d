import {
  type BaselineBudget,
  type BaselineEntry,
  countedLike,
  entryOf,
  isCountedLike,
  keyOf,
} from './baseline-entries.js';
import type { FileBudget } from './file-budget.js';
import type { FileMeasure } from './file-measure.js';

/** A budget as it was judged. */
interface JudgedBudget {
  readonly budget: FileBudget;
  readonly measures: readonly FileMeasure[];
  /** Files that are there and could not be counted. */
  readonly uncounted: ReadonlySet<string>;
}

interface BaselineUpdate {
  readonly budgets: readonly BaselineBudget[];
  /** Entries of files and budgets that are gone. */
  readonly gone: number;
}

interface UpdateRule {
  /** Names of all budgets on files of the config, judged or not. */
  readonly names: ReadonlySet<string>;
  readonly gone: 'keep' | 'drop';
}

/** The measures of now in place of those that were written down; what was not judged stays as it was. In stable order. */
export function updateBaseline(
  before: readonly BaselineBudget[],
  judged: readonly JudgedBudget[],
  { names, gone }: UpdateRule,
): BaselineUpdate {
  const isKept = gone === 'keep';
  const forgotten = before.filter(({ name }) => !names.has(name));
  const known = new Map(before.filter((each) => isKept || names.has(each.name)).map((each) => [each.name, each]));
  let left = forgotten.flatMap(({ entries }) => entries).length;
  for (const each of judged) {
    const { name } = each.budget;
    const beside = entriesBeside(each, known.get(name));
    left += beside.left.length;
    const now = each.measures.filter(({ atLeast }) => !atLeast).map(entryOf);
    const entries = [...now, ...beside.stays, ...(isKept ? beside.left : [])];
    known.set(name, { name, ...countedLike(each.budget), entries });
  }
  return { budgets: [...known.values()].map(sortEntries).sort((a, b) => compareBytes(a.name, b.name)), gone: left };
}

/** Former entries that the measures of now do not replace: of files that could not be counted, and of those that are gone. */
function entriesBeside(
  { budget, measures, uncounted }: JudgedBudget,
  known: BaselineBudget | undefined,
): { readonly stays: readonly BaselineEntry[]; readonly left: readonly BaselineEntry[] } {
  if (known === undefined || !isCountedLike(known, countedLike(budget))) return { stays: [], left: [] };
  const now = new Set(measures.filter(({ atLeast }) => !atLeast).map((measure) => keyOf(entryOf(measure))));
  const unseen = new Set([...uncounted, ...measures.flatMap(({ path, atLeast }) => (atLeast ? (path ?? []) : []))]);
  const others = known.entries.filter((entry) => !now.has(keyOf(entry)));
  const isThere = ({ path }: BaselineEntry): boolean => path === null || unseen.has(path);
  return { stays: others.filter(isThere), left: others.filter((entry) => !isThere(entry)) };
}

const sortEntries = (budget: BaselineBudget): BaselineBudget => ({
  ...budget,
  entries: [...budget.entries].sort(
    (a, b) => compareBytes(a.path ?? '', b.path ?? '') || compareLists(a.section ?? [], b.section ?? [], compareBytes),
  ),
});

/** As their UTF-8 bytes are ordered: by code points. */
export const compareBytes = (a: string, b: string): number =>
  compareLists([...a].map(codePoint), [...b].map(codePoint), (left, right) => left - right);

const codePoint = (character: string): number => character.codePointAt(0)!;

/** By the first items that differ; of two that begin alike the shorter is first. */
function compareLists<T>(a: readonly T[], b: readonly T[], compare: (a: T, b: T) => number): number {
  for (const [i, left] of a.slice(0, b.length).entries()) {
    const order = compare(left, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
