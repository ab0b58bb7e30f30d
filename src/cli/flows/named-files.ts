/** From what was typed to files that can be opened. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { globMatchesNothing } from '../../errors/files.js';
import { readSmallText } from '../../files/small-text.js';
import { spool } from '../../files/spool.js';
import { isZip } from '../../files/zip-archive.js';
import type { Io } from '../io.js';
import { eachTable, type Made, type Make } from './each-table.js';
import { planArchive } from './plan-archive.js';
import type { PlanWatch } from './planned-file.js';

/**
 * Names as given, quoted globs replaced by what they match, in order, each once.
 *
 * @throws GLOB_MATCHES_NOTHING
 */
export async function expandNames(names: readonly string[], cwd: string): Promise<string[]> {
  const found = new Set<string>();
  for (const name of names) {
    if (name === '-' || existsSync(resolve(cwd, name)) || !isDynamicPattern(name)) found.add(name);
    else for (const match of await matches(name, cwd)) found.add(match);
  }
  return [...found];
}

async function matches(pattern: string, cwd: string): Promise<string[]> {
  const found = await glob(pattern, {
    cwd,
    dot: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    expandDirectories: false,
  });
  if (found.length === 0) throw globMatchesNothing(pattern);
  return found.sort();
}

/** Makes something of a file, or of every usage file in an archive and table of a database. Each must be disposed of. */
export async function eachInside<T extends Made>(
  io: Io,
  name: string,
  { lengthsOf, signal }: Pick<PlanWatch, 'lengthsOf' | 'signal'>,
  make: Make<T>,
): Promise<readonly T[]> {
  const spooled = name === '-' ? await spool(io.stdin, signal) : null;
  const path = spooled?.path ?? resolve(io.cwd, name);
  const dispose = spooled?.dispose ?? (async () => {});
  const shown = spooled === null ? name : 'standard-input';
  try {
    const small = await readSmallText(path, shown, lengthsOf(shown));
    if (small === null && (await isZip(path, shown)))
      return await planArchive(io, { path, name: { typed: name, shown }, dispose }, make);
    return await eachTable({ path, name: { typed: name, shown }, member: null, table: null, small, dispose }, make);
  } catch (error) {
    await dispose();
    throw error;
  }
}
