/** The files that the ledger's usage came from: no output replaces them. */

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { wouldReplaceImported } from '../../errors/command-line.js';
import { hashFile } from '../../files/hash-file.js';
import type { ImportRecord, Ledger } from '../../ledger/ledger.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { outputFiles } from '../output.js';

/**
 * Refuses to write over a file that was imported: one of its name, as seen from the current folder, or of its bytes.
 * The ledger is asked only where an output would replace anything.
 *
 * @throws WOULD_OVERWRITE
 */
export async function keepImportedFiles(io: Io, options: OutputOptions, ledger: Ledger): Promise<void> {
  const replaced = outputFiles(options).filter((file) => sizeOf(resolve(io.cwd, file)) !== null);
  if (replaced.length === 0) return;
  const imports = await ledger.imports();
  for (const file of replaced)
    if (await wasImported(resolve(io.cwd, file), imports, io.cwd)) throw wouldReplaceImported(file);
}

async function wasImported(path: string, imports: readonly ImportRecord[], cwd: string): Promise<boolean> {
  if (imports.some((record) => resolve(cwd, record.path) === path)) return true;
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
