/** Nested .gitignore files for folders outside of git, with the rules of gitignore(5). */

import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore from 'ignore';

/** What decides in one folder and beneath: all patterns from the top down, rewritten to be relative to the top. */
export interface IgnoreRules {
  readonly patterns: readonly string[];
  /** @param path  relative to the top, with `/`, folders with a final one */
  readonly ignores: (path: string) => boolean;
}

export const NO_RULES: IgnoreRules = { patterns: [], ignores: () => false };

/**
 * The rules of a folder: those from above, then those of its own .gitignore, of which the last match wins.
 *
 * @param top     absolute folder the walk began in
 * @param folder  relative to it, `''` for the top itself
 */
export function rulesOf(top: string, folder: string, above: IgnoreRules): IgnoreRules {
  const own = readPatterns(join(top, folder, '.gitignore')).map((line) => rebase(line, folder));
  if (own.length === 0) return above;
  const patterns = [...above.patterns, ...own];
  const rules = ignore({ ignoreCase: ['darwin', 'win32'].includes(process.platform) }).add(patterns);
  return { patterns, ignores: (path) => rules.ignores(path) };
}

/** Lines that are patterns; none when there is no such file (git follows no symbolic link here either). */
function readPatterns(file: string): string[] {
  try {
    if (!lstatSync(file).isFile()) return [];
    const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
    return text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  } catch {
    return []; // absent, or unreadable: then the file itself is listed and reported when it is read
  }
}

/**
 * A pattern of `folder/.gitignore` as one of the top's.
 *
 * @example rebase('*.log', 'a/b')   // '/a/b/**' + '/*.log'
 * @example rebase('!/dist/', 'a')   // '!/a/dist/'
 */
function rebase(pattern: string, folder: string): string {
  if (folder === '') return pattern;
  const [, not = '', body = ''] = /^(!?)(.*)$/s.exec(pattern) ?? [];
  const isAnchored = body.replace(/\/\s*$/, '').includes('/');
  const prefix = `/${folder.replace(/[\\*?[\]#! ]/g, '\\$&')}`;
  return `${not}${prefix}${isAnchored ? '' : '/**'}/${body.replace(/^\//, '')}`;
}
