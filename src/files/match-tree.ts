import { resolve, sep } from 'node:path';
import { isNegated, matchGlob, parseGlob } from './glob.js';
import { namedBy } from './match-paths.js';

/**
 * Those of a commit's files that the `paths` of a budget mean, as `matchListing` has them of the work tree.
 *
 * @param root  absolute folder the patterns are relative to, without symbolic links
 * @param all   absolute paths
 */
export async function matchTree(
  globs: readonly string[],
  root: string,
  all: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const glob of globs.filter((each) => !isNegated(each)))
    for (const path of await meantBy(glob, root, all)) found.add(path);
  for (const glob of globs.filter(isNegated))
    for (const path of await namedBy(glob.slice(1), root, [...found])) found.delete(path);
  return found;
}

/** A text is a glob only when there is no such file or folder. */
async function meantBy(text: string, root: string, all: readonly string[]): Promise<Iterable<string>> {
  const named = resolve(root, text);
  const beneath = all.filter((path) => path === named || path.startsWith(named + sep));
  const glob = beneath.length > 0 ? null : await parseGlob(text, root);
  if (glob === null) return beneath;
  const base = glob.base.endsWith(sep) ? glob.base : glob.base + sep;
  return matchGlob(
    glob,
    all.filter((path) => path.startsWith(base)),
  );
}
