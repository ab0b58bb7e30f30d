import { randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cannotWrite } from '../../errors/command-line.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { realOf } from '../../files/real-path.js';
import { writeWhole } from '../../files/write-whole.js';

/** A file to be written. */
export interface Writing {
  /** Relative to the folder. */
  readonly file: string;
  readonly text: string;
}

/** A file that was written, while it is open whether it stays. */
interface Written {
  readonly keep: () => void;
  readonly takeBack: () => void;
}

/**
 * Writes files, all of them or none: when one cannot be written, those before it are as they were.
 *
 * @param there  what is done with a file that is there: to `keep` it fails
 * @throws CANNOT_WRITE
 */
export function writeTogether(folder: string, writings: readonly Writing[], there: 'keep' | 'replace'): void {
  const written: Written[] = [];
  for (const { file, text } of writings)
    try {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      written.push((there === 'replace' ? replaced(path, text) : null) ?? created(path, text));
    } catch (cause) {
      for (const { takeBack } of written) takeBack();
      throw cause instanceof TokenhubError ? cause.movedTo({ file }) : cannotWrite(file, cause);
    }
  for (const { keep } of written) keep();
}

function created(path: string, text: string): Written {
  const opened = openSync(path, 'wx');
  const takeBack = (): void => rmSync(path, { force: true });
  try {
    writeFileSync(opened, text);
  } catch (cause) {
    takeBack();
    throw cause;
  } finally {
    closeSync(opened);
  }
  return { keep: () => {}, takeBack };
}

/** What was there is beside it until all are written. `null`: nothing was. */
function replaced(path: string, text: string): Written | null {
  const target = realOf(path);
  if (!existsSync(target)) return null;
  const before = `${target}.${randomUUID()}`;
  const keep = (): void => rmSync(before, { force: true });
  try {
    copyFileSync(target, before, constants.COPYFILE_EXCL);
    writeWhole(path, text);
  } catch (cause) {
    keep();
    throw cause;
  }
  return { keep, takeBack: () => renameSync(before, target) };
}
