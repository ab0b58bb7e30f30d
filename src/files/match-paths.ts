import { resolve } from 'node:path';
import { ledOut, reachedLinks } from './budget-links.js';
import { DELETED } from './git-folder.js';
import { isNegated, matchGlob, parseGlob } from './glob.js';
import { isWithin } from './is-within.js';
import { type Found, type FoundSkip, findGlob, findPath, gather, type Listing, type Look } from './walk.js';

/**
 * The files that the `paths` of a budget mean: paths, folders and globs together, less what a pattern with `!` in front
 * names. Nothing that matches is no error here: the budget says so. A path without wildcards that is not there is skipped;
 * a file that is gone, though the index of git still has it, is not. Nor does a link hide files: see `budget-links.ts`.
 *
 * @param root  absolute folder the patterns, and the shown paths, are relative to
 * @param look  by default `findPath`
 */
export async function matchListing(
  globs: readonly string[],
  { root, look = findPath }: { readonly root: string; readonly look?: Look },
): Promise<Listing> {
  const negated = globs.filter(isNegated).map((glob) => glob.slice(1));
  const found: Found[] = [];
  for (const glob of globs.filter((each) => !isNegated(each))) {
    let part =
      (await ledOut(glob, root)) ?? look(glob, root) ?? (await matches(glob, root, look)) ?? missing(glob, root);
    for (const out of negated) part = await leaveOut(part, out, root);
    found.push(part);
  }
  const { files, skipped } = gather(found);
  return { files, skipped: skipped.filter(({ reason }) => reason !== DELETED) };
}

/** What a glob matches, and the links to folders in which it might match; `null`: the text is no glob. */
async function matches(text: string, root: string, look: Look): Promise<Found | null> {
  const listed: FoundSkip[] = [];
  const found = await findGlob(text, root, (typed, cwd) => {
    const seen = look(typed, cwd);
    listed.push(...(seen?.skipped ?? []));
    return seen;
  });
  if (found === null) return null;
  return { ...found, skipped: [...found.skipped, ...(await reachedLinks(text, root, listed))] };
}

/** A file that is named and not there must not go unnoticed; a pattern that matches nothing may. */
const missing = (path: string, root: string): Found => ({
  files: [],
  skipped: [{ path, absolute: resolve(root, path), reason: 'there is no such file', isFolder: false }],
});

/** Leaves out what a pattern names, and all that is beneath it when it names a folder. */
async function leaveOut(found: Found, text: string, root: string): Promise<Found> {
  const { files, skipped } = found;
  const all = [...files, ...skipped].map(({ absolute }) => absolute);
  const out = await namedBy(text, root, all);
  if (out.size === 0) return found;
  return {
    files: files.filter(({ absolute }) => !out.has(absolute)),
    skipped: skipped.filter(({ absolute }) => !out.has(absolute)),
  };
}

/** Those of the files that a text names: a path, a folder or a glob, and all beneath what the glob names. */
export async function namedBy(typed: string, root: string, all: readonly string[]): Promise<Set<string>> {
  const text = typed.replace(/\/+$/, '');
  const glob = await parseGlob(text, root);
  const named = resolve(root, text);
  const byName = all.filter((path) => isWithin(path, named));
  if (glob === null) return new Set(byName);
  const beneath = { ...glob, pattern: `${glob.pattern}/**` };
  return new Set([...byName, ...(await matchGlob(glob, all)), ...(await matchGlob(beneath, all))]);
}
