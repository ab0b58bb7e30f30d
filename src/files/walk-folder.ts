/** Lists one folder outside of git: recursive, nested .gitignore files, symbolic links never followed. */

import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { failureReason, meansAbsent } from './failure-reason.js';
import { type IgnoreRules, NO_RULES, rulesOf } from './ignore-rules.js';

/** What a folder holds; all paths are relative to it, with `/`. */
export interface FolderListing {
  readonly files: readonly string[];
  readonly skipped: readonly SkippedEntry[];
}

export interface SkippedEntry {
  readonly path: string;
  readonly reason: string;
  /** True when files may be missing beneath it. */
  readonly isFolder: boolean;
}

/** @param top  absolute, existing folder */
export function walkFolder(top: string): FolderListing {
  const files: string[] = [];
  const skipped: SkippedEntry[] = [];
  const folders: { path: string; above: IgnoreRules }[] = [{ path: '', above: NO_RULES }];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const { path: folder, above } = next;
    const entries = readFolder(join(top, folder));
    if (typeof entries === 'string') {
      skipped.push({ path: folder || '.', reason: entries, isFolder: true });
      continue;
    }
    const rules = rulesOf(top, folder, above);
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.name === '.git' || rules.ignores(entry.isDirectory() ? `${path}/` : path)) continue;
      const reason = skipReason(entry, join(top, path));
      if (reason !== null) skipped.push({ path, reason, isFolder: entry.isDirectory() });
      else if (entry.isDirectory()) folders.push({ path, above: rules });
      else files.push(path);
    }
  }
  return { files, skipped };
}

/** The entries, or why there are none. */
function readFolder(folder: string): Dirent[] | string {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    return failureReason(cause);
  }
}

function skipReason(entry: Dirent, absolute: string): string | null {
  if (isUnnameable(absolute)) return NOT_UTF8_NAME;
  if (entry.isSymbolicLink()) return SYMBOLIC_LINK;
  return entry.isFile() || entry.isDirectory() ? null : 'not a regular file';
}

export const SYMBOLIC_LINK = 'symbolic link';
export const NOT_UTF8_NAME = 'its name is not UTF-8';

/** Node carries names as text: bytes that are not UTF-8 become U+FFFD, and then the name leads nowhere. */
export function isUnnameable(absolute: string): boolean {
  if (!absolute.includes('\ufffd')) return false;
  try {
    lstatSync(absolute);
    return false;
  } catch (cause) {
    return meansAbsent(cause);
  }
}
