import { closeSync, openSync, writeSync } from 'node:fs';
import { cannotWrite } from '../../errors.js';
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

  /** @throws CANNOT_WRITE */
  write(path: string, reject: RejectLine): void {
    try {
      const descriptor = this.#descriptors.get(path) ?? openSync(path, 'w');
      this.#descriptors.set(path, descriptor);
      writeSync(descriptor, `${compactJson(reject)}\n`);
    } catch (cause) {
      throw cannotWrite(path, cause);
    }
  }

  close(): void {
    for (const descriptor of this.#descriptors.values()) closeSync(descriptor);
    this.#descriptors.clear();
  }
}
