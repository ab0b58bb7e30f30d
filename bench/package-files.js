/** The text files of installed packages, the material for code, prose and a repository. */

import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './root.js';

const folder = join(root, 'node_modules');

/** Packages that are vocabularies or character tables, not code that somebody wrote. */
const TABLES = ['js-tiktoken', 'tiktoken', '@unicode'];
const TEXT = /\.(?:[cm]?js|[cm]?ts|md|json|c|cc|cpp|h)$|^licen[cs]e/i;

/**
 * Text files below node_modules in the order of their paths, the same for the same lock file.
 * @returns  `{ path, name, bytes }`, `name` relative to node_modules
 */
export const packageFiles = () => below(folder).sort((a, b) => (a.name < b.name ? -1 : 1));

function below(parent) {
  return readdirSync(parent, { withFileTypes: true }).flatMap((entry) => {
    const path = join(parent, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('.') || TABLES.includes(entry.name) ? [] : below(path);
    if (!entry.isFile() || !TEXT.test(entry.name)) return [];
    return [{ path, name: relative(folder, path), bytes: statSync(path).size }];
  });
}
