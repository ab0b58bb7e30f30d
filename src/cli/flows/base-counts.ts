/** What the files of budgets were in the commit that a change is compared with. */

import { join } from 'node:path';
import type { Baseline } from '../../budget/files/baseline.js';
import type { FileBudget } from '../../budget/files/file-budget.js';
import { type FileTokens, measureKey, measuresOf } from '../../budget/files/file-measure.js';
import { type PlacedBudget, placeBudgets } from './base-files.js';
import { lfsStateOf } from './base-lfs.js';
import { idsToSketch, pairSimilar } from './base-renames.js';
import { countOldFiles, type OldFile } from './base-tokens.js';
import { type Version, versionsOf } from './base-versions.js';
import { shownOf } from './budget-paths.js';
import type { CountedBudget } from './counted-budget.js';
import type { Base } from './find-base.js';
import { isMarkdown } from './section-names.js';

export interface BaseCounts {
  readonly baselines: ReadonlyMap<FileBudget, Baseline>;
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
  const { budgets, sides } = await placeBudgets(counted, commit);
  const { versions } = versionsOf(sides, commit, commit.root);
  const notes: string[] = [];
  const sketched = idsToSketch(versions, () => notes.push(TOO_MANY));
  const wanted = versions.flatMap(({ status, path, from, baseId }) =>
    status === 'unchanged' || baseId === null ? [] : [{ path: from ?? path, id: baseId }],
  );
  const old = await countOldFiles(commit, { wanted, sketched }, budgets);
  const paired = pairSimilar(versions, old);
  return {
    baselines: new Map(budgets.map((each) => [each.counted.budget, baselineOf(each, paired, { base, old })])),
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
    if (!wasIn(placed, version) && !isRelinked(placed, version)) continue;
    const now = placed.now.get(version.path);
    const path = now?.path ?? shownOf(budget, join(base.commit.root, oldPath(version)));
    const before = beforeOf(version, placed, version.baseId === null ? undefined : old.get(version.baseId));
    if ('reason' in before) unknown.set(path, `${before.reason} as of ${base.name}`);
    else files.push({ ...before, path });
  }
  return { name: base.name, ...keyed(placed, files, unknown), files };
}

const oldPath = ({ path, from }: Version): string => from ?? path;

const wasIn = ({ base }: PlacedBudget, version: Version): boolean => base.has(oldPath(version));

/** A file that is no new one to the budget: its name there stood for another. Of all together, that one counts. */
const isRelinked = ({ relinked, counted: { budget } }: PlacedBudget, { path }: Version): boolean =>
  budget.scope !== 'total' && relinked.has(path);

function beforeOf(
  version: Version,
  placed: PlacedBudget,
  old: OldFile | undefined,
): FileTokens | { readonly reason: string } {
  if (!wasIn(placed, version)) return { reason: 'reached by a link that led to another file' };
  const { status, path, file } = version;
  const { counted, now, skipped } = placed;
  const same = now.get(path) ?? { reason: skipped.get(path)?.reason ?? 'not counted' };
  if (status === 'unchanged') return same;
  if (old === undefined) return { reason: 'not read' };
  if (old.reason !== null) return { reason: old.reason };
  const lfs = old.lfs === null ? 'pointer' : file === null ? 'other' : lfsStateOf(file.absolute, old.lfs);
  if (lfs === 'same') return same;
  if (lfs === 'other') return { reason: 'kept in Git LFS, so not in git' };
  const before = old.countFor(counted, oldPath(version));
  if (before === null) return { reason: 'not counted' };
  // A file is compared part by part only where it has parts now.
  return 'reason' in before || isMarkdown(path) ? before : { ...before, sections: null };
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
