import { join, relative, resolve, sep } from 'node:path';
import type { FileTokens } from '../../budget/files/file-measure.js';
import { budgetOutside } from '../../errors/base.js';
import { type CommitPaths, commitPaths } from '../../files/commit-paths.js';
import type { Commit } from '../../files/git-tree.js';
import { matchTree } from '../../files/match-tree.js';
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
  const places = placesOnce();
  for (const each of counted) budgets.push(await placeBudget(each, paths, places));
  const named = new Set(budgets.flatMap(({ base }) => [...base]));
  const unique = <T>(maps: readonly ReadonlyMap<string, T>[]) => new Map(maps.flatMap((map) => [...map]));
  const files = unique(budgets.map(({ now }) => now));
  const skips = unique(budgets.map(({ skipped }) => skipped));
  return {
    budgets,
    entries: paths.entries,
    sides: {
      base: tree.filter(({ path }) => named.has(path)),
      modules: tree.flatMap(({ kind, path }) => (kind === 'submodule' ? [path] : [])),
      files: [...files.keys()].map((path) => ({
        path,
        absolute: join(commit.root, path),
        explicit: false,
        inRepository: path,
      })),
      skipped: [...skips]
        .filter(([path]) => !files.has(path))
        .map(([path, { reason }]) => ({ path, reason, inRepository: path })),
    },
  };
}

/** Where a path leads to, and where the link itself is that the path may be. */
interface Place {
  readonly real: string;
  readonly link: string;
}

type Places = (absolute: string) => Place;

/** Looks up each path once, however many budgets have it. */
function placesOnce(): Places {
  const known = new Map<string, Place>();
  return (absolute) => {
    const place = known.get(absolute) ?? { real: realOf(absolute), link: realLink(absolute) };
    known.set(absolute, place);
    return place;
  };
}

/** The folder of a budget may be gone now, or be a link; what it was in the commit is looked up through the commit's links. */
async function placeBudget(counted: CountedBudget, paths: CommitPaths, places: Places): Promise<PlacedBudget> {
  const { root, entries } = paths;
  const { budget, files, skipped } = counted;
  const folder = paths.real(budget.root);
  if (![folder, realOf(budget.root)].every((each) => isBeneath(each, root)))
    throw budgetOutside(budget.name, budget.root, budget.place.file, budget.place.line);
  const inside = (absolute: string): string => slashed(relative(root, absolute));
  const matched = [...(await matchTree(budget.paths, folder, [...entries.keys()]))].filter(
    (path) => entries.get(path)?.kind === 'file',
  );
  const linked = files.flatMap(({ path }) => followed(places(absoluteOf(budget, path)), entries));
  return {
    counted,
    now: new Map(files.map((file) => [inside(places(absoluteOf(budget, file.path)).real), file])),
    skipped: new Map(skipped.map((skip) => [inside(places(absoluteOf(budget, skip.path)).link), skip])),
    base: new Set([...matched, ...linked].map(inside)),
  };
}

/** What a symbolic link that a budget names leads to was in the commit, too, when the link was. */
function followed({ real, link }: Place, entries: CommitPaths['entries']): string[] {
  return entries.get(link)?.kind === 'symbolic link' && entries.has(real) ? [real] : [];
}

const isBeneath = (path: string, folder: string): boolean => `${resolve(path)}${sep}`.startsWith(`${folder}${sep}`);
