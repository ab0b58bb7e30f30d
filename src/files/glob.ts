/** Globs over a list of paths that is already known, so that a glob never reaches an ignored file. */

import { posix, resolve, sep } from 'node:path';
import { slashed } from './shown-path.js';

export interface Glob {
  /** Absolute folder the pattern cannot leave. */
  readonly base: string;
  /** The same as typed. */
  readonly typedBase: string;
  /** The rest of the pattern, relative to `base`. */
  readonly pattern: string;
  /** Whether it begins with `**`, without a folder in front. */
  readonly isAnywhere: boolean;
}

/**
 * A text with wildcards as a glob; `null` when it has none.
 *
 * @param folder  absolute folder the text is relative to
 * @example parseGlob('docs/*.md', '/a')  // { base: '/a/docs', typedBase: 'docs', pattern: '*.md', isAnywhere: false }
 */
export async function parseGlob(text: string, folder: string): Promise<Glob | null> {
  if (!WILDCARD.test(text) || !isDynamic((await loadPicomatch()).scan(text))) return null;
  const parts = text.split('/');
  const first = parts.findIndex((part) => WILDCARD.test(part));
  if (first === -1) return null;
  const fixed = parts.slice(0, first).map((part) => part.replace(/\\(.)/g, '$1'));
  const typedBase = first === 1 && fixed[0] === '' ? '/' : fixed.join('/') || '.';
  const isAnywhere = parts[first] === '**' && ['', '.'].includes(posix.normalize(typedBase));
  return { base: resolve(folder, typedBase), typedBase, pattern: parts.slice(first).join('/'), isAnywhere };
}

/** Whether a pattern leaves files out. */
export const isNegated = (glob: string): boolean => /^!(?!\()/.test(glob);

/** A character that may make a glob of a text. */
const WILDCARD = /(?<!\\)[*?[\]{}()!+@|]/;

const isDynamic = ({ isGlob, negated }: { readonly isGlob: boolean; readonly negated: boolean }): boolean =>
  isGlob || negated;

/** Loaded when a text looks like a glob: it takes longer to load than most files take to count. */
const loadPicomatch = async () => (await import('picomatch')).default;

/** Whether it matches whatever lies beneath its base. */
export const matchesAll = ({ pattern }: Pick<Glob, 'pattern'>): boolean => pattern === '**' || pattern === '**/*';

/** Those of the paths that match; names that begin with a dot match like any other. */
export async function matchGlob(
  { base, pattern }: Pick<Glob, 'base' | 'pattern'>,
  absolutePaths: readonly string[],
): Promise<Set<string>> {
  const prefix = base.endsWith(sep) ? base : base + sep;
  const beneath = absolutePaths.filter((path) => path.startsWith(prefix));
  if (beneath.length === 0 || matchesAll({ pattern })) return new Set(beneath);
  const matches = await matcherOf(pattern);
  return new Set(beneath.filter((path) => matches(slashed(path.slice(prefix.length)))));
}

/** Whether something might match in a folder: the parts of its path match the first ones of the pattern. */
export async function mayLeadTo({ base, pattern }: Glob, folder: string): Promise<boolean> {
  const names = namesBeneath(base, folder);
  return names !== null && (await mayBeAbove(names, partsOf(posix.normalize(pattern))));
}

/** Whether a pattern that begins with `**` names the folder, or one above it, by a part without wildcards. */
export async function namesOnTheWay({ base, pattern }: Glob, folder: string): Promise<boolean> {
  const names = namesBeneath(base, folder);
  const parts = partsOf(posix.normalize(pattern));
  const first = parts.findIndex((part) => !WILDCARD.test(part));
  if (names === null || first === -1) return false;
  for (let end = first + 1; end < parts.length; end += 1)
    if ((await matcherOf(parts.slice(0, end).join('/')))(names.join('/'))) return true;
  return parts.at(-1)!.includes('**') && (await matcherOf(parts.join('/')))(names.join('/'));
}

/**
 * How a path that matches may end: what the pattern ends with without wildcards.
 *
 * @example fixedEnds({ pattern: '*\/a/b.yaml' })  // ['b.yaml', 'a/b.yaml']
 */
export function fixedEnds({ pattern }: Pick<Glob, 'pattern'>): string[] {
  const parts = pattern.split('/');
  const fixed = parts.slice(parts.findLastIndex((part) => WILDCARD.test(part)) + 1);
  return fixed.map((_, i) => fixed.slice(fixed.length - 1 - i).join('/'));
}

/** `null`: it is not beneath the base. */
function namesBeneath(base: string, folder: string): string[] | null {
  const prefix = base.endsWith(sep) ? base : base + sep;
  return folder.startsWith(prefix) ? slashed(folder.slice(prefix.length)).split('/') : null;
}

/** From `**` on anything may be, and where a group holds a `/`. */
async function mayBeAbove(names: readonly string[], parts: readonly string[]): Promise<boolean> {
  for (const [i, part] of parts.entries()) {
    const name = names[i];
    if (name === undefined || part.includes('**') || part.includes('/')) return true;
    if (name !== part && !(await matcherOf(part))(name)) return false;
  }
  return false;
}

/** What lies between the `/` of a pattern, those in its groups aside. */
function partsOf(pattern: string): string[] {
  const parts: string[] = [];
  let open = 0;
  for (const part of pattern.split('/')) {
    if (open > 0) parts.push(`${parts.pop()}/${part}`);
    else parts.push(part);
    open += (part.match(/[({]/g)?.length ?? 0) - (part.match(/[)}]/g)?.length ?? 0);
  }
  return parts;
}

/** Matchers by pattern: budgets repeat what they leave out. */
const matchers = new Map<string, (path: string) => boolean>();

/** `s`: a name with a line break matches `**`, too. */
async function matcherOf(pattern: string): Promise<(path: string) => boolean> {
  const known = matchers.get(pattern);
  if (known !== undefined) return known;
  const picomatch = await loadPicomatch();
  const plain = posix.normalize(pattern).replace(/\/$/, '');
  const matcher = isNegated(pattern)
    ? () => false
    : matcherWith(picomatch.makeRe(plain, { dot: true, posix: true, flags: 's' }), plain);
  matchers.set(pattern, matcher);
  return matcher;
}

/** As picomatch itself matches, without what it does for each path beside; a pattern matches its own text, too. */
const matcherWith =
  (expression: RegExp, pattern: string): ((path: string) => boolean) =>
  (path) =>
    path === pattern || expression.test(path);
