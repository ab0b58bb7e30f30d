import { join, relative } from 'node:path';
import type { FileTokens } from '../../budget/files/file-measure.js';
import { budgetOutside } from '../../errors/base.js';
import { type CommitPaths, commitPaths } from '../../files/commit-paths.js';
import type { Commit } from '../../files/git-tree.js';
import { isWithin } from '../../files/is-within.js';
import { type CommitFiles, matchTree } from '../../files/match-tree.js';
import { realLink, realOf } from '../../files/real-path.js';
import { slashed } from '../../files/shown-path.js';
import type { Skipped } from '../../files/walk.js';
import type { Sides } from './base-sides.js';
import { absoluteOf } from './budget-paths.js';
import type { CountedBudget } from './counted-budget.js';

/** A budget's files in both versions, by their paths in the repository. */
export interface PlacedBudget {
  readonly counted: CountedBudget;
  readonly now: ReadonlyMap<string, FileTokens>;
  readonly skipped: ReadonlyMap<string, Skipped>;
  /** Those its globs match in the commit. */
  readonly base: ReadonlySet<string>;
  /** Of those, files that a link now stands for in their place, or leads away from, by the name that the budget has for it. */
  readonly relinked: ReadonlyMap<string, string>;
}

export interface PlacedBudgets {
  readonly budgets: readonly PlacedBudget[];
  /** Files of any of them. */
  readonly sides: Sides;
  /** All that the commit has, by absolute path. */
  readonly entries: CommitPaths['entries'];
}

/**
 * Lists a commit once, and finds in it what the globs of every budget match.
 *
 * @throws OUTSIDE_REPOSITORY, GIT_FAILED
 */
export async function placeBudgets(counted: readonly CountedBudget[], commit: Commit): Promise<PlacedBudgets> {
  const paths = await commitPaths(commit);
  const tree = [...paths.entries.values()];
  const budgets: PlacedBudget[] = [];
  const { entries } = paths;
  const files: CommitFiles = { paths: [...entries.keys()], led: paths.real };
  const isFile = (absolute: string): boolean => entries.get(absolute)?.kind === 'file';
  const places = placesOnce(files, isFile);
  for (const each of counted) budgets.push(await placeBudget(each, paths, { isFile, files, places }));
  const named = new Set(budgets.flatMap(({ base }) => [...base]));
  const unique = <T>(maps: readonly ReadonlyMap<string, T>[]) => new Map(maps.flatMap((map) => [...map]));
  const present = unique(budgets.map(({ now }) => now));
  const skips = unique(budgets.map(({ skipped }) => skipped));
  return {
    budgets,
    entries: paths.entries,
    sides: {
      base: tree.filter(({ path }) => named.has(path)),
      modules: tree.flatMap(({ kind, path }) => (kind === 'submodule' ? [path] : [])),
      files: [...present.keys()].map((path) => ({
        path,
        absolute: join(commit.root, path),
        explicit: false,
        inRepository: path,
      })),
      skipped: [...skips]
        .filter(([path]) => !present.has(path))
        .map(([path, { reason }]) => ({ path, reason, inRepository: path })),
    },
  };
}

interface Place {
  /** Where the path leads to. */
  readonly real: string;
  /** Where the link itself is that the path may be. */
  readonly link: string;
  /** The file that the path led to in the commit; `null`: to none. */
  readonly before: string | null;
}

interface Tree {
  readonly isFile: (absolute: string) => boolean;
  readonly files: CommitFiles;
  readonly places: (absolute: string) => Place;
}

/** Looks up each path once, however many budgets have it. */
function placesOnce({ led }: CommitFiles, isFile: Tree['isFile']): Tree['places'] {
  const known = new Map<string, Place>();
  const placeOf = (absolute: string): Place => {
    const before = led(absolute);
    return { real: realOf(absolute), link: realLink(absolute), before: isFile(before) ? before : null };
  };
  return (absolute) => {
    const place = known.get(absolute) ?? placeOf(absolute);
    known.set(absolute, place);
    return place;
  };
}

/** The folder of a budget may be gone now, or be a link; what it was in the commit is looked up through the commit's links. */
async function placeBudget(counted: CountedBudget, { root, real }: CommitPaths, tree: Tree): Promise<PlacedBudget> {
  const { isFile, places } = tree;
  const { budget, files, skipped } = counted;
  const folder = real(budget.root);
  if (![folder, realOf(budget.root)].every((each) => isWithin(each, root)))
    throw budgetOutside(budget.name, budget.root, budget.place.file, budget.place.line);
  const inside = (absolute: string): string => slashed(relative(root, absolute));
  const matched = [...(await matchTree(budget.paths, folder, tree.files))].map(real).filter(isFile);
  const placed = files.map((file) => ({ file, ...places(absoluteOf(budget, file.path)) }));
  const base = new Set([...matched, ...placed.flatMap(({ before }) => before ?? [])].map(inside));
  const relinked = placed.filter(({ real, before }) => before !== null && before !== real && !base.has(inside(real)));
  return {
    counted,
    now: new Map(placed.map(({ file, real }) => [inside(real), file])),
    skipped: new Map(skipped.map((skip) => [inside(places(absoluteOf(budget, skip.path)).link), skip])),
    base,
    relinked: new Map(relinked.map(({ file, before }) => [inside(before!), file.path])),
  };
}
