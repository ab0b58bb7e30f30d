/** Imports that read a table while its last row was still being written, so that they count a row that is none. */

import { TokenhubError } from '../../errors/tokenhub-error.js';
import { goesOnInLine } from '../../files/goes-on-in-line.js';
import type { ImportRecord } from '../../ledger/ledger.js';
import { say, warn } from '../say.js';
import type { Importing } from './import-run.js';
import type { PlannedFile } from './planned-file.js';

/**
 * Takes those imports back, of a file that now goes on where they ended: all they brought stands in it, too, and is read
 * again. A last row without a line break is counted as long as nothing follows it. JSON needs none of this: half a value
 * is a bad row, and brings nothing.
 */
export async function takeBackCut(importing: Importing, file: PlannedFile): Promise<void> {
  for (const { id } of await cutImports(importing, file)) await takeBack(importing, file.name, id);
}

async function cutImports({ history }: Importing, file: PlannedFile): Promise<readonly ImportRecord[]> {
  const { name, path, source, key, reading, prefixes } = file;
  if (source?.kind !== 'table' || key === null) return [];
  const began = history.endedOddly(name, { key, accounts: reading.accounts }, prefixes);
  if (began.length === 0) return [];
  const cut = await goesOnInLine(
    path,
    name,
    began.map(({ bytes }) => bytes),
  );
  return began.filter(({ bytes }) => cut.includes(bytes));
}

async function takeBack({ io, ledger, assessor }: Importing, name: string, id: number): Promise<void> {
  try {
    await ledger.undoImport(id, assessor.assess);
    say(io, `${name}: import ${id} had read its last row unfinished; it is taken back, and its rows are read again`);
  } catch (error) {
    if (!(error instanceof TokenhubError) || error.code !== 'IMPORT_NOT_UNDOABLE') throw error;
    warn(io, `${name}: import ${id} had read its last row unfinished, which stays counted: ${error.message}`);
  }
}
