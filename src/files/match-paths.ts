import { resolve } from 'node:path';
import { ledOut } from './budget-links.js';
import { DELETED } from './git-folder.js';
import { type Glob, isNegated, matchGlob, parseGlob } from './glob.js';
import { isWithin } from './is-within.js';
import { fileOfLink, type Hiding, hidingOf, type Listed, matchedBeneath, mightMatch } from './linked-files.js';
import { type Found, findGlob, findPath, gather, type Listing, type Look } from './walk.js';

/**
 * The files that the `paths` of a budget mean: paths, folders and globs together, less what a pattern with `!` in front
 * names. Nothing that matches is no error here: the budget says so. A path without wildcards that is not there is skipped;
 * a file that is gone, though the index of git still has it, is not. Nor does a link hide files: see `linked-files.ts`.
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
    const sought = { look, negated };
    let part =
      (await ledOut(glob, root)) ??
      (await inFolder(glob, root, sought)) ??
      (await matches(glob, root, sought)) ??
      missing(glob, root);
    for (const out of negated) part = await leaveOut(part, out, root);
    found.push(part);
  }
  const { files, skipped } = gather(found);
  return { files, skipped: skipped.filter(({ reason }) => reason !== DELETED) };
}

/** What a glob matches, links followed; `null`: the text is no glob. */
async function matches(text: string, root: string, { look, negated }: Sought): Promise<Found | null> {
  const glob = await parseGlob(text, root);
  if (glob === null) return null;
  const listed = look(glob.typedBase, root) ?? NOTHING;
  const found = await findGlob(text, root, () => listed);
  return found && (await withLinks(found, { glob, root, look, found: listed }, negated));
}

/** A folder is what all beneath it matches. */
async function inFolder(text: string, root: string, { look, negated }: Sought): Promise<Found | null> {
  const found = look(text, root);
  if (found === null || found.skipped.length === 0) return found;
  const glob: Glob = { base: resolve(root, text), typedBase: text, pattern: '**', isAnywhere: false };
  return withLinks(found, { glob, root, look, found }, negated);
}

const NOTHING: Found = { files: [], skipped: [] };

/** How paths are looked up, and what a budget leaves out. */
interface Sought {
  readonly look: Look;
  readonly negated: readonly string[];
}

/** Links to files are those files; of what is not looked into there stays what may hide a file. */
async function withLinks(found: Found, listed: Listed, negated: readonly string[]): Promise<Found> {
  const hidings = listed.found.skipped.flatMap((skip) => hidingOf(skip, listed) ?? []);
  if (hidings.length === 0) return found;
  const hiding = new Set(hidings.map(({ skip }) => skip.absolute));
  const matched = new Set(found.skipped.map(({ absolute }) => absolute));
  const links = hidings.flatMap((each) =>
    each.kind === 'file' && matched.has(each.skip.absolute) ? [fileOfLink(each.skip, each.real)] : [],
  );
  const skipped = found.skipped.filter(({ absolute }) => !hiding.has(absolute));
  let judged = found;
  for (const out of negated) judged = await leaveOut(judged, out, listed.root);
  const known = new Set(judged.files.map(({ real }) => real));
  for (const each of hidings) if (await hidesFiles(each, listed, { negated, known })) skipped.push(each.skip);
  return { files: [...found.files, ...links], skipped };
}

interface Known {
  readonly negated: readonly string[];
  /** Real paths of files that the pattern matches under their own names. */
  readonly known: ReadonlySet<string>;
}

async function hidesFiles(hiding: Hiding, listed: Listed, { negated, known }: Known): Promise<boolean> {
  if (hiding.kind === 'file') return false;
  if (hiding.kind === 'unknown') return mightMatch(hiding.skip.absolute, listed.glob);
  const matched = await matchedBeneath({ name: hiding.skip.absolute, real: hiding.real }, listed);
  let names = matched.filter(({ real }) => !known.has(real)).map(({ name }) => name);
  for (const text of negated) {
    const out = await namedBy(text, listed.root, names);
    names = names.filter((name) => !out.has(name));
  }
  return names.length > 0;
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
