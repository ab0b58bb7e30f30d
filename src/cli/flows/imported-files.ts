/** The files that the ledger's usage came from: no output replaces them. */

import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { wouldReplaceImported } from '../../errors/command-line.js';
import { hashFile } from '../../files/hash-file.js';
import { realOf } from '../../files/real-path.js';
import type { ImportRecord } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { outputFiles } from '../output.js';
import type { Settings } from './settings.js';

/** A ledger, as far as it is asked. */
interface Imports {
  readonly imports: () => Promise<readonly ImportRecord[]>;
}

/**
 * Refuses to write over a file that was imported: one of its name, as seen from the current folder, or of its bytes; or
 * an archive or database of which a part was, by its name.
 * The ledger is asked only where an output would replace anything.
 *
 * @throws WOULD_OVERWRITE
 */
export async function keepImportedFiles(io: Io, options: OutputOptions, ledger: Imports): Promise<void> {
  const replaced = replacedFiles(io, options);
  if (replaced.length === 0) return;
  const imports = await ledger.imports();
  const names = namesOf(imports, io.cwd);
  for (const file of replaced) {
    const path = resolve(io.cwd, file);
    if (names.has(realOf(path)) || (await hasBytesOf(path, imports))) throw wouldReplaceImported(file);
  }
}

/**
 * The same for a command that may do without the ledger: it is opened only where an output would replace anything but an
 * older result.
 *
 * @throws WOULD_OVERWRITE, and whatever is wrong with the ledger: then nobody knows what came from where
 */
export async function keepFilesOfLedger(
  io: Io,
  options: OutputOptions,
  { path, exists }: Settings['ledger'],
): Promise<void> {
  const replaced = replacedFiles(io, options).map((file) => resolve(io.cwd, file));
  if (!exists || replaced.every(isOwnResult)) return;
  await using ledger = await openSqliteLedger({ path, mode: 'read' });
  await keepImportedFiles(io, options, ledger);
}

/** Whether a file is a JSON output of tokenhub; one that cannot be read is none. */
function isOwnResult(path: string): boolean {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    const beginning = Buffer.alloc(OWN_RESULT_BYTES);
    readSync(descriptor, beginning, 0, OWN_RESULT_BYTES, 0);
    return /^\{\s*"schema":\s*"tokenhub\./.test(beginning.toString('latin1'));
  } catch {
    return false;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

const OWN_RESULT_BYTES = 64;

/** As typed. */
const replacedFiles = (io: Io, options: OutputOptions): readonly string[] =>
  outputFiles(io, options).filter((file) => sizeOf(resolve(io.cwd, file)) !== null);

/** Absolute paths of what was imported and of every beginning of them: `a.zip/b.csv` is a part of `a.zip`. */
function namesOf(imports: readonly ImportRecord[], cwd: string): ReadonlySet<string> {
  const names = imports.flatMap(({ path }) => [...path.matchAll(/[/\\]|$/g)].map(({ index }) => path.slice(0, index)));
  return new Set([...new Set(names)].map((name) => realOf(resolve(cwd, name))));
}

async function hasBytesOf(path: string, imports: readonly ImportRecord[]): Promise<boolean> {
  const size = sizeOf(path);
  const ofSize = imports.filter(({ bytes }) => bytes === size);
  if (ofSize.length === 0) return false;
  const { sha256 } = await hashFile(path);
  return ofSize.some((record) => record.sha256 === sha256);
}

/** Bytes of a file; `null`: there is none, or it is a device. */
function sizeOf(path: string): number | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? stats.size : null;
}
