import { resolve } from 'node:path';
import { isNegated, matchGlob, parseGlob } from './glob.js';
import { isWithin } from './is-within.js';
import { namedBy } from './match-paths.js';

/** The files of a commit. */
export interface CommitFiles {
  /** Absolute. */
  readonly paths: readonly string[];
  /** Where an absolute path led in the commit, see `CommitPaths`. */
  readonly led: (absolute: string) => string;
}

/**
 * Those of a commit's files that the `paths` of a budget mean, as `matchListing` has them of the work tree: a folder that is
 * named through a link is matched by the names it has there.
 *
 * @param root  absolute folder the patterns are relative to, without symbolic links
 */
export async function matchTree(
  globs: readonly string[],
  root: string,
  files: CommitFiles,
): Promise<ReadonlySet<string>> {
  const found = new Map<string, string>();
  for (const glob of globs.filter((each) => !isNegated(each)))
    for (const [name, path] of await meantBy(glob, root, files)) found.set(name, path);
  for (const glob of globs.filter(isNegated))
    for (const name of await namedBy(glob.slice(1), root, [...found.keys()])) found.delete(name);
  return new Set(found.values());
}

/** Absolute paths, by the names that the text reaches them by. */
type Named = ReadonlyMap<string, string>;

/** A text is a glob only when there is no such file or folder. */
async function meantBy(text: string, root: string, files: CommitFiles): Promise<Named> {
  const named = beneath(resolve(root, text), files);
  const glob = named.size > 0 ? null : await parseGlob(text, root);
  if (glob === null) return named;
  const inBase = beneath(glob.base, files);
  const matched = await matchGlob(glob, [...inBase.keys()]);
  return new Map([...inBase].filter(([name]) => matched.has(name)));
}

function beneath(folder: string, { paths, led }: CommitFiles): Named {
  const real = led(folder);
  return new Map(paths.filter((path) => isWithin(path, real)).map((path) => [folder + path.slice(real.length), path]));
}
