import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cannotWrite } from '../errors/command-line.js';
import { realOf } from './real-path.js';

/**
 * Writes a file that appears whole or not at all; a symbolic link stays one.
 *
 * @param file  absolute
 * @throws CANNOT_WRITE
 */
export function writeWhole(file: string, text: string): void {
  const target = realOf(file);
  const partial = `${target}.${randomUUID()}`;
  try {
    const mode = statSync(target, { throwIfNoEntry: false })?.mode;
    writeFileSync(partial, text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    renameSync(partial, target);
  } catch (cause) {
    rmSync(partial, { force: true });
    throw cannotWrite(file, cause);
  }
}
