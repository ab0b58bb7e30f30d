import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { globMatchesNothing } from '../../errors.js';
import { spool } from '../../files/spool.js';
import { isZip } from '../../files/zip-archive.js';
import type { Io } from '../io.js';
import type { Reading } from './import-options.js';
import { planArchive } from './plan-archive.js';
import { type PlannedFile, planFile } from './planned-file.js';

export { optionsOf, optionsWith, type PlannedFile } from './planned-file.js';

/** Finds, hashes and recognises every file before anything is written. Throws for the first that cannot be read. */
export async function planImport(io: Io, names: readonly string[], reading: Reading): Promise<PlannedFile[]> {
  const planned: PlannedFile[] = [];
  try {
    for (const name of await expand(names, io.cwd)) planned.push(...(await planNamed(io, name, reading)));
    return planned;
  } catch (error) {
    for (const { dispose } of planned) await dispose();
    throw error;
  }
}

/** Names as given, quoted globs replaced by what they match, in order, each once. */
async function expand(names: readonly string[], cwd: string): Promise<string[]> {
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

/** A file is one; an archive is every usage file in it. */
async function planNamed(io: Io, name: string, reading: Reading): Promise<readonly PlannedFile[]> {
  const spooled = name === '-' ? await spool(io.stdin) : null;
  const path = spooled?.path ?? resolve(io.cwd, name);
  const dispose = spooled?.dispose ?? (async () => {});
  const shown = spooled === null ? name : 'standard-input';
  try {
    if (await isZip(path, shown)) return await planArchive(io, { path, shown, dispose }, reading);
    return [await planFile({ path, name: { typed: name, shown }, member: null, dispose }, reading)];
  } catch (error) {
    await dispose();
    throw error;
  }
}
