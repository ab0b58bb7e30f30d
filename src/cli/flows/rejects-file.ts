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

/** A file of bad rows, one JSON object per line; made when the first one comes. */
export class RejectsFile {
  readonly path: string;
  #descriptor: number | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** Whether any row was written. */
  get exists(): boolean {
    return this.#descriptor !== null;
  }

  write(reject: RejectLine): void {
    try {
      this.#descriptor ??= openSync(this.path, 'w');
      writeSync(this.#descriptor, `${compactJson(reject)}\n`);
    } catch (cause) {
      throw cannotWrite(this.path, cause);
    }
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
  }
}
