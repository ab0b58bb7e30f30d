/** What the files of budgets were in the commit that a change is compared with. */

import { join } from 'node:path';
import type { Baseline } from '../../budget/files/baseline.js';
import type { FileBudget } from '../../budget/files/file-budget.js';
import { type FileTokens, measureKey, measuresOf } from '../../budget/files/file-measure.js';
import type { MovedFile } from '../../budget/files/judge-moved-out.js';
import { type PlacedBudget, placeBudgets } from './base-files.js';
import { lfsStateOf } from './base-lfs.js';
import { idsToSketch, pairSimilar } from './base-renames.js';
import { countOldFiles, type OldFile } from './base-tokens.js';
import { type Version, versionsOf } from './base-versions.js';
import { shownOf } from './budget-paths.js';
import type { CountedBudget } from './counted-budget.js';
import type { Base } from './find-base.js';
import { filesOutside, movedOut } from './moved-out.js';
import { isMarkdown } from './section-names.js';

export interface BaseCounts {
  readonly baselines: ReadonlyMap<FileBudget, Baseline>;
  /** Files that left their budgets. */
  readonly moved: ReadonlyMap<FileBudget, readonly MovedFile[]>;
  readonly notes: readonly string[];
}

const TOO_MANY =
  'too many files were added and deleted to compare them all: of renamed files only those with equal bytes are found';

/**
 * Counts what the globs of each budget match in the commit. Files that are the same now have the count of now; of the others
 * every version is read once, whatever the number of budgets.
 *
 * @throws OUTSIDE_REPOSITORY, GIT_FAILED
 */
export async function countBase(base: Base, counted: readonly CountedBudget[]): Promise<BaseCounts> {
  const { commit } = base;
  const placed = await placeBudgets(counted, commit);
  const { budgets } = placed;
  const { versions } = versionsOf(placed.sides, commit, commit.root);
  const notes: string[] = [];
  const outside = filesOutside(commit, placed, versions, (note) => notes.push(note));
  const sketched = idsToSketch(versions, outside.length, () => notes.push(TOO_MANY));
  const relinked = new Set(budgets.flatMap((each) => [...each.relinked.keys()]));
  const wanted = versions.flatMap((version) => {
    const place = oldPath(version);
    const isKnown = version.status === 'unchanged' && !relinked.has(place);
    return isKnown || version.baseId === null ? [] : [{ path: place, id: version.baseId }];
  });
  const old = await countOldFiles(commit, { wanted, sketched }, budgets);
  const paired = pairSimilar(versions, old);
  return {
    baselines: new Map(budgets.map((each) => [each.counted.budget, baselineOf(each, paired, { base, old })])),
    moved: movedOut(budgets, paired, { commit, outside, old }),
    notes,
  };
}

interface Old {
  readonly base: Base;
  readonly old: ReadonlyMap<string, OldFile>;
}

function baselineOf(placed: PlacedBudget, versions: readonly Version[], { base, old }: Old): Baseline {
  const { budget } = placed.counted;
  const files: FileTokens[] = [];
  const unknown = new Map<string, string>();
  for (const version of versions) {
    const place = oldPath(version);
    if (!placed.base.has(place)) continue;
    const name = placed.now.get(version.path)?.path ?? placed.relinked.get(place);
    const path = name ?? shownOf(budget, join(base.commit.root, place));
    const before = beforeOf(version, placed, version.baseId === null ? undefined : old.get(version.baseId));
    if ('reason' in before) unknown.set(path, `${before.reason} as of ${base.name}`);
    else files.push(comparable(before, path));
  }
  const known = new Set(files.map(({ path }) => path));
  if (budget.scope !== 'total')
    for (const path of placed.relinked.values())
      if (!known.has(path) && !unknown.has(path)) unknown.set(path, `its name led to another file as of ${base.name}`);
  return { name: base.name, ...keyed(placed, files, unknown), files };
}

const oldPath = ({ path, from }: Version): string => from ?? path;

/** Under the name that the file has now, and part by part only where it has parts by that name. */
const comparable = (before: FileTokens, path: string): FileTokens => ({
  ...before,
  path,
  sections: isMarkdown(path) ? before.sections : null,
});

function beforeOf(
  version: Version,
  placed: PlacedBudget,
  old: OldFile | undefined,
): FileTokens | { readonly reason: string } {
  const { status, path, file } = version;
  const { counted, now, skipped, relinked } = placed;
  const same = now.get(path) ?? { reason: skipped.get(path)?.reason ?? 'not counted' };
  if (status === 'unchanged' && !relinked.has(path)) return same;
  if (old === undefined) return { reason: 'not read' };
  if (old.reason !== null) return { reason: old.reason };
  const lfs = old.lfs === null ? 'pointer' : file === null ? 'other' : lfsStateOf(file.absolute, old.lfs);
  if (lfs === 'same') return same;
  if (lfs === 'other') return { reason: 'kept in Git LFS, so not in git' };
  return old.countFor(counted, oldPath(version)) ?? { reason: 'not counted' };
}

/** @param unknown  by path */
function keyed(
  { counted: { budget }, now }: PlacedBudget,
  files: readonly FileTokens[],
  unknown: ReadonlyMap<string, string>,
): Pick<Baseline, 'tokens' | 'unknown'> {
  const tokens = new Map(measuresOf(budget, files).map((measure) => [measureKey(measure), measure.tokens]));
  const [first] = unknown;
  if (first === undefined) return { tokens, unknown };
  if (budget.scope === 'total') return { tokens: new Map(), unknown: new Map([[TOTAL, first.join(': ')]]) };
  const here = measuresOf(budget, [...now.values()]).filter(({ path }) => unknown.has(path!));
  const wholes = [...unknown].map(([path, why]) => [measureKey({ path, section: null }), why] as const);
  return {
    tokens,
    unknown: new Map([
      ...wholes,
      ...here.map((measure) => [measureKey(measure), unknown.get(measure.path!)!] as const),
    ]),
  };
}

const TOTAL = measureKey({ path: null, section: null });
