import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { cannotWrite } from '../../errors/command-line.js';
import { notRejectsFile } from '../../errors/usage-files.js';
import { compactJson } from '../../render/json.js';

/** One bad row: where, what, why and what to do. The row itself is not repeated: it may hold prompts. */
export interface RejectLine {
  readonly file: string;
  readonly line: number;
  readonly field: string | null;
  readonly reason: string;
  readonly hint: string;
}

/**
 * The files of bad rows of one run, one JSON object per line. Each is made when its first row comes; imported files
 * that share one, because it was named for all of them or they have the same name, add to it.
 */
export class RejectsFiles {
  readonly #descriptors = new Map<string, number>();

  /** @throws CANNOT_WRITE; NOT_REJECTS_FILE rather than overwrite anything else */
  write(path: string, reject: RejectLine): void {
    try {
      const descriptor = this.#descriptors.get(path) ?? openSync(path, isReplaceable(path) ? 'w' : 'wx');
      this.#descriptors.set(path, descriptor);
      writeSync(descriptor, `${compactJson(reject)}\n`);
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') throw notRejectsFile(path);
      throw cannotWrite(path, cause);
    }
  }

  close(): void {
    for (const descriptor of this.#descriptors.values()) closeSync(descriptor);
    this.#descriptors.clear();
  }
}

/** How every rejects file begins. */
const BEGINNING = '{"file":';

/** Whether a file is empty, a device, or a list of bad rows, which a newer one may replace; others are somebody's work. */
function isReplaceable(path: string): boolean {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file === undefined) return false;
  if (!file.isFile() || file.size === 0) return true;
  const descriptor = openSync(path, 'r');
  try {
    const beginning = Buffer.alloc(BEGINNING.length);
    readSync(descriptor, beginning, 0, BEGINNING.length, 0);
    return beginning.toString('latin1') === BEGINNING;
  } finally {
    closeSync(descriptor);
  }
}
